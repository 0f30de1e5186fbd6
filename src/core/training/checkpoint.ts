/** A training of a network between two steps. */
import * as z from "../schema";

const floats = z.custom<Float32Array>((value) => value instanceof Float32Array);

/** Plain numbers: a training that resumes from them ends with the same bits. */
export const networkCheckpointSchema = z.strictObject({
  /** Steps taken. */
  step: z.int().check(z.nonnegative()),
  parameters: floats,
  /** The optimiser's; as long as `parameters`. */
  velocity: floats,
  /** AdamW's second moments; absent for SGD. */
  second: z.optional(floats),
  /** Running means and variances. */
  statistics: floats,
});
export type NetworkCheckpoint = z.infer<typeof networkCheckpointSchema>;

/** What a training begins with. */
export function firstCheckpoint({
  parameters,
  statistics,
}: Pick<NetworkCheckpoint, "parameters" | "statistics">): NetworkCheckpoint {
  return { step: 0, parameters, statistics, velocity: new Float32Array(parameters.length) };
}
