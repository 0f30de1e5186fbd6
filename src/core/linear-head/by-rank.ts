/**
 * A linear classifier cut down to fewer directions: its logits projected on their own first
 * principal components on the training images. Of all classifiers of that rank it is the one whose
 * training logits are closest to the whole one's, as in reduced-rank regression (Izenman 1975).
 */
import { eigenpairs } from "../linear-algebra/eigenpairs";
import { matrixOf, type Matrix } from "../linear-algebra/matrix";

export interface LogitDirections {
  /** [classes] */
  readonly mean: Float64Array;
  /** [classes, classes] one direction a column, the one with the largest variance first */
  readonly vectors: Matrix;
}

/** @param logits [n, classes] of the training images */
export function logitDirections(logits: Float64Array, classes: number): LogitDirections {
  const n = logits.length / classes;
  const mean = new Float64Array(classes);
  logits.forEach((logit, at) => {
    const output = at % classes;
    mean[output] = (mean[output] ?? 0) + logit / n;
  });
  const covariance = new Float64Array(classes * classes);
  const apart = new Float64Array(classes);
  for (let row = 0; row < n; row++) {
    for (let a = 0; a < classes; a++) apart[a] = (logits[row * classes + a] ?? 0) - (mean[a] ?? 0);
    for (let a = 0; a < classes; a++) {
      for (let b = 0; b < classes; b++) {
        const at = a * classes + b;
        covariance[at] = (covariance[at] ?? 0) + ((apart[a] ?? 0) * (apart[b] ?? 0)) / n;
      }
    }
  }
  return { mean, vectors: eigenpairs(matrixOf(classes, classes, covariance)).vectors };
}

/** Most ranks that are swept. */
const mostRanks = 16;

/**
 * Returns the ranks at which a classifier is worth a look, from 1 to one less than there are
 * classes: adding the same number to every logit changes no answer.
 */
export function classifierRanks(classes: number): readonly number[] {
  return Array.from({ length: Math.min(mostRanks, classes - 1) }, (_, k) => k + 1);
}

/** Returns the answer at each rank from 1 to `ranks`. @param logits [classes] of one image */
export function answersByRank(
  logits: Float64Array,
  { mean, vectors }: LogitDirections,
  ranks: number,
): readonly number[] {
  const sums = mean.slice();
  const entry = (a: number, k: number): number => vectors.values[a * vectors.columns + k] ?? NaN;
  return Array.from({ length: ranks }, (_, k) => {
    let along = 0;
    logits.forEach((logit, a) => (along += (logit - (mean[a] ?? 0)) * entry(a, k)));
    sums.forEach((sum, a) => (sums[a] = sum + along * entry(a, k)));
    return largestIn(sums);
  });
}

/** Returns the index of the largest, the first of equal ones. */
export function largestIn(values: Float64Array): number {
  let [best, largest] = [0, -Infinity];
  values.forEach((value, index) => {
    if (value > largest) [best, largest] = [index, value];
  });
  return best;
}
