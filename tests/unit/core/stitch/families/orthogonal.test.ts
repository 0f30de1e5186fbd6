import { Matrix, QrDecomposition } from "ml-matrix";
import { describe, expect, test } from "vitest";
import { seeded } from "../../../../../src/core/random/generator";
import { explainedShare } from "../../../../../src/core/stitch/affine-map";
import { orthogonal } from "../../../../../src/core/stitch/families/orthogonal";
import { exactMoments } from "../../exact-sums";
import { normalArray, relativeDistance } from "../../numbers";
import { familiesReference } from "./families-fixture";

const [n, c] = [80, 5];
const normal = (rows: number, columns: number, stream: number): Matrix =>
  Matrix.from1DArray(rows, columns, normalArray(seeded(44, stream), rows * columns));
const rotation = (size: number, stream: number): Matrix =>
  new QrDecomposition(normal(size, size, stream)).orthogonalMatrix;

const x = Matrix.add(normal(n, c, 0), 3);

/** How far QᵀQ, or QQᵀ where that is the smaller, is from the identity. */
function distanceFromOrthonormal(weight: Float64Array, c1: number, c2: number): number {
  const q = Matrix.from1DArray(c1, c2, weight);
  const product = c1 < c2 ? q.mmul(q.transpose()) : q.transpose().mmul(q);
  return product.sub(Matrix.eye(Math.min(c1, c2))).norm("frobenius");
}

describe("the orthogonal stitch", () => {
  test("undoes a rotation and a shift", () => {
    const q = rotation(c, 1);
    const { weight, bias, r2 } = orthogonal(exactMoments(x, Matrix.add(x.mmul(q), 7)));
    expect(relativeDistance(weight, q.to1DArray())).toBeLessThan(1e-12);
    expect(relativeDistance(bias, [7, 7, 7, 7, 7])).toBeLessThan(1e-12);
    expect(r2).toBeCloseTo(1, 12);
  });

  test("undoes a rotation into more channels", () => {
    const q = rotation(8, 2).subMatrix(0, c - 1, 0, 7);
    const { weight, r2 } = orthogonal(exactMoments(x, x.mmul(q)));
    expect(relativeDistance(weight, q.to1DArray())).toBeLessThan(1e-12);
    expect(r2).toBeCloseTo(1, 12);
  });

  test("does not scale: half the size remains unexplained", () => {
    // Σ‖2x − x‖² is a quarter of Σ‖2x‖².
    const { r2 } = orthogonal(exactMoments(x, Matrix.mul(x, 2)));
    expect(r2).toBeCloseTo(0.75, 12);
  });

  test("is closer than any other rotation", () => {
    const moments = exactMoments(x, Matrix.add(x.mmul(rotation(c, 3)), normal(n, c, 4)));
    const { weight, r2 } = orthogonal(moments);
    for (let stream = 10; stream < 60; stream++) {
      const towards = Matrix.add(Matrix.eye(c), normal(c, c, stream).mul(0.1));
      const nearby = new QrDecomposition(towards).orthogonalMatrix;
      const other = Matrix.from1DArray(c, c, weight).mmul(nearby);
      const bias = moments.meanY.map(
        (mean, j) => mean - Matrix.rowVector(moments.meanX).mmul(other).get(0, j),
      );
      const map = { weight: Float64Array.from(other.to1DArray()), bias };
      expect(explainedShare(map, moments)).toBeLessThan(r2 ?? NaN);
    }
  });

  test.each([
    { c1: 5, c2: 5 },
    { c1: 5, c2: 3 },
    { c1: 3, c2: 5 },
  ])("is orthogonal from $c1 to $c2 channels, one of them dead", ({ c1, c2 }) => {
    const source = normal(n, c1, 5);
    for (let row = 0; row < n; row++) source.set(row, 1, 0.25);
    const { weight } = orthogonal(exactMoments(source, normal(n, c2, 6)));
    expect(distanceFromOrthonormal(weight, c1, c2)).toBeLessThan(1e-12);
  });

  test.each(["narrowing", "square", "widening"] as const)("is NumPy's, %s", (name) => {
    const { x: wide, y, orthogonal: references } = familiesReference;
    const square = wide.subMatrix(0, wide.rows - 1, 0, y.columns - 1);
    const pairs = { narrowing: [wide, y], square: [square, y], widening: [y, wide] } as const;
    const [source, target] = pairs[name];
    const found = orthogonal(exactMoments(source, target));
    expect(relativeDistance(found.weight, references[name].weight)).toBeLessThan(1e-10);
    expect(relativeDistance(found.bias, references[name].bias)).toBeLessThan(1e-10);
    expect(found.r2).toBeCloseTo(references[name].r2, 12);
  });
});
