import { expect, test } from "vitest";
import type { StitchMatrix } from "../../../../src/engine/host/inspect";
import { matchedRows, withRowOrder } from "../../../../src/lab/inspector/sections/matched-rows";

function matrixOf(rows: readonly (readonly number[])[]): StitchMatrix {
  const columns = rows[0]?.length ?? 0;
  return {
    values: Float64Array.from(rows.flat()),
    rows: rows.length,
    columns,
    side: 1,
    bias: new Float64Array(columns),
    levels: null,
  };
}

test("the rows of a disguised permutation come back to the diagonal, whatever their signs", () => {
  const matrix = matrixOf([
    [0.1, -2, 0.2],
    [0.3, 0.1, 1.5],
    [0.9, 0.4, -0.2],
  ]);
  const order = matchedRows(matrix);
  expect(order).toEqual([2, 0, 1]);
  expect([...withRowOrder(matrix, order).values]).toEqual([
    0.9, 0.4, -0.2, 0.1, -2, 0.2, 0.3, 0.1, 1.5,
  ]);
});

test("rows that no column is left for come last, and every row stays", () => {
  const tall = matrixOf([[0.1], [3], [0.2]]);
  expect(matchedRows(tall)[0]).toBe(1);
  expect(matchedRows(tall).toSorted()).toEqual([0, 1, 2]);
  const wide = matrixOf([
    [0, 0, 5],
    [4, 0, 0],
  ]);
  expect(matchedRows(wide)).toEqual([1, 0]);
});
