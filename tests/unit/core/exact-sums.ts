/** What a pass gathers of two sets of samples, from the definitions and in float64. */
import type { Matrix } from "ml-matrix";
import { type ClosedFormSums, addGrams, gramsOfBatch } from "../../../src/core/similarity/sums";
import type { Moments } from "../../../src/core/stitch/moments";

/**
 * @param x [n, c₁] one sample a row
 * @param y [n, c₂]
 */
export function exactMoments(x: Matrix, y: Matrix): Moments {
  const [centredX, centredY] = [x.clone().center("column"), y.clone().center("column")];
  const product = (a: Matrix, b: Matrix): Float64Array =>
    Float64Array.from(a.transpose().mmul(b).to1DArray());
  return {
    count: x.rows,
    meanX: Float64Array.from(x.mean("column")),
    meanY: Float64Array.from(y.mean("column")),
    xx: product(centredX, centredX),
    xy: product(centredX, centredY),
    yy: product(centredY, centredY),
  };
}

/**
 * @param batches neighbouring rows in so many minibatches of equal size
 * @param permutations of each batch's rows of y, by batch
 */
export function exactSums(
  x: Matrix,
  y: Matrix,
  batches = 1,
  permutations: readonly (readonly ArrayLike<number>[])[] = [],
): ClosedFormSums {
  const size = x.rows / batches;
  const gram = (features: Matrix): number[] => {
    const centred = features.clone().center("column");
    return centred.mmul(centred.transpose()).to1DArray();
  };
  const grams = Array.from({ length: batches }, (_, batch) => {
    const part = (all: Matrix): Matrix =>
      all.subMatrix(batch * size, (batch + 1) * size - 1, 0, all.columns - 1);
    return gramsOfBatch(gram(part(x)), gram(part(y)), size, permutations[batch]);
  });
  return { moments: exactMoments(x, y), ...grams.reduce(addGrams) };
}
