/** Products of matrices in float64, with rows that stay in the cache. */
import { transposed, type Matrix } from "./matrix";
import { sumTile } from "./tiles";

/** Rows of the right matrix for one pass over the left one: 512 kB at 2,048 columns. */
const rowsAtOnce = 32;

/** @returns A B, [a.rows, b.columns] */
export function product(a: Matrix, b: Matrix): Matrix {
  return productWithTransposed(a, transposed(b));
}

/** @returns xᵀ A, [a.columns] */
export function rowProduct(x: Float64Array, a: Matrix): Float64Array {
  return product({ rows: 1, columns: x.length, values: x }, a).values;
}

/** Returns the trace of A B [c, c], of which only the diagonal is summed. */
export function traceOfProduct(a: Matrix, b: Matrix): number {
  const right = transposed(b).values;
  let trace = 0;
  for (let from = 0; from < right.length; from += a.columns) {
    let sum = 0;
    for (let k = from; k < from + a.columns; k++) sum += (a.values[k] ?? NaN) * (right[k] ?? NaN);
    trace += sum;
  }
  return trace;
}

/** @returns A Bᵀ, [a.rows, b.rows] */
export function productWithTransposed(a: Matrix, b: Matrix): Matrix {
  const [left, right, stride] = [a.values, b.values, a.columns];
  const sums = new Float64Array(a.rows * b.rows);
  for (let first = 0; first < b.rows; first += rowsAtOnce) {
    const last = Math.min(b.rows, first + rowsAtOnce);
    for (let i = 0; i < a.rows; i += 4) {
      for (let j = first; j < last; j += 4) {
        const [leftAt, rightAt, sumsAt] = [i * stride, j * stride, i * b.rows + j];
        sumTile(
          { left, leftAt, right, rightAt, stride, terms: stride, sums, sumsAt, sumsStride: b.rows },
          Math.min(4, a.rows - i),
          Math.min(4, last - j),
        );
      }
    }
  }
  return { rows: a.rows, columns: b.rows, values: sums };
}
