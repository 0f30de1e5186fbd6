/** Matrices in float64, such as covariances, flat and row-major. */

export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  /** [rows, columns] row-major */
  readonly values: Float64Array;
}

/** @param values [rows, columns] row-major, not copied where they are in float64 */
export function matrixOf(rows: number, columns: number, values: ArrayLike<number>): Matrix {
  return {
    rows,
    columns,
    values: values instanceof Float64Array ? values : Float64Array.from(values),
  };
}

/**
 * Returns (S + Sᵀ)/2: a device may sum a product and its transpose in different orders.
 *
 * @param values [c, c] row-major
 * @returns [c, c]
 */
export function symmetricMatrix(values: ArrayLike<number>): Matrix {
  const c = Math.round(Math.sqrt(values.length));
  const symmetric = transposed(matrixOf(c, c, values));
  const sums = symmetric.values;
  for (let k = 0; k < sums.length; k++) sums[k] = ((values[k] ?? NaN) + (sums[k] ?? NaN)) / 2;
  return symmetric;
}

/** Rows and columns at a time, which fit into the cache together. */
const transposedAtOnce = 16;

/** @returns [columns, rows], a copy */
export function transposed({ rows, columns, values }: Matrix): Matrix {
  const result = new Float64Array(rows * columns);
  for (let top = 0; top < rows; top += transposedAtOnce) {
    const bottom = Math.min(rows, top + transposedAtOnce);
    for (let left = 0; left < columns; left += transposedAtOnce) {
      const right = Math.min(columns, left + transposedAtOnce);
      for (let j = left; j < right; j++) {
        for (let i = top; i < bottom; i++) {
          result[j * rows + i] = values[i * columns + j] ?? NaN;
        }
      }
    }
  }
  return { rows: columns, columns: rows, values: result };
}

/** @returns [rows, which.length] the columns in that order, a copy */
export function columnsOf({ rows, columns, values }: Matrix, which: readonly number[]): Matrix {
  const chosen = new Float64Array(rows * which.length);
  for (let i = 0; i < rows; i++) {
    which.forEach((column, j) => {
      chosen[i * which.length + j] = values[i * columns + column] ?? NaN;
    });
  }
  return { rows, columns: which.length, values: chosen };
}

/** @returns [rows, count] the leftmost columns, a copy */
export function leadingColumns(matrix: Matrix, count: number): Matrix {
  return columnsOf(matrix, [...Array(count).keys()]);
}

/** @returns [rows, columns] column k multiplied by `scales[k]`, a copy */
export function scaledColumns(
  { rows, columns, values }: Matrix,
  scales: readonly number[],
): Matrix {
  const scaled = values.map((value, at) => value * (scales[at % columns] ?? NaN));
  return { rows, columns, values: scaled };
}

/** @param values [c, c] row-major */
export function diagonalOf(values: Float64Array): Float64Array {
  const c = Math.round(Math.sqrt(values.length));
  return Float64Array.from({ length: c }, (_, i) => values[i * (c + 1)] ?? NaN);
}

/** @param values [c, c] row-major */
export function traceOf(values: Float64Array): number {
  return diagonalOf(values).reduce((sum, value) => sum + value, 0);
}
