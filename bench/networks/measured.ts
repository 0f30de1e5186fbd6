/** What is measured of a network, as one process writes it and another reads it. */
import * as z from "../../src/core/schema";

export const measuredSchema = z.object({
  name: z.string(),
  /** Height and width of the images. */
  side: z.number(),
  fileBytes: z.number(),
  /** In the file, constants left out. */
  nodes: z.number(),
  /** After optimisation. */
  operators: z.number(),
  /** Different operators after optimisation. */
  kinds: z.number(),
  taps: z.number(),
  /** As PyTorch counts them. */
  parameters: z.number(),
  /** Of one image; multiplications and additions each counted. */
  flops: z.number(),
  /** The largest difference from PyTorch's logits, as a share of the largest logit. */
  difference: z.number(),
  /** The median over the rounds. */
  secondsAnImage: z.number(),
});
export type Measured = z.infer<typeof measuredSchema>;
