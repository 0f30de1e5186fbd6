/** aᵀb of two tall matrices: the sums over samples behind covariances and weight gradients. */
import { tf, type Tensor2D } from "./tf";
import { addressOf, hasKernels, runKernel } from "./wasm/kernels";
import { hasGpuKernels } from "./webgpu/kernels";
import { gpuTransposedProduct } from "./webgpu/products";

/**
 * `tf.matMul(a, b, true)`, which is 10 to 20 times slower than our kernel on wasm (tfjs 4.22.0), and on WebGPU adds
 * over all samples in one workgroup.
 *
 * @param a [n, p]
 * @param b [n, q]
 * @returns [p, q]; the caller disposes it
 */
export function transposedProduct(a: Tensor2D, b: Tensor2D): Tensor2D {
  const [n, p] = a.shape;
  const [, q] = b.shape;
  if (hasGpuKernels() && p % 4 === 0 && q % 4 === 0) return gpuTransposedProduct(a, b);
  if (!hasKernels() || p % 4 !== 0 || q % 8 !== 0) return tf.matMul(a, b, true);
  return runKernel(
    "transposedProduct",
    [a, b],
    [p, q],
    [addressOf(a), addressOf(b), n, p, q],
  ) as Tensor2D;
}
