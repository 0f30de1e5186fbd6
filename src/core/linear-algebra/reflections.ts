/** Householder reflections of a matrix's rows (Golub & Van Loan 2013, sec. 5.1), in float64. */

/** Adds a multiple of w to a row, so that the row's part along u is reflected: −⟨u, row⟩ / divisor. */
export interface Reflection {
  readonly u: Float64Array;
  /** Where u begins. */
  readonly uAt: number;
  readonly w: Float64Array;
  readonly wAt: number;
  readonly divisor: number;
  /** Entries of u, of w and of the part of a row. */
  readonly length: number;
}

/**
 * Reflects parts of rows, four at a time: the sums of one row would wait for their own roundings.
 *
 * @param at where the first row's part begins
 * @param stride entries from one row to the next
 */
export function reflectRows(
  rows: Float64Array,
  at: number,
  count: number,
  stride: number,
  reflection: Reflection,
): void {
  let row = 0;
  for (; row + 4 <= count; row += 4) reflectFour(rows, at + row * stride, stride, reflection);
  for (; row < count; row++) reflectRow(rows, at + row * stride, reflection);
}

function reflectFour(rows: Float64Array, at: number, stride: number, by: Reflection): void {
  const { u, uAt, w, wAt, divisor, length } = by;
  const at1 = at + stride;
  const at2 = at1 + stride;
  const at3 = at2 + stride;
  let [t0, t1, t2, t3] = [0, 0, 0, 0];
  for (let k = 0; k < length; k++) {
    const along = u[uAt + k] ?? 0;
    t0 += along * (rows[at + k] ?? 0);
    t1 += along * (rows[at1 + k] ?? 0);
    t2 += along * (rows[at2 + k] ?? 0);
    t3 += along * (rows[at3 + k] ?? 0);
  }
  t0 = -t0 / divisor;
  t1 = -t1 / divisor;
  t2 = -t2 / divisor;
  t3 = -t3 / divisor;
  for (let k = 0; k < length; k++) {
    const added = w[wAt + k] ?? 0;
    rows[at + k] = (rows[at + k] ?? 0) + t0 * added;
    rows[at1 + k] = (rows[at1 + k] ?? 0) + t1 * added;
    rows[at2 + k] = (rows[at2 + k] ?? 0) + t2 * added;
    rows[at3 + k] = (rows[at3 + k] ?? 0) + t3 * added;
  }
}

function reflectRow(rows: Float64Array, at: number, by: Reflection): void {
  const { u, uAt, w, wAt, divisor, length } = by;
  let t = 0;
  for (let k = 0; k < length; k++) t += (u[uAt + k] ?? 0) * (rows[at + k] ?? 0);
  t = -t / divisor;
  for (let k = 0; k < length; k++) rows[at + k] = (rows[at + k] ?? 0) + t * (w[wAt + k] ?? 0);
}
