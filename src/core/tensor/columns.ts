/** Sums and means of a matrix's columns. */
import { tf, type Rank, type Tensor1D, type Tensor2D } from "./tf";
import { pointerTo, hasKernels, runKernel } from "./wasm/kernels";
import { gpuColumnSums } from "./webgpu/columns";
import { hasGpuKernels } from "./webgpu/kernels";

/**
 * @param rows [n, c]
 * @returns [c]; the caller disposes it
 */
export function columnSums(rows: Tensor2D): Tensor1D {
  if (isForOurProgram(rows)) return gpuColumnSums(rows, { scale: 1, moved: false }) as Tensor1D;
  return isForOurKernel(rows) ? reduced("columnSums", rows) : tf.sum<Tensor1D>(rows, 0);
}

/**
 * @param rows [n, c]
 * @returns [c]; the caller disposes it
 */
export function columnMeans(rows: Tensor2D): Tensor1D {
  const [n] = rows.shape;
  if (isForOurProgram(rows)) return gpuColumnSums(rows, { scale: 1 / n, moved: true }) as Tensor1D;
  return isForOurKernel(rows) ? reduced("columnMeans", rows) : tf.mean<Tensor1D>(rows, 0);
}

/**
 * Centres the columns of a matrix. They are moved by the first row before their mean is taken: a column
 * that does not vary comes out as exact zeros, where a mean rounded in float32 would leave a residue
 * that looks like variance.
 *
 * @param rows [n, c]
 * @returns the centred rows [n, c] and the means [1, c]; the caller disposes them
 */
export function centredColumns(rows: Tensor2D): { centred: Tensor2D; mean: Tensor2D } {
  return tf.tidy(() => {
    if (isForOurKernel(rows) || isForOurProgram(rows)) {
      const mean = tf.reshape<Rank.R2>(columnMeans(rows), [1, -1]);
      return { centred: tf.sub<Tensor2D>(rows, mean), mean };
    }
    const first = tf.slice(rows, [0, 0], [1, -1]);
    const moved = tf.sub(rows, first);
    const shift = tf.mean(moved, 0, true);
    return { centred: tf.sub<Tensor2D>(moved, shift), mean: tf.add<Tensor2D>(first, shift) };
  });
}

/** Vectors of four columns. */
function isForOurKernel({ shape: [, columns] }: Tensor2D): boolean {
  return hasKernels() && columns % 4 === 0;
}

/** On WebGPU. */
function isForOurProgram({ shape: [, columns] }: Tensor2D): boolean {
  return hasGpuKernels() && columns % 4 === 0;
}

function reduced(kernel: "columnSums" | "columnMeans", rows: Tensor2D): Tensor1D {
  const [n, c] = rows.shape;
  return runKernel(kernel, [rows], [c], [pointerTo(rows), n, c]) as Tensor1D;
}
