import { CholeskyDecomposition, Matrix } from "ml-matrix";
import { describe, expect, test } from "vitest";
import { choleskyFactor, choleskySolution } from "../../../../src/core/linear-algebra/cholesky";
import { entriesOf, flat, normal, symmetric } from "./matrices-fixture";

// Around the four rows and eight columns that are computed at a time.
describe.each([1, 2, 3, 4, 5, 8, 23])("of size %i", (size) => {
  const x = normal(2 * size, size);
  const matrix = x.transpose().mmul(x);
  const factor = choleskyFactor(flat(matrix));

  test("the factor is that of ml-matrix, to the last bit", () => {
    expect(factor?.values).toEqual(
      entriesOf(new CholeskyDecomposition(matrix).lowerTriangularMatrix),
    );
  });

  test.each([1, 7, 8, 9])("solutions in %i columns are those of ml-matrix", (columns) => {
    const right = normal(size, columns, 1);
    const solution = factor && choleskySolution(factor, flat(right));
    expect(solution?.values).toEqual(entriesOf(new CholeskyDecomposition(matrix).solve(right)));
  });

  test("a matrix that is not positive definite has none", () => {
    expect(choleskyFactor(flat(Matrix.zeros(size, size)))).toBeNull();
    expect(choleskyFactor(flat(Matrix.mul(matrix, -1)))).toBeNull();
    if (size > 1) expect(choleskyFactor(flat(symmetric(size).constant ?? matrix))).toBeNull();
  });
});

test("factors a matrix by hand", () => {
  const matrix = new Matrix([
    [4, 2],
    [2, 5],
  ]);
  expect([...(choleskyFactor(flat(matrix))?.values ?? [])]).toEqual([2, 0, 1, 2]);
});
