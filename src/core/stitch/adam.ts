/** Adam, as a pure pair of `init` and `update`. Kingma & Ba 2015, algorithm 1, with PyTorch's defaults. */
import { tf, type Tensor1D } from "../tensor/tf";
import { gpuAdamStep, gpuMoment } from "../tensor/webgpu/elementwise";
import { hasGpuKernels } from "../tensor/webgpu/kernels";

const beta1 = 0.9;
const beta2 = 0.999;
const epsilon = 1e-8;

/** Moments of the gradient; owned by whoever holds the state. */
export interface AdamState {
  /** Steps taken. */
  readonly step: number;
  readonly first: Tensor1D;
  readonly second: Tensor1D;
}

/** @returns a state whose tensors the caller disposes */
export function initAdam(size: number): AdamState {
  return { step: 0, first: tf.zeros([size]), second: tf.zeros([size]) };
}

/**
 * One step.
 *
 * @param rate learning rate of this step
 * @returns new tensors, which the caller disposes; the old ones are left alone
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
  if (hasGpuKernels()) {
    const first = gpuMoment(state.first, gradient, beta1, false) as Tensor1D;
    const second = gpuMoment(state.second, gradient, beta2, true) as Tensor1D;
    const numbers = { rate: corrected, correction, epsilon };
    const updated = gpuAdamStep(parameters, { first, second }, numbers);
    return { parameters: updated as Tensor1D, state: { step, first, second } };
  }
  const first = tf.tidy(() => tf.add(tf.mul(state.first, beta1), tf.mul(gradient, 1 - beta1)));
  const second = tf.tidy(() =>
    tf.add(tf.mul(state.second, beta2), tf.mul(tf.square(gradient), 1 - beta2)),
  );
  const updated = tf.tidy(() => {
    const deviation = tf.add(tf.sqrt(tf.div(second, correction)), epsilon);
    return tf.sub(parameters, tf.div(tf.mul(first, corrected), deviation));
  });
  return {
    parameters: updated as Tensor1D,
    state: { step, first: first as Tensor1D, second: second as Tensor1D },
  };
}

/** Half a cosine from `peak` at step 0 to 0 after the last. Loshchilov & Hutter 2017, eq. 5. */
export function cosineRate(peak: number, step: number, steps: number): number {
  return (peak * (1 + Math.cos((Math.PI * step) / steps))) / 2;
}
