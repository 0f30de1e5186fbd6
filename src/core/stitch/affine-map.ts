/** A stitch as one affine map of every position, and how well it matches its target. */
import { matrixOf, traceOf, transposed } from "../linear-algebra/matrix";
import { product, rowProduct, traceOfProduct } from "../linear-algebra/products";
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
  const total = traceOf(yy);
  if (total <= 0) return null;
  const [c1, c2] = [meanX.length, meanY.length];
  const w = matrixOf(c1, c2, weight);
  const transposedWeight = transposed(w);
  const predicted = traceOfProduct(product(transposedWeight, matrixOf(c1, c1, xx)), w);
  const agreement = traceOfProduct(transposedWeight, matrixOf(c1, c2, xy));
  const atMean = rowProduct(meanX, w);
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
