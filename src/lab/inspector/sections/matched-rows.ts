/** Matches a stitch's rows to its columns, so that a matrix near a permutation looks like one. */
import { bestAssignment } from "../../../core/stitch/families/assignment";
import type { StitchMatrix } from "../../../engine/host/inspect";

/** More channels than these would take seconds to match. */
export const mostMatched = 512;

/**
 * Returns the rows in the order of the columns that they are matched to, one to one with the largest
 * sum of absolute weights; rows that no column is left for come last.
 */
export function matchedRows({ values, rows, columns }: StitchMatrix): number[] {
  const n = Math.max(rows, columns);
  const sizes = new Float64Array(n * n);
  values.forEach((value, at) => {
    sizes[Math.floor(at / columns) * n + (at % columns)] = Math.abs(value);
  });
  return [...bestAssignment(sizes, n)].filter((row) => row < rows);
}

/** The same matrix with its rows in another order. */
export function withRowOrder(matrix: StitchMatrix, order: readonly number[]): StitchMatrix {
  const { values, columns } = matrix;
  const moved = new Float64Array(values.length);
  order.forEach((row, to) => {
    moved.set(values.subarray(row * columns, (row + 1) * columns), to * columns);
  });
  return { ...matrix, values: moved };
}
