/** Linear probes of both networks' layers: what they read, and what they find. */
import { probeRepresentations, type ProbeRepresentation } from "../core/linear-head/representation";
import * as z from "../core/schema";

export const probeRepresentationSchema = z.enum(probeRepresentations);

/** Each once, `pooled` first. */
export const probesSchema = z.array(probeRepresentationSchema).check(
  z.minLength(1),
  z.refine((asked) => asked.join() === inOrder(asked).join(), {
    error: `of ${probeRepresentations.join(",")}, each once, in this order`,
  }),
);

/** Returns the representations of a list, each once and in order. */
export function inOrder(asked: readonly string[]): ProbeRepresentation[] {
  return probeRepresentations.filter((name) => asked.includes(name));
}

/** The probe of one layer of one network. */
export const probeResultSchema = z.strictObject({
  role: z.enum(["top", "bottom"]),
  tap: z.int().check(z.nonnegative()),
  /** The tap's, for people. */
  name: z.string(),
  representation: probeRepresentationSchema,
  /** Numbers that the probe reads of an image. */
  features: z.int().check(z.positive()),
  /** Of the linear classifier that is fitted to the training images, on the test images. */
  testError: z.number().check(z.minimum(0), z.maximum(1)),
  /** Binomial. */
  testErrorStandardError: z.number().check(z.nonnegative()),
  /** Its test error when its logits are cut down to rank 1, 2 and so on. */
  errorByRank: z.array(z.number().check(z.minimum(0), z.maximum(1))),
});
export type ProbeResult = z.infer<typeof probeResultSchema>;
