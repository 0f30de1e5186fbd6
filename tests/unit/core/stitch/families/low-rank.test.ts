import { Matrix, SingularValueDecomposition } from "ml-matrix";
import { describe, expect, test } from "vitest";
import { seeded } from "../../../../../src/core/random/generator";
import { lowRank } from "../../../../../src/core/stitch/families/low-rank";
import { leastSquares } from "../../../../../src/core/stitch/families/least-squares";
import { exactMoments } from "../../exact-sums";
import { normalArray, relativeDistance } from "../../numbers";
import { familiesReference } from "./families-fixture";

const [n, c1, c2] = [100, 6, 5];
const normal = (rows: number, columns: number, stream: number): Matrix =>
  Matrix.from1DArray(rows, columns, normalArray(seeded(45, stream), rows * columns));

const x = Matrix.add(normal(n, c1, 0), 1);
/** A map of rank 3, and what it makes of x. */
const planted = normal(c1, 3, 1).mmul(normal(3, c2, 2));
const mapped = exactMoments(x, Matrix.add(x.mmul(planted), 2));
const noisy = exactMoments(x, Matrix.add(x.mmul(planted), normal(n, c2, 3)));

describe("the low-rank stitch", () => {
  test("of rank 3 is a planted map of rank 3", () => {
    const { weight, bias, r2 } = lowRank(mapped, 3);
    expect(relativeDistance(weight, planted.to1DArray())).toBeLessThan(1e-5);
    expect(relativeDistance(bias, [2, 2, 2, 2, 2])).toBeLessThan(1e-4);
    expect(r2).toBeGreaterThan(1 - 1e-9);
  });

  test("of rank 2 misses of it just the smallest singular value", () => {
    const fitted = x.clone().center("column").mmul(planted);
    const squares = new SingularValueDecomposition(fitted).diagonal.map((value) => value ** 2);
    const total = squares.reduce((sum, value) => sum + value, 0);
    const { r2 } = lowRank(mapped, 2);
    expect(r2).toBeLessThan(0.99);
    expect(r2).toBeCloseTo(1 - (squares[2] ?? NaN) / total, 8);
  });

  test.each([1, 2, 3, 4])("of rank %i has that rank", (rank) => {
    const { weight } = lowRank(noisy, rank);
    const { diagonal } = new SingularValueDecomposition(Matrix.from1DArray(c1, c2, weight));
    const [largest = NaN] = diagonal;
    expect(diagonal.filter((value) => value > 1e-10 * largest)).toHaveLength(rank);
  });

  test("explains more the more directions pass", () => {
    const shares = [1, 2, 3, 4, 5].map((rank) => lowRank(noisy, rank).r2 ?? NaN);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
  });

  test("of the smaller number of channels is the least-squares stitch", () => {
    const { weight, bias, r2 } = lowRank(noisy, c2);
    const full = leastSquares(noisy);
    expect(relativeDistance(weight, full.weight)).toBeLessThan(1e-12);
    expect(relativeDistance(bias, full.bias)).toBeLessThan(1e-12);
    expect(r2).toBeCloseTo(full.r2 ?? NaN, 12);
  });

  test("is NumPy's at every rank", () => {
    const { x: source, y, lowRank: references } = familiesReference;
    const moments = exactMoments(source, y);
    references.forEach((reference, k) => {
      const found = lowRank(moments, k + 1);
      expect(relativeDistance(found.weight, reference.weight)).toBeLessThan(1e-9);
      expect(relativeDistance(found.bias, reference.bias)).toBeLessThan(1e-9);
      expect(found.r2).toBeCloseTo(reference.r2, 10);
    });
  });

  test.each([0, -1, 1.5, 6, NaN])("refuses a rank of %f", (rank) => {
    expect(() => lowRank(noisy, rank)).toThrow(
      `rank of the low-rank stitch: expected a whole number from 1 to 5, found ${rank}`,
    );
  });

  test("refuses a source that does not vary", () => {
    const still = exactMoments(Matrix.ones(n, c1), normal(n, c2, 3));
    expect(() => lowRank(still, 1)).toThrow("expected a source representation that varies");
  });
});
