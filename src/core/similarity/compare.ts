/** Compares two representations that are given as arrays, without a network or a backend. */
import { LabError } from "../errors";
import type { Moments } from "../stitch/moments";
import { similarityOf, type MeasureName } from "./measures";
import { gramsOfBatch } from "./sums";

/** [n][p] n samples of p features. */
export type Representation = readonly ArrayLike<number>[];

/**
 * Takes every measure of similarity of two representations of the same n samples; n is one batch,
 * so that time and memory grow with n².
 *
 * @param x [n][p] one representation
 * @param y [n][q] the other
 * @returns each measure by its name, null where it is undefined: fewer than 4 samples, or no
 *   variance
 * @throws LabError `bad-shape` where the numbers of samples or features do not agree
 */
export function compareRepresentations(
  x: Representation,
  y: Representation,
): Record<MeasureName, number | null> {
  const n = x.length;
  if (y.length !== n) {
    const expected = `${n} samples, as x has`;
    throw new LabError({ code: "bad-shape", input: "y", expected, found: String(y.length) });
  }
  const [rowsX, rowsY] = [checkedRows(x, "x"), checkedRows(y, "y")];
  const grams = gramsOfBatch(gramMatrix(rowsX), gramMatrix(rowsY), n);
  return similarityOf({ moments: momentsOf(rowsX, rowsY), ...grams });
}

function checkedRows(rows: Representation, input: string): Float64Array[] {
  const features = rows[0]?.length ?? 0;
  return rows.map((row, i) => {
    if (row.length !== features) {
      const expected = `${features} features, as in sample 0`;
      const found = `${row.length} in sample ${i}`;
      throw new LabError({ code: "bad-shape", input, expected, found });
    }
    return Float64Array.from(row);
  });
}

/** @returns [n, n] row-major inner products of centred samples */
function gramMatrix(rows: readonly Float64Array[]): Float64Array {
  const centred = withoutMean(rows, meanOf(rows));
  const n = rows.length;
  const gram = new Float64Array(n * n);
  centred.forEach((a, i) => {
    centred.forEach((b, j) => {
      gram[i * n + j] = dot(a, b);
    });
  });
  return gram;
}

function momentsOf(x: readonly Float64Array[], y: readonly Float64Array[]): Moments {
  const [meanX, meanY] = [meanOf(x), meanOf(y)];
  const [xs, ys] = [withoutMean(x, meanX), withoutMean(y, meanY)];
  return {
    count: x.length,
    meanX,
    meanY,
    xx: products(xs, xs),
    xy: products(xs, ys),
    yy: products(ys, ys),
  };
}

/** @returns [p, q] row-major Σ a bᵀ over all samples */
function products(as: readonly Float64Array[], bs: readonly Float64Array[]): Float64Array {
  const [p, q] = [as[0]?.length ?? 0, bs[0]?.length ?? 0];
  const sums = new Float64Array(p * q);
  as.forEach((a, sample) => {
    const b = bs[sample] ?? new Float64Array(q);
    a.forEach((left, i) => {
      b.forEach((right, j) => {
        sums[i * q + j] = (sums[i * q + j] ?? 0) + left * right;
      });
    });
  });
  return sums;
}

function meanOf(rows: readonly Float64Array[]): Float64Array {
  const mean = new Float64Array(rows[0]?.length ?? 0);
  for (const row of rows) {
    row.forEach((value, i) => {
      mean[i] = (mean[i] ?? 0) + value / rows.length;
    });
  }
  return mean;
}

function withoutMean(rows: readonly Float64Array[], mean: Float64Array): Float64Array[] {
  return rows.map((row) => row.map((value, i) => value - (mean[i] ?? 0)));
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}
