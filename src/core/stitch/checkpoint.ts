/**
 * Where a training run stands between two steps, as plain numbers: what it takes to go on as if it had
 * never stopped. The order of the images depends on seed and epoch alone, so the step stands for it.
 */
import { z } from "zod";
import { tf } from "../tensor/tf";
import { initAdam, type AdamState } from "./adam";
import type { StitchParameters } from "./parameters";
import { toDevice, type DeviceNumbers } from "./trainable";

const floats = z.custom<Float32Array>((value) => value instanceof Float32Array);
/** In nats; one that is not finite is still to be told, and ends the run. */
const loss = z.custom<number>((value) => typeof value === "number");

export const trainingCheckpointSchema = z.strictObject({
  /** Steps taken. */
  step: z.int().nonnegative(),
  /** Trained numbers, packed as in `trainable.ts`. */
  trained: floats,
  /** Running statistics, packed. */
  statistics: floats,
  /** Adam's moments of the gradient, each as long as `trained`. */
  first: floats,
  second: floats,
  /** Losses of the epoch's steps, without those still untold. */
  lossesOfEpoch: z.array(loss),
  /** Losses of the last steps, which no event has told. */
  untold: z.array(loss),
});
export type TrainingCheckpoint = z.infer<typeof trainingCheckpointSchema>;

/** Whether a checkpoint can be of a run that trains a stitch of this shape for so many steps. */
export function checkpointFits(
  checkpoint: TrainingCheckpoint,
  { source, target }: Pick<StitchParameters, "source" | "target">,
  stepsPerEpoch: number,
  epochs: number,
): boolean {
  const { step, trained, statistics, first, second, lossesOfEpoch, untold } = checkpoint;
  const size = 2 * source + source * target + 2 * target;
  const stepsOfEpoch = step === 0 ? 0 : ((step - 1) % stepsPerEpoch) + 1;
  return (
    step <= stepsPerEpoch * epochs &&
    [trained, first, second].every(({ length }) => length === size) &&
    statistics.length === 2 * (source + target) &&
    lossesOfEpoch.length + untold.length === stepsOfEpoch
  );
}

/** A stitch in training with its optimiser, on the device; owned by whoever holds it. */
export interface TrainingState extends DeviceNumbers {
  readonly adam: AdamState;
}

/** The state to train from. @returns tensors that the caller disposes */
export function trainingState(
  start: StitchParameters,
  from: TrainingCheckpoint | undefined,
): TrainingState {
  if (from) {
    return {
      trained: tf.tensor1d(from.trained.slice()),
      statistics: tf.tensor1d(from.statistics.slice()),
      adam: {
        step: from.step,
        first: tf.tensor1d(from.first.slice()),
        second: tf.tensor1d(from.second.slice()),
      },
    };
  }
  const { trained, statistics } = toDevice(start);
  return { trained, statistics, adam: initAdam(trained.size) };
}

/** A state's numbers, read back. */
export async function readState({
  trained,
  statistics,
  adam,
}: TrainingState): Promise<Omit<TrainingCheckpoint, "lossesOfEpoch" | "untold">> {
  const [values, running, first, second] = await Promise.all(
    [trained, statistics, adam.first, adam.second].map(async (tensor) =>
      // A copy: the CPU backend hands out its own memory.
      Float32Array.from(await tensor.data()),
    ),
  );
  const none = new Float32Array();
  return {
    step: adam.step,
    trained: values ?? none,
    statistics: running ?? none,
    first: first ?? none,
    second: second ?? none,
  };
}
