/** Inner products of a wide matrix's rows. */
import { tf, type Tensor2D } from "./tf";
import { pointerTo, hasKernels, runKernel } from "./wasm/kernels";
import { hasGpuKernels } from "./webgpu/kernels";
import { gpuGramMatrix } from "./webgpu/products";

/**
 * `tf.matMul(a, a, false, true)`, which is 30 to 40 times slower than our kernel on wasm (tfjs 4.22.0), and on WebGPU
 * adds over all features in one workgroup.
 *
 * @param a [n, k]
 * @returns [n, n]; the caller disposes it
 */
export function gramMatrix(a: Tensor2D): Tensor2D {
  const [n, k] = a.shape;
  if (n % 4 !== 0 || k % 4 !== 0) return tf.matMul(a, a, false, true);
  if (hasGpuKernels()) return gpuGramMatrix(a);
  if (!hasKernels()) return tf.matMul(a, a, false, true);
  return runKernel("gram", [a], [n, n], [pointerTo(a), n, k]) as Tensor2D;
}
