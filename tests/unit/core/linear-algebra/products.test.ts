import { Matrix } from "ml-matrix";
import { describe, expect, test } from "vitest";
import {
  product,
  productWithTransposed,
  rowProduct,
  traceOfProduct,
} from "../../../../src/core/linear-algebra/products";
import { symmetricMatrix, transposed } from "../../../../src/core/linear-algebra/matrix";
import { entriesOf, flat, normal } from "./matrices-fixture";

// Around the tiles of 4 × 4 and the 32 rows at a time.
const sizes = [
  [1, 1, 1],
  [4, 3, 4],
  [5, 2, 7],
  [3, 9, 33],
  [18, 40, 70],
] as const;

describe.each(sizes)("[%i, %i] times [%2$i, %i]", (rows, terms, columns) => {
  const [a, b] = [normal(rows, terms, 4), normal(terms, columns, 5)];

  test("is that of ml-matrix, to the last bit", () => {
    const expected = entriesOf(a.mmul(b));
    expect(product(flat(a), flat(b)).values).toEqual(expected);
    expect(productWithTransposed(flat(a), flat(b.transpose())).values).toEqual(expected);
  });

  test("with one row is that of ml-matrix", () => {
    const row = a.getRow(0);
    const expected = entriesOf(Matrix.rowVector(row).mmul(b));
    expect(rowProduct(Float64Array.from(row), flat(b))).toEqual(expected);
  });
});

test("the trace of a product is that of the whole product, to the last bit", () => {
  const [a, b] = [normal(9, 30, 6), normal(30, 9, 7)];
  expect(traceOfProduct(flat(a), flat(b))).toBe(a.mmul(b).trace());
});

test("a transposed matrix and its own are a symmetric matrix’s two halves", () => {
  const a = normal(21, 21, 8);
  expect(transposed(flat(a)).values).toEqual(entriesOf(a.transpose()));
  expect(symmetricMatrix(a.to1DArray()).values).toEqual(
    entriesOf(Matrix.add(a, a.transpose()).div(2)),
  );
});
