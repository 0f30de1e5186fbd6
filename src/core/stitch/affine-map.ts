/** A stitch as one affine map of every position, and how well it matches its target. */
import { Matrix } from "ml-matrix";
import { symmetricMatrix } from "../linear-algebra/symmetric";
import type { Moments } from "./moments";

/** y ≈ x W + b */
export interface AffineMap {
  /** [c₁, c₂] row-major */
  readonly weight: Float64Array;
  /** [c₂] */
  readonly bias: Float64Array;
}

/**
 * Returns the share of the target's variance that a map explains, R² = 1 − Σ‖y − xW − b‖² / Σ‖y −
 * ȳ‖², from the moments alone.
 *
 * @returns at most 1; below 0 where the target's own mean would be closer; null if the target does
 *   not vary
 */
export function explainedShare({ weight, bias }: AffineMap, moments: Moments): number | null {
  const { count, meanX, meanY, xx, xy, yy } = moments;
  const total = symmetricMatrix(yy).trace();
  if (total <= 0) return null;
  const [c1, c2] = [meanX.length, meanY.length];
  const w = Matrix.from1DArray(c1, c2, weight);
  const predicted = w
    .transpose()
    .mmul(Matrix.from1DArray(c1, c1, xx))
    .mmul(w)
    .trace();
  const agreement = w
    .transpose()
    .mmul(Matrix.from1DArray(c1, c2, xy))
    .trace();
  const atMean = Matrix.rowVector(meanX).mmul(w).getRow(0);
  // Squared error of the mean: 0 for maps fitted with their bias.
  const offset = atMean.reduce(
    (sum, value, j) => sum + ((meanY[j] ?? NaN) - value - (bias[j] ?? NaN)) ** 2,
    0,
  );
  // Rounding may raise a perfect fit slightly above 1.
  return Math.min(1, (2 * agreement - predicted - count * offset) / total);
}

/** Returns the bias [c₂] that gives xW + b the target's mean, as in every least-squares fit. */
export function biasAtMean(weight: Float64Array, { meanX, meanY }: Moments): Float64Array {
  const c2 = meanY.length;
  return meanY.map((mean, j) =>
    meanX.reduce((rest, value, i) => rest - value * (weight[i * c2 + j] ?? NaN), mean),
  );
}
