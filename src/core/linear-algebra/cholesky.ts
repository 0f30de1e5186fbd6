/** Cholesky's factor of a symmetric matrix, and linear equations (Golub & Van Loan 2013, sec. 4.2). */
import { transposed, type Matrix } from "./matrix";
import { sumTile } from "./tiles";

/**
 * @param matrix [c, c] symmetric
 * @returns L of L Lᵀ, [c, c] lower triangular; null where the matrix is not positive definite
 */
export function choleskyFactor(matrix: Matrix): Matrix | null {
  const c = matrix.rows;
  const lower = new Float64Array(c * c);
  for (let top = 0; top < c; top += 4) {
    const rows = Math.min(4, c - top);
    for (let left = 0; left <= top; left += 4) {
      // What columns before this tile contribute; `finished` adds the tile's own.
      sumTile(
        {
          left: lower,
          leftAt: top * c,
          right: lower,
          rightAt: left * c,
          stride: c,
          terms: left,
          sums: lower,
          sumsAt: top * c + left,
          sumsStride: c,
        },
        rows,
        Math.min(4, c - left),
      );
      if (!finished(matrix, lower, top, rows, left)) return null;
    }
    for (let i = top; i < top + rows; i++) lower.fill(0, i * c + i + 1, i * c + top + rows);
  }
  return { rows: c, columns: c, values: lower };
}

/** Turns a tile's sums into entries of L. @returns false for a pivot that is not positive */
function finished(
  { columns: c, values }: Matrix,
  lower: Float64Array,
  top: number,
  rows: number,
  left: number,
): boolean {
  for (let i = top; i < top + rows; i++) {
    for (let j = left; j < Math.min(i + 1, left + 4); j++) {
      let sum = lower[i * c + j] ?? NaN;
      for (let k = left; k < j; k++) {
        sum += (lower[j * c + k] ?? NaN) * (lower[i * c + k] ?? NaN);
      }
      const rest = (values[i * c + j] ?? NaN) - sum;
      if (i === j && !(rest > 0)) return false;
      lower[i * c + j] = i === j ? Math.sqrt(rest) : rest / (lower[j * c + j] ?? NaN);
    }
  }
  return true;
}

/** Columns that are solved at a time, side by side. */
const panel = 8;

/**
 * Solves L Lᵀ X = B.
 *
 * @param lower [c, c] from `choleskyFactor`
 * @param b [c, n]
 * @returns X, [c, n]
 */
export function choleskySolution(lower: Matrix, b: Matrix): Matrix {
  const { rows, columns } = b;
  const upper = transposed(lower).values;
  const x = new Float64Array(rows * columns);
  const solved = new Float64Array(rows * panel);
  for (let first = 0; first < columns; first += panel) {
    const width = Math.min(panel, columns - first);
    for (let i = 0; i < rows; i++) {
      const at = i * columns + first;
      solved.set(b.values.subarray(at, at + width), i * panel);
    }
    for (let i = 0; i < rows; i++) eliminate(lower.values, rows, i, 0, i, solved);
    for (let i = rows - 1; i >= 0; i--) eliminate(upper, rows, i, i + 1, rows, solved);
    for (let i = 0; i < rows; i++) {
      x.set(solved.subarray(i * panel, i * panel + width), i * columns + first);
    }
  }
  return { rows, columns, values: x };
}

/** Solves equation i for its unknowns, given unknowns `from` to `to`. */
function eliminate(
  triangle: Float64Array,
  c: number,
  i: number,
  from: number,
  to: number,
  solved: Float64Array,
): void {
  const own = i * panel;
  let x0 = solved[own] ?? 0;
  let x1 = solved[own + 1] ?? 0;
  let x2 = solved[own + 2] ?? 0;
  let x3 = solved[own + 3] ?? 0;
  let x4 = solved[own + 4] ?? 0;
  let x5 = solved[own + 5] ?? 0;
  let x6 = solved[own + 6] ?? 0;
  let x7 = solved[own + 7] ?? 0;
  for (let k = from; k < to; k++) {
    const factor = triangle[i * c + k] ?? 0;
    const at = k * panel;
    x0 -= (solved[at] ?? 0) * factor;
    x1 -= (solved[at + 1] ?? 0) * factor;
    x2 -= (solved[at + 2] ?? 0) * factor;
    x3 -= (solved[at + 3] ?? 0) * factor;
    x4 -= (solved[at + 4] ?? 0) * factor;
    x5 -= (solved[at + 5] ?? 0) * factor;
    x6 -= (solved[at + 6] ?? 0) * factor;
    x7 -= (solved[at + 7] ?? 0) * factor;
  }
  const pivot = triangle[i * c + i] ?? NaN;
  solved[own] = x0 / pivot;
  solved[own + 1] = x1 / pivot;
  solved[own + 2] = x2 / pivot;
  solved[own + 3] = x3 / pivot;
  solved[own + 4] = x4 / pivot;
  solved[own + 5] = x5 / pivot;
  solved[own + 6] = x6 / pivot;
  solved[own + 7] = x7 / pivot;
}
