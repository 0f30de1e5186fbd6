/** Symmetric matrices in float64, such as covariances, and their eigenvectors. */
import { EigenvalueDecomposition, Matrix } from "ml-matrix";

/**
 * Returns (S + Sᵀ)/2: a device may sum a product and its transpose in different orders.
 *
 * @param values [c, c] row-major
 * @returns [c, c]
 */
export function symmetricMatrix(values: ArrayLike<number>): Matrix {
  const c = Math.round(Math.sqrt(values.length));
  const summed = Matrix.from1DArray(c, c, values);
  return Matrix.add(summed, summed.transpose()).div(2);
}

export interface Eigenpairs {
  /** [c] the largest first */
  readonly values: readonly number[];
  /** [c, c] one a column, orthonormal, in the same order */
  readonly vectors: Matrix;
}

/** @param matrix [c, c] symmetric */
export function eigenpairs(matrix: Matrix): Eigenpairs {
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(matrix, {
    assumeSymmetric: true,
  });
  const value = (k: number): number => realEigenvalues[k] ?? NaN;
  const order = realEigenvalues.map((_, k) => k).sort((a, b) => value(b) - value(a));
  return { values: order.map(value), vectors: eigenvectorMatrix.subMatrixColumn(order) };
}
