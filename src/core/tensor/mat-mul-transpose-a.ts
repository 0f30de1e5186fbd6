/** aᵀb of two tall matrices: the sums over samples behind covariances and weight gradients. */
import { tf, type Tensor2D } from "./tf";
import { pointerTo, hasKernels, runKernel } from "./wasm/kernels";
import { hasGpuKernels } from "./webgpu/kernels";
import { gpuMatMulTransposeA } from "./webgpu/products";

/**
 * `tf.matMul(a, b, true)`, which is 10 to 20 times slower than our kernel on wasm (tfjs 4.22.0), and on WebGPU adds
 * over all samples in one workgroup.
 *
 * @param a [n, p]
 * @param b [n, q]
 * @returns [p, q]; the caller disposes it
 */
export function matMulTransposeA(a: Tensor2D, b: Tensor2D): Tensor2D {
  const [n, p] = a.shape;
  const [, q] = b.shape;
  if (hasGpuKernels() && p % 4 === 0 && q % 4 === 0) return gpuMatMulTransposeA(a, b);
  if (!hasKernels() || p % 4 !== 0 || q % 8 !== 0) return tf.matMul(a, b, true);
  return runKernel(
    "transposedProduct",
    [a, b],
    [p, q],
    [pointerTo(a), pointerTo(b), n, p, q],
  ) as Tensor2D;
}
