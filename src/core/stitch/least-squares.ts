/**
 * The least-squares stitch: the affine map of each position that brings B's representation closest to
 * A's. Direct matching, Csiszárik et al. 2021, sec. 3; closed form by the normal equations.
 */
import { CholeskyDecomposition, Matrix } from "ml-matrix";
import { LabError } from "../errors";
import type { Moments } from "./moments";

/**
 * Added to the diagonal of the source's covariance, relative to its mean: real networks have dead
 * channels, whose covariance is exactly singular.
 */
export const relativeRidge = 1e-6;

/** y ≈ x W + b */
export interface AffineMap {
  /** [c₁, c₂] row-major */
  readonly weight: Float64Array;
  /** [c₂] */
  readonly bias: Float64Array;
}

export interface LeastSquaresFit extends AffineMap {
  /** Share of the target's variance explained, at most 1; null when the target does not vary. */
  readonly r2: number | null;
}

/**
 * Minimises Σ ‖y − xW − b‖² + λ‖W‖², λ = `relativeRidge` × the mean of the diagonal of Σ(x − x̄)(x − x̄)ᵀ.
 *
 * @throws LabError `numerics` when the source does not vary at all, so that there is nothing to fit
 */
export function leastSquares(moments: Moments): LeastSquaresFit {
  const { meanX, meanY, xx, xy, yy } = moments;
  const c1 = meanX.length;
  const c2 = meanY.length;
  // A device may sum xxᵀ and its transpose in different orders.
  const summed = new Matrix(rows(xx, c1, c1));
  const covariance = Matrix.add(summed, summed.transpose()).div(2);
  const ridge = (relativeRidge * covariance.trace()) / c1;
  for (let i = 0; i < c1; i++) covariance.set(i, i, covariance.get(i, i) + ridge);
  const decomposition = new CholeskyDecomposition(covariance);
  if (!decomposition.isPositiveDefinite()) {
    throw new LabError({
      code: "numerics",
      input: "least-squares stitch",
      expected: "a source representation that varies",
      found: `${String(c1)} channels with a total variance of ${String(ridge / relativeRidge)}`,
    });
  }
  const solution = decomposition.solve(new Matrix(rows(xy, c1, c2)));

  const weight = Float64Array.from(solution.to1DArray());
  const bias = meanY.map((mean, j) => {
    let shift = mean;
    for (let i = 0; i < c1; i++) shift -= (meanX[i] ?? 0) * (weight[i * c2 + j] ?? 0);
    return shift;
  });
  return { weight, bias, r2: explained(moments, weight, sum(yy)) };
}

/** 1 − Σ‖y − ŷ‖² / Σ‖y − ȳ‖², from the moments alone. */
function explained({ xx, xy, meanX, meanY }: Moments, w: Float64Array, total: number): number | null {
  if (total <= 0) return null;
  const c1 = meanX.length;
  const c2 = meanY.length;
  const weight = new Matrix(rows(w, c1, c2));
  const predicted = weight.transpose().mmul(new Matrix(rows(xx, c1, c1))).mmul(weight).trace();
  const agreement = weight.transpose().mmul(new Matrix(rows(xy, c1, c2))).trace();
  return (2 * agreement - predicted) / total;
}

function rows(values: Float64Array, height: number, width: number): Float64Array[] {
  return Array.from({ length: height }, (_, row) => values.subarray(row * width, (row + 1) * width));
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
