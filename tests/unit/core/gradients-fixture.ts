/** Schema of tests/fixtures/gradients.json. Representations are [n, h, w, c]. */
import * as z from "../../../src/core/schema";
import { arraySchema, weightsSchema } from "../fixtures";

const tracedSchema = z.object({
  name: z.string(),
  input: arraySchema,
  output: arraySchema,
  outputGradient: arraySchema,
  inputGradient: arraySchema,
});

const segmentSchema = z.extend(tracedSchema, {
  /** Position among the network's segments. */
  index: z.int(),
});
export type SegmentReference = z.infer<typeof segmentSchema>;

export const gradientsSchema = z.object({
  convolutions: z.array(
    z.extend(tracedSchema, {
      stride: z.literal([1, 2]),
      /** [c₂, c₁, k, k] */
      kernel: arraySchema,
      bias: arraySchema,
    }),
  ),
  resnet: z.extend(weightsSchema, { segments: z.array(segmentSchema) }),
  vit: z.extend(weightsSchema, { segments: z.array(segmentSchema) }),
  myrtle: z.object({
    width: z.int(),
    state: z.record(z.string(), arraySchema),
    segments: z.array(segmentSchema),
  }),
});
