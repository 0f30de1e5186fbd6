/** What either side of the comparison measures. Errors are fractions. */
import * as z from "../../src/core/schema";

export const sideSchema = z.strictObject({
  /** Test errors of the two networks alone. */
  top: z.number(),
  bottom: z.number(),
  /**
   * At every tap: test error with the least-squares stitch, and debiased CKA on the training
   * images.
   */
  closedForm: z.array(
    z.strictObject({ tap: z.int(), testError: z.number(), cka: z.nullable(z.number()) }),
  ),
  /** Test error with the trained stitch, at the taps asked for. */
  trained: z.array(z.strictObject({ tap: z.int(), testError: z.number() })),
  seconds: z.strictObject({ closedForm: z.number(), training: z.number() }),
});

export type Side = z.infer<typeof sideSchema>;
