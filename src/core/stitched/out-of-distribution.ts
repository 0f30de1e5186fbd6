/**
 * Which representations lie outside of a distribution: those with a larger Mahalanobis distance than
 * most of its own. Lee et al. 2018, "A simple unified framework for detecting out-of-distribution
 * samples and adversarial attacks", sec. 2, with one Gaussian for all classes.
 */
import { eigenpairs } from "../linear-algebra/eigenpairs";
import {
  matrixOf,
  scaledColumns,
  symmetricMatrix,
  traceOf,
  type Matrix,
} from "../linear-algebra/matrix";
import { product } from "../linear-algebra/products";

/** [n][c] one row an image. */
export type Rows = readonly ArrayLike<number>[];

export interface Gaussian {
  readonly mean: Float64Array;
  /** [c, c] takes centred rows to coordinates whose squares sum to the squared distance. */
  readonly whitening: Matrix;
}

/**
 * Added to every variance, as a share of their mean: a direction along which the images do not vary
 * still has a distance.
 */
const relativeRidge = 1e-3;

/** The share of a distribution's own images that count as outside of it. */
export const usualOutside = 0.05;

/**
 * Fits a Gaussian.
 *
 * @returns null for no rows, rows that do not vary, or rows that are not finite
 */
export function gaussianOf(rows: Rows): Gaussian | null {
  const c = rows[0]?.length ?? 0;
  const mean = new Float64Array(c);
  for (const row of rows) for (let j = 0; j < c; j++) add(mean, j, (row[j] ?? NaN) / rows.length);
  const covariance = new Float64Array(c * c);
  for (const row of rows) {
    for (let i = 0; i < c; i++) {
      const scaled = ((row[i] ?? NaN) - (mean[i] ?? NaN)) / rows.length;
      for (let j = 0; j < c; j++) {
        add(covariance, i * c + j, scaled * ((row[j] ?? NaN) - (mean[j] ?? NaN)));
      }
    }
  }
  const variance = traceOf(covariance) / c;
  if (!(variance > 0) || !Number.isFinite(variance)) return null;
  const { values, vectors } = eigenpairs(symmetricMatrix(covariance));
  const ridge = relativeRidge * variance;
  const scales = values.map((value) => 1 / Math.sqrt(Math.max(0, value) + ridge));
  return { mean, whitening: scaledColumns(vectors, scales) };
}

/** @returns [n] (x − μ)ᵀ (Σ + λI)⁻¹ (x − μ); Infinity for a row that is not finite */
export function squaredMahalanobis({ mean, whitening }: Gaussian, rows: Rows): Float64Array {
  const c = mean.length;
  const centred = Float64Array.from(
    { length: rows.length * c },
    (_, at) => (rows[Math.floor(at / c)]?.[at % c] ?? NaN) - (mean[at % c] ?? NaN),
  );
  const { values } = product(matrixOf(rows.length, c, centred), whitening);
  return Float64Array.from(rows, (_, row) => {
    const squares = values
      .subarray(row * c, (row + 1) * c)
      .reduce((sum, value) => sum + value ** 2, 0);
    return Number.isFinite(squares) ? squares : Infinity;
  });
}

/**
 * Returns the share of rows that are farther away than 95% of the distribution's own rows that it
 * was not fitted to.
 *
 * @param own [n][c] not empty
 * @param others [m][c] not empty
 * @returns in [0, 1]; 0.05, up to chance, for rows of the same distribution
 */
export function shareOutside(gaussian: Gaussian, own: Rows, others: Rows): number {
  const distances = squaredMahalanobis(gaussian, own).sort();
  const within = Math.ceil((1 - usualOutside) * distances.length) - 1;
  const threshold = distances[within] ?? Infinity;
  const outside = squaredMahalanobis(gaussian, others).filter((distance) => distance > threshold);
  return outside.length / others.length;
}

function add(sums: Float64Array, at: number, value: number): void {
  sums[at] = (sums[at] ?? 0) + value;
}
