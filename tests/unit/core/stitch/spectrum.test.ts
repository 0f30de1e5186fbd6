import { Matrix, QrDecomposition } from "ml-matrix";
import { describe, expect, test } from "vitest";
import { seeded } from "../../../../src/core/random/generator";
import { effectiveRank, singularValues } from "../../../../src/core/stitch/spectrum";
import { largestDifference, normalArray } from "../numbers";

/** [size, size] */
function orthogonal(size: number, seed: number): Matrix {
  const random = Matrix.from1DArray(size, size, normalArray(seeded(seed, 0), size * size));
  return new QrDecomposition(random).orthogonalMatrix;
}

describe("singular values", () => {
  const planted = [9, 4, 1, 0.5];
  const diagonal = Matrix.zeros(4, 7);
  planted.forEach((value, k) => diagonal.set(k, k, value));
  const wide = orthogonal(4, 1).mmul(diagonal).mmul(orthogonal(7, 2));

  test("of a matrix are those that were planted in it", () => {
    const values = singularValues(wide.to1DArray(), 4, 7);
    expect(largestDifference(values, planted)).toBeLessThan(1e-12);
  });

  test("of a matrix and of its transpose are the same", () => {
    const values = singularValues(wide.transpose().to1DArray(), 7, 4);
    expect(largestDifference(values, planted)).toBeLessThan(1e-12);
  });

  test("of numbers that are too few, or not finite, are refused", () => {
    expect(() => singularValues([1, 2, 3], 2, 2)).toThrow(
      expect.objectContaining({ code: "bad-shape", expected: "2 × 2 numbers", found: "3" }),
    );
    expect(() => singularValues([1, NaN, 0, 1], 2, 2)).toThrow(
      expect.objectContaining({ code: "numerics" }),
    );
  });
});

describe("the effective rank", () => {
  test("of an orthogonal matrix is its size", () => {
    const values = singularValues(orthogonal(12, 3).to1DArray(), 12, 12);
    expect(effectiveRank(values)).toBeCloseTo(12, 10);
  });

  test("of a matrix of rank 1 is 1", () => {
    const column = Matrix.columnVector(normalArray(seeded(4, 0), 6));
    const values = singularValues(column.mmul(column.transpose()).to1DArray(), 6, 6);
    expect(effectiveRank(values)).toBeCloseTo(1, 6);
  });

  test("does not change with the matrix's scale", () => {
    expect(effectiveRank([3, 2, 1])).toBeCloseTo(effectiveRank([30, 20, 10]) ?? NaN, 12);
  });

  test("lies between for directions that matter unequally, by the entropy", () => {
    // Shares ½, ¼, ¼: entropy 1.5 ln 2.
    expect(effectiveRank([2, 1, 1])).toBeCloseTo(2 ** 1.5, 12);
  });

  test("of a matrix of zeros does not exist", () => {
    expect(effectiveRank([0, 0])).toBeNull();
  });
});
