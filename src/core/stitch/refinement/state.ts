/** A refinement in the middle of a round, on the device. */
import { tf, type Tensor1D } from "../../tensor/tf";
import { initAdam, type AdamState } from "../training/adam";
import type { RefinementCheckpoint } from "./checkpoint";

/** The numbers in training with their optimiser, on the device; owned by whoever holds them. */
export interface DeviceState {
  readonly packed: Tensor1D;
  readonly adam: AdamState;
}

/** A round begins here: fresh moments. @returns tensors that the caller disposes */
export function beginRound(packed: Float32Array): DeviceState {
  return { packed: tf.tensor1d(packed.slice()), adam: initAdam(packed.length) };
}

/** A round goes on here. @returns tensors that the caller disposes */
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

/** Copies of a state's numbers; the CPU backend hands out its own memory. */
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
