/** The state of a refinement within a round, on the device. */
import { tf, type Tensor1D } from "../../tensor/tf";
import { initAdam, type AdamState } from "../training/adam";
import type { RefinementCheckpoint } from "./checkpoint";

/** The trained numbers and their optimiser, on the device; the holder owns the tensors. */
export interface DeviceState {
  readonly packed: Tensor1D;
  readonly adam: AdamState;
}

/** Starts a round with zero moments. @returns tensors that the caller disposes */
export function beginRound(packed: Float32Array): DeviceState {
  return { packed: tf.tensor1d(packed.slice()), adam: initAdam(packed.length) };
}

/** Resumes a round. @returns tensors that the caller disposes */
export function continueRound(from: RefinementCheckpoint): DeviceState {
  return {
    packed: tf.tensor1d(from.packed.slice()),
    adam: {
      step: from.roundStep,
      first: tf.tensor1d(from.first.slice()),
      second: tf.tensor1d(from.second.slice()),
    },
  };
}

export function disposeState({ packed, adam }: DeviceState): void {
  tf.dispose([packed, adam.first, adam.second]);
}

/** Reads copies of a state's numbers; the CPU backend returns its own memory. */
export async function readNumbers({
  packed,
  adam,
}: DeviceState): Promise<Pick<RefinementCheckpoint, "packed" | "first" | "second">> {
  const read = async (tensor: Tensor1D): Promise<Float32Array> =>
    Float32Array.from(await tensor.data());
  return {
    packed: await read(packed),
    first: await read(adam.first),
    second: await read(adam.second),
  };
}
