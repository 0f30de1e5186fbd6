/** One row for many positions. */
import { tf, type Tensor, type Tensor2D } from "./tf";
import { pointerTo, hasKernels, runKernel } from "./wasm/kernels";

/**
 * `tf.tile` along a new second axis, which tfjs's wasm kernel (4.22.0) does number by number.
 *
 * @param x [n, c]
 * @returns [n, times, c]; the caller disposes it
 */
export function repeatRows(x: Tensor2D, times: number): Tensor {
  const [n, c] = x.shape;
  if (!hasKernels() || c % 4 !== 0) {
    return tf.tidy(() => tf.tile(tf.reshape(x, [n, 1, c]), [1, times, 1]));
  }
  return runKernel("repeatRows", [x], [n, times, c], [pointerTo(x), n, times, c]);
}
