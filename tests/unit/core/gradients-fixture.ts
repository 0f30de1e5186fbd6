/** Schema of tests/fixtures/gradients.json. Representations are [n, h, w, c]. */
import { z } from "zod";
import { arraySchema, weightsSchema } from "../fixtures";

const tracedSchema = z.object({
  name: z.string(),
  input: arraySchema,
  output: arraySchema,
  outputGradient: arraySchema,
  inputGradient: arraySchema,
});

const segmentSchema = tracedSchema.extend({
  /** Position among the network's segments. */
  index: z.int(),
});
export type SegmentReference = z.infer<typeof segmentSchema>;

export const gradientsSchema = z.object({
  convolutions: z.array(
    tracedSchema.extend({
      stride: z.literal([1, 2]),
      /** [c₂, c₁, k, k] */
      kernel: arraySchema,
      bias: arraySchema,
    }),
  ),
  resnet: weightsSchema.extend({ segments: z.array(segmentSchema) }),
  vit: weightsSchema.extend({ segments: z.array(segmentSchema) }),
  myrtle: z.object({
    width: z.int(),
    state: z.record(z.string(), arraySchema),
    segments: z.array(segmentSchema),
  }),
});
