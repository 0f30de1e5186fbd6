/**
 * Resume point of a training run between two steps, as plain numbers: a resumed run ends with the
 * same bits. The order of the images depends on seed and epoch only, and follows from the step.
 * Without tfjs: the page reads checkpoints too.
 */
import * as z from "../../schema";
import { factorNumbers, weightsOf, type StitchShape } from "../parameters";
import { pruningFits } from "./pruning-schedule";

const floats = z.custom<Float32Array>((value) => value instanceof Float32Array);
/** A loss in nats. One that is not finite must still be reported, and ends the run. */
const loss = z.custom<number>((value) => typeof value === "number");

export const trainingCheckpointSchema = z.strictObject({
  /** Steps taken. */
  step: z.int().check(z.nonnegative()),
  /** Trained numbers, packed as in `trainable.ts`. */
  trained: floats,
  /** Running statistics, packed. */
  statistics: floats,
  /** Adam's moments of the gradient, each as long as `trained`. */
  first: floats,
  second: floats,
  /** [weights] 1 for each weight that is not pruned, else 0; absent where none is to be. */
  kept: z.optional(z.custom<Uint8Array>((value) => value instanceof Uint8Array)),
  /** Losses of the epoch's steps, without those not yet reported. */
  lossesOfEpoch: z.array(loss),
  /** Losses of the last steps, which no event has reported. */
  untold: z.array(loss),
});
export type TrainingCheckpoint = z.infer<typeof trainingCheckpointSchema>;

/**
 * Whether a checkpoint fits a run that trains a stitch of this shape for so many steps.
 *
 * @param constraint the share of the weights that are left in the end, or their highest rank
 */
export function checkpointFits(
  checkpoint: TrainingCheckpoint,
  shape: StitchShape,
  stepsPerEpoch: number,
  epochs: number,
  {
    share = 1,
    rank,
  }: { readonly share?: number | undefined; readonly rank?: number | undefined } = {},
): boolean {
  const { step, trained, statistics, first, second, lossesOfEpoch, untold } = checkpoint;
  const { source, target } = shape;
  const numbers = rank === undefined ? weightsOf(shape) : factorNumbers(shape, rank);
  const size = 2 * source + numbers + 2 * target;
  const stepsOfEpoch = step === 0 ? 0 : ((step - 1) % stepsPerEpoch) + 1;
  return (
    step <= stepsPerEpoch * epochs &&
    [trained, first, second].every(({ length }) => length === size) &&
    statistics.length === 2 * (source + target) &&
    lossesOfEpoch.length + untold.length === stepsOfEpoch &&
    pruningFits(checkpoint.kept, step, stepsPerEpoch * epochs, weightsOf(shape), share)
  );
}
