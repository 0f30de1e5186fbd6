/** A ReLU's gradient from its output. */
import { tf, type Tensor4D } from "./tf";
import { pointerTo, hasKernels, runKernel } from "./wasm/kernels";
import { gpuReluGradient } from "./webgpu/elementwise";
import { hasGpuKernels } from "./webgpu/kernels";

/**
 * Passes a gradient where a ReLU's output is positive.
 *
 * @param gradient [n, h, w, c]
 * @param output [n, h, w, c]
 * @returns [n, h, w, c]; the caller disposes it
 */
export function reluGradient(gradient: Tensor4D, output: Tensor4D): Tensor4D {
  const { size, shape } = gradient;
  if (hasGpuKernels()) return gpuReluGradient(gradient, output) as Tensor4D;
  if (!hasKernels() || size % 4 !== 0) return tf.tidy(() => tf.mul(gradient, tf.step(output)));
  return runKernel("passPositive", [gradient, output], shape, [
    pointerTo(gradient),
    pointerTo(output),
    size,
  ]) as Tensor4D;
}
