/**
 * Adam, as a pure pair of `init` and `update`. Kingma & Ba 2015, algorithm 1, with PyTorch's
 * defaults.
 */
import { kernels } from "../../tensor/backend";
import type { AdamMoments } from "../../tensor/kernels";
import { tf, type Tensor1D } from "../../tensor/tf";

const beta1 = 0.9;
const beta2 = 0.999;
const epsilon = 1e-8;

/** Moments and step count; the holder owns the tensors. */
export interface AdamState extends AdamMoments {
  /** Steps taken. */
  readonly step: number;
}

/** @returns a state whose tensors the caller disposes */
export function initAdam(size: number): AdamState {
  return { step: 0, first: tf.zeros([size]), second: tf.zeros([size]) };
}

/**
 * Takes one step.
 *
 * @param rate learning rate of this step
 * @returns new tensors, which the caller disposes; the old ones stay
 */
export function updateAdam(
  parameters: Tensor1D,
  gradient: Tensor1D,
  state: AdamState,
  rate: number,
): { parameters: Tensor1D; state: AdamState } {
  const step = state.step + 1;
  const correction = 1 - beta2 ** step;
  const corrected = rate / (1 - beta1 ** step);
  const numbers = { beta1, beta2, epsilon, rate: corrected, correction };
  const updated = kernels().adamStep(parameters, gradient, state, numbers);
  const { first, second } = updated.moments;
  return { parameters: updated.parameters, state: { step, first, second } };
}
