/**
 * The least-squares stitch: the affine map of each position that brings B's representation closest
 * to A's. Direct matching, Csiszárik et al. 2021, sec. 3; closed form by the normal equations.
 */
import { LabError } from "../../errors";
import { choleskyFactor, choleskySolution } from "../../linear-algebra/cholesky";
import {
  diagonalOf,
  matrixOf,
  symmetricMatrix,
  traceOf,
  type Matrix,
} from "../../linear-algebra/matrix";
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
  const { factor, relativeRidge: ridge } = factored(covariance);
  const weight = choleskySolution(factor, matrixOf(meanX.length, meanY.length, xy)).values;
  const map = { weight, bias: biasAtMean(weight, moments) };
  return {
    ...map,
    r2: explainedShare(map, moments),
    relativeRidge: ridge,
    condition: conditionOf(factor),
    deadChannels: deadChannels(covariance),
  };
}

/**
 * Cholesky with the ridge. Linearly dependent channels have eigenvalues of 0, which float32
 * rounding in the moments can push further below 0 than the ridge lifts them; the ridge then grows
 * tenfold until all are positive.
 */
function factored(covariance: Matrix): { factor: Matrix; relativeRidge: number } {
  const c1 = covariance.rows;
  const mean = traceOf(covariance.values) / c1;
  for (let relative = relativeRidge; relative < relativeRidgeLimit; relative *= 10) {
    const ridge = relative * mean;
    const values = covariance.values.map((value, at) => value + (at % (c1 + 1) === 0 ? ridge : 0));
    const factor = choleskyFactor({ ...covariance, values });
    if (factor) return { factor, relativeRidge: relative };
  }
  throw new LabError({
    code: "numerics",
    input: "least-squares stitch",
    expected: "a source representation that varies",
    found: `${c1} channels with a total variance of ${mean * c1}`,
  });
}

function conditionOf(factor: Matrix): number {
  const diagonal = diagonalOf(factor.values);
  return (Math.max(...diagonal) / Math.min(...diagonal)) ** 2;
}

function deadChannels({ rows, values }: Matrix): number {
  const variances = diagonalOf(values);
  const mean = traceOf(values) / rows;
  return variances.filter((variance) => variance < deadShare * mean).length;
}
