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
const relativeRidgeLimit = 1e-2;

/** y ≈ x W + b */
export interface AffineMap {
  /** [c₁, c₂] row-major */
  readonly weight: Float64Array;
  /** [c₂] */
  readonly bias: Float64Array;
}

/** What is known of a fit besides the map. */
export interface FitQuality {
  /** Share of the target's variance explained, at most 1; null when the target does not vary. */
  readonly r2: number | null;
  /** λ of the ridge that was needed, relative to the mean variance. */
  readonly relativeRidge: number;
  /** Of the source's covariance with the ridge, from its Cholesky factor: (max Lᵢᵢ / min Lᵢᵢ)², a lower bound. */
  readonly condition: number;
  /** Channels of the source that do not vary, or next to nothing beside the others. */
  readonly deadChannels: number;
}

export interface LeastSquaresFit extends AffineMap, FitQuality {}

/** A channel is dead when its variance is below this share of the mean. */
const deadShare = 1e-8;

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
  const { decomposition, relativeRidge: ridge } = decomposed(covariance);
  const solution = decomposition.solve(new Matrix(rows(xy, c1, c2)));

  const weight = Float64Array.from(solution.to1DArray());
  const bias = meanY.map((mean, j) => {
    let shift = mean;
    for (let i = 0; i < c1; i++) shift -= (meanX[i] ?? 0) * (weight[i * c2 + j] ?? 0);
    return shift;
  });
  return {
    weight,
    bias,
    r2: explained(moments, weight, sum(yy)),
    relativeRidge: ridge,
    condition: conditionOf(decomposition),
    deadChannels: deadChannels(covariance),
  };
}

/**
 * Cholesky with the ridge. Channels that depend on each other linearly leave eigenvalues of 0, which
 * float32's rounding in the moments can put further below 0 than the ridge lifts them; it is then made
 * ten times larger until they are above.
 */
function decomposed(covariance: Matrix): {
  decomposition: CholeskyDecomposition;
  relativeRidge: number;
} {
  const c1 = covariance.rows;
  const mean = covariance.trace() / c1;
  for (let relative = relativeRidge; relative < relativeRidgeLimit; relative *= 10) {
    const ridge = Matrix.eye(c1).mul(relative * mean);
    const decomposition = new CholeskyDecomposition(Matrix.add(covariance, ridge));
    if (decomposition.isPositiveDefinite()) return { decomposition, relativeRidge: relative };
  }
  throw new LabError({
    code: "numerics",
    input: "least-squares stitch",
    expected: "a source representation that varies",
    found: `${String(c1)} channels with a total variance of ${String(mean * c1)}`,
  });
}

function conditionOf({ lowerTriangularMatrix }: CholeskyDecomposition): number {
  const diagonal = lowerTriangularMatrix.diag();
  return (Math.max(...diagonal) / Math.min(...diagonal)) ** 2;
}

function deadChannels(covariance: Matrix): number {
  const variances = covariance.diag();
  const mean = covariance.trace() / covariance.rows;
  return variances.filter((variance) => variance < deadShare * mean).length;
}

/** 1 − Σ‖y − ŷ‖² / Σ‖y − ȳ‖², from the moments alone. */
function explained(
  { xx, xy, meanX, meanY }: Moments,
  w: Float64Array,
  total: number,
): number | null {
  if (total <= 0) return null;
  const c1 = meanX.length;
  const c2 = meanY.length;
  const weight = new Matrix(rows(w, c1, c2));
  const predicted = weight
    .transpose()
    .mmul(new Matrix(rows(xx, c1, c1)))
    .mmul(weight)
    .trace();
  const agreement = weight
    .transpose()
    .mmul(new Matrix(rows(xy, c1, c2)))
    .trace();
  // Rounding may leave a perfect fit a little above 1.
  return Math.min(1, (2 * agreement - predicted) / total);
}

function rows(values: Float64Array, height: number, width: number): Float64Array[] {
  return Array.from({ length: height }, (_, row) =>
    values.subarray(row * width, (row + 1) * width),
  );
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
