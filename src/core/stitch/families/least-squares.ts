/**
 * The least-squares stitch: the affine map of each position that brings B's representation closest
 * to A's. Direct matching, Csiszárik et al. 2021, sec. 3; closed form by the normal equations.
 */
import { CholeskyDecomposition, Matrix } from "ml-matrix";
import { LabError } from "../../errors";
import { symmetricMatrix } from "../../linear-algebra/symmetric";
import { biasAtMean, explainedShare, type AffineMap } from "../affine-map";
import type { Moments } from "../moments";

/**
 * Added to the diagonal of the source's covariance, relative to its mean: real networks have dead
 * channels, whose covariance is exactly singular.
 */
export const relativeRidge = 1e-6;
const relativeRidgeLimit = 1e-2;

/** Properties of a fit other than its map. */
export interface FitQuality {
  /** Share of the target's variance explained, at most 1; null if the target does not vary. */
  readonly r2: number | null;
  /** λ of the required ridge, relative to the mean variance. */
  readonly relativeRidge: number;
  /**
   * Condition number of the source's covariance with the ridge, from its Cholesky factor: (max Lᵢᵢ
   * / min Lᵢᵢ)², a lower bound.
   */
  readonly condition: number;
  /** Number of channels of the source that vary not at all, or hardly, compared with the others. */
  readonly deadChannels: number;
}

export interface LeastSquaresFit extends AffineMap, FitQuality {}

/** A channel is dead when its variance is below this share of the mean. */
const deadShare = 1e-8;

/**
 * Minimises Σ ‖y − xW − b‖² + λ‖W‖², λ = `relativeRidge` × the mean of the diagonal of Σ(x − x̄)(x
 * − x̄)ᵀ.
 *
 * @throws LabError `numerics` if the source does not vary
 */
export function leastSquares(moments: Moments): LeastSquaresFit {
  const { meanX, meanY, xx, xy } = moments;
  const covariance = symmetricMatrix(xx);
  const { decomposition, relativeRidge: ridge } = decomposed(covariance);
  const solution = decomposition.solve(Matrix.from1DArray(meanX.length, meanY.length, xy));

  const weight = Float64Array.from(solution.to1DArray());
  const map = { weight, bias: biasAtMean(weight, moments) };
  return {
    ...map,
    r2: explainedShare(map, moments),
    relativeRidge: ridge,
    condition: conditionOf(decomposition),
    deadChannels: deadChannels(covariance),
  };
}

/**
 * Cholesky with the ridge. Linearly dependent channels have eigenvalues of 0, which float32
 * rounding in the moments can push further below 0 than the ridge lifts them; the ridge then grows
 * tenfold until all are positive.
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
    found: `${c1} channels with a total variance of ${mean * c1}`,
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
