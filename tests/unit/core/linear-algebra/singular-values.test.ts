import { Matrix, SingularValueDecomposition } from "ml-matrix";
import { describe, expect, test } from "vitest";
import {
  noVectors,
  singularValueDecomposition,
} from "../../../../src/core/linear-algebra/singular-values";
import { entriesOf, flat, rectangular } from "./matrices-fixture";

const sizes = [
  [1, 1],
  [1, 3],
  [2, 2],
  [3, 2],
  [4, 4],
  [5, 4],
  [4, 9],
  [13, 13],
  [24, 23],
  [30, 41],
] as const;

describe.each(sizes)("of %i rows and %i columns", (rows, columns) => {
  const matrices = Object.entries(rectangular(rows, columns));

  test.each(matrices)("%s: as ml-matrix, to the last bit", (_, matrix) => {
    const witness = new SingularValueDecomposition(matrix, { autoTranspose: true });
    const { values, left, right } = singularValueDecomposition(flat(matrix));
    expect([...values]).toEqual(witness.diagonal);
    expect(left.values).toEqual(entriesOf(witness.leftSingularVectors));
    expect(right.values).toEqual(entriesOf(witness.rightSingularVectors));
  });

  test.each(matrices)("%s: UΣVᵀ is the matrix", (_, matrix) => {
    const { values, left, right } = singularValueDecomposition(flat(matrix));
    const size = values.length;
    const u = Matrix.from1DArray(rows, size, left.values);
    const v = Matrix.from1DArray(columns, size, right.values);
    const back = u.mmul(Matrix.diag([...values])).mmul(v.transpose());
    expect(Matrix.sub(back, matrix).norm()).toBeLessThan(1e-13 * (1 + matrix.norm()));
    expect(Matrix.sub(u.transpose().mmul(u), Matrix.eye(size)).norm()).toBeLessThan(1e-12);
    expect(Matrix.sub(v.transpose().mmul(v), Matrix.eye(size)).norm()).toBeLessThan(1e-12);
  });

  test.each(matrices)("%s: values and vectors depend on no other vectors", (_, matrix) => {
    const all = singularValueDecomposition(flat(matrix));
    expect(singularValueDecomposition(flat(matrix), noVectors).values).toEqual(all.values);
    const { left, right } = singularValueDecomposition(flat(matrix), { left: true, right: false });
    expect(left).toEqual(all.left);
    expect(right.rows).toBe(0);
  });
});

test("the values of a constant matrix end, where those of ml-matrix do not", () => {
  const matrix = flat(Matrix.ones(30, 41));
  const { values } = singularValueDecomposition(matrix, noVectors);
  expect(values[0]).toBeCloseTo(Math.sqrt(30 * 41), 12);
  expect(Math.max(...values.subarray(1))).toBeLessThan(1e-12);
});

test("a bidiagonal matrix with a zero on its diagonal is as in ml-matrix", () => {
  for (const zero of [0, 2, 6]) {
    const matrix = Matrix.zeros(7, 7);
    for (let i = 0; i < 7; i++) {
      matrix.set(i, i, i === zero ? 0 : 1 + i);
      if (i < 6) matrix.set(i, i + 1, 0.5);
    }
    const witness = new SingularValueDecomposition(matrix);
    const { values, left, right } = singularValueDecomposition(flat(matrix));
    expect([...values]).toEqual(witness.diagonal);
    expect(left.values).toEqual(entriesOf(witness.leftSingularVectors));
    expect(right.values).toEqual(entriesOf(witness.rightSingularVectors));
  }
});
