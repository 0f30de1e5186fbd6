import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { describe, expect, test } from "vitest";
import { eigenpairs } from "../../../../src/core/linear-algebra/eigenpairs";
import { entriesOf, flat, symmetric } from "./matrices-fixture";

// Around the four rows that are computed at a time.
describe.each([1, 2, 3, 4, 5, 8, 23, 40])("of size %i", (size) => {
  test.each(Object.entries(symmetric(size)))("%s: as ml-matrix, to the last bit", (_, matrix) => {
    const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(matrix, {
      assumeSymmetric: true,
    });
    const value = (k: number): number => realEigenvalues[k] ?? NaN;
    const order = realEigenvalues.map((_, k) => k).sort((a, b) => value(b) - value(a));
    const { values, vectors } = eigenpairs(flat(matrix));
    expect(values).toEqual(order.map(value));
    expect(vectors.values).toEqual(entriesOf(eigenvectorMatrix.subMatrixColumn(order)));
  });

  test.each(Object.entries(symmetric(size)))("%s: QΛQᵀ is the matrix", (_, matrix) => {
    const { values, vectors } = eigenpairs(flat(matrix));
    const q = Matrix.from1DArray(size, size, vectors.values);
    const back = q.mmul(Matrix.diag([...values])).mmul(q.transpose());
    expect(Matrix.sub(back, matrix).norm()).toBeLessThan(1e-13 * (1 + matrix.norm()));
    expect(Matrix.sub(q.transpose().mmul(q), Matrix.eye(size)).norm()).toBeLessThan(1e-13 * size);
  });
});

test("the second difference has the eigenvalues 2 − 2 cos(kπ / (c + 1))", () => {
  const c = 9;
  const matrix = Matrix.zeros(c, c);
  for (let i = 0; i < c; i++) {
    matrix.set(i, i, 2);
    if (i > 0) matrix.set(i, i - 1, -1).set(i - 1, i, -1);
  }
  eigenpairs(flat(matrix)).values.forEach((value, k) => {
    expect(value).toBeCloseTo(2 - 2 * Math.cos(((c - k) * Math.PI) / (c + 1)), 13);
  });
});
