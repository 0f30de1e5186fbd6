/**
 * The state of a training run on the device: a stitch and its optimiser, to and from a checkpoint.
 */
import { tf } from "../../tensor/tf";
import { initAdam, type AdamState } from "./adam";
import type { TrainingCheckpoint } from "./checkpoint";
import type { Factoring } from "./factors";
import type { StitchParameters } from "../parameters";
import { toDevice, type DeviceNumbers } from "./trainable";

/** The holder owns the tensors. */
export interface TrainingState extends DeviceNumbers {
  readonly adam: AdamState;
}

/** Returns the initial state of a run, of factors where there are any. @returns tensors that the caller disposes */
export function trainingState(
  start: StitchParameters,
  from: TrainingCheckpoint | undefined,
  factors?: Factoring,
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
  const { trained: whole, statistics } = toDevice(start);
  const trained = factors ? factors.factored(whole) : whole;
  return { trained, statistics, adam: initAdam(trained.size) };
}

/** Reads a state's numbers back. */
export async function readState({
  trained,
  statistics,
  adam,
}: TrainingState): Promise<Omit<TrainingCheckpoint, "lossesOfEpoch" | "untold">> {
  const [values, running, first, second] = await Promise.all(
    [trained, statistics, adam.first, adam.second].map(async (tensor) =>
      // A copy: the CPU backend returns its own memory.
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
