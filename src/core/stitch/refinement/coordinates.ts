/**
 * Coordinates in which a stitch trains quickly: Kronecker-factored natural-gradient coordinates,
 * K-FAC (Martens & Grosse 2015, sec. 3), with both factors fixed at the least-squares stitch.
 *
 *     z = ȳ + bR + (x − x̄) T V R,    T = (Cov(x) + r)^(−1/2),    R ∝ (E[dz dzᵀ] + s)^(−1/2)
 *
 * dz is the gradient of an image's loss with respect to the stitched representation at one
 * position. A gradient step in V is a step in W = T V R preconditioned by both covariances. The
 * first is known from the moments, the second from a few batches. A map and its coordinates are the
 * same function.
 */
import { eigenpairs } from "../../linear-algebra/eigenpairs";
import {
  diagonalOf,
  matrixOf,
  scaledColumns,
  symmetricMatrix,
  traceOf,
  type Matrix,
} from "../../linear-algebra/matrix";
import { product, productWithTransposed, rowProduct } from "../../linear-algebra/products";
import type { AffineMap } from "../affine-map";
import type { Moments } from "../moments";

/** r and s, relative to the mean eigenvalue: they keep the scales of dead channels finite. */
const relativeSourceFloor = 1e-4;
const relativeGradientFloor = 1e-2;

export interface Coordinates {
  /** [c₁] x̄ */
  readonly meanX: Float64Array;
  /** [c₂] ȳ */
  readonly meanY: Float64Array;
  /** T and its inverse, [c₁, c₁] */
  readonly source: InvertibleMatrix;
  /** R and its inverse, [c₂, c₂], in units of the target's mean deviation */
  readonly target: InvertibleMatrix;
}

export interface InvertibleMatrix {
  readonly matrix: Matrix;
  readonly inverse: Matrix;
}

/**
 * Coordinates for stitches between the two representations with these moments.
 *
 * @param gradientCovariance [c₂, c₂] E[dz dzᵀ], row-major, up to a factor
 */
export function coordinatesOf(
  moments: Moments,
  gradientCovariance: ArrayLike<number>,
): Coordinates {
  const { count, meanX, meanY, xx, yy } = moments;
  const variances = diagonalOf(yy).map((square) => square / count);
  const deviation =
    variances.reduce((sum, variance) => sum + Math.sqrt(variance), 0) / variances.length;
  const covariance = xx.map((value) => value / count);
  return {
    meanX,
    meanY,
    source: inverseRoot(covariance, relativeSourceFloor, null),
    // A constant target has no deviation to serve as a unit.
    target: inverseRoot(gradientCovariance, relativeGradientFloor, deviation > 0 ? deviation : 1),
  };
}

/**
 * (C + floor)^(−1/2) of a covariance, row-major.
 *
 * @param meanScale the mean of the result's diagonal after scaling; null for no scaling
 */
function inverseRoot(
  covariance: ArrayLike<number>,
  relativeFloor: number,
  meanScale: number | null,
): InvertibleMatrix {
  const symmetric = symmetricMatrix(covariance);
  const c = symmetric.rows;
  const { values, vectors: q } = eigenpairs(symmetric);
  const floor =
    relativeFloor * Math.max(traceOf(symmetric.values) / c, Number.MIN_VALUE / relativeFloor);
  const roots = values.map((value) => Math.sqrt(Math.max(0, value) + floor));
  const scaled = (scales: number[]): Matrix => productWithTransposed(scaledColumns(q, scales), q);
  const matrix = scaled(roots.map((root) => 1 / root));
  const inverse = scaled(roots);
  if (meanScale === null) return { matrix, inverse };
  const factor = (meanScale * c) / traceOf(matrix.values);
  return {
    matrix: { ...matrix, values: matrix.values.map((value) => value * factor) },
    inverse: { ...inverse, values: inverse.values.map((value) => value / factor) },
  };
}

/** @returns V row-major and then b, [c₁c₂ + c₂] */
export function toCoordinates({ weight, bias }: AffineMap, at: Coordinates): Float32Array {
  const { meanX, meanY, source, target } = at;
  const w = matrixOf(meanX.length, meanY.length, weight);
  const atMean = rowProduct(meanX, w);
  const shift = meanY.map((mean, j) => (bias[j] ?? 0) + (atMean[j] ?? 0) - mean);
  const v = product(product(source.inverse, w), target.inverse).values;
  const packed = new Float32Array(v.length + shift.length);
  packed.set(v);
  packed.set(rowProduct(shift, target.inverse), v.length);
  return packed;
}

/** The inverse of `toCoordinates`, up to the packed numbers' rounding to float32. */
export function fromCoordinates(packed: Float32Array, at: Coordinates): AffineMap {
  const { meanX, meanY, source, target } = at;
  const c1 = meanX.length;
  const c2 = meanY.length;
  const v = matrixOf(c1, c2, packed.subarray(0, c1 * c2));
  const w = product(product(source.matrix, v), target.matrix);
  const shift = rowProduct(Float64Array.from(packed.subarray(c1 * c2)), target.matrix);
  const atMean = rowProduct(meanX, w);
  const bias = meanY.map((mean, j) => mean + (shift[j] ?? 0) - (atMean[j] ?? 0));
  return { weight: w.values, bias };
}
