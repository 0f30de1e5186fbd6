/**
 * Householder reflections from both sides that make a matrix bidiagonal (Golub & Kahan 1965). Sums
 * are in the order of ml-matrix, which recorded results were computed with.
 */
import { reflectRows } from "./reflections";
import { hypotenuse } from "./rotations";

export interface Bidiagonal {
  /** [n] */
  readonly diagonal: Float64Array;
  /** [n] entry k is right of entry k of the diagonal; the last is 0 */
  readonly offDiagonal: Float64Array;
  /** [n, m] direction k from the left in row k, from column k on */
  readonly left: Float64Array;
  /** [n, n] direction k from the right in row k, from column k + 1 on */
  readonly right: Float64Array;
}

/** @param columns [n, m] the matrix [m, n] transposed, m ≥ n; becomes `left` */
export function bidiagonal(columns: Float64Array, m: number, n: number): Bidiagonal {
  const diagonal = new Float64Array(n);
  const offDiagonal = new Float64Array(n);
  const right = new Float64Array(n * n);
  const sums = new Float64Array(m);
  for (let k = 0; k < Math.min(m - 1, n); k++) {
    diagonal[k] = -scaleToDirection(columns, k * m + k, k * m + m);
    if (diagonal[k] !== 0) {
      const at = k * m + k;
      const divisor = columns[at] ?? NaN;
      const reflection = { u: columns, uAt: at, w: columns, wAt: at, divisor, length: m - k };
      reflectRows(columns, (k + 1) * m + k, n - k - 1, m, reflection);
    }
    for (let j = k + 1; j < n; j++) offDiagonal[j] = columns[j * m + k] ?? NaN;
    if (k >= n - 2) continue;
    const length = scaleToDirection(offDiagonal, k + 1, n);
    offDiagonal[k] = -length;
    if (length !== 0) reflectColumns(columns, m, k + 1, offDiagonal, sums);
    right.set(offDiagonal.subarray(k + 1), k * n + k + 1);
  }
  if (m === n) diagonal[n - 1] = columns[n * n - 1] ?? NaN;
  if (n > 1) offDiagonal[n - 2] = columns[(n - 1) * m + n - 2] ?? NaN;
  offDiagonal[n - 1] = 0;
  return { diagonal, offDiagonal, left: columns, right };
}

/**
 * Makes entries `from` to `to` the direction that reflects them to their first axis.
 *
 * @returns their length, with the sign of the first
 */
function scaleToDirection(values: Float64Array, from: number, to: number): number {
  let length = 0;
  for (let k = from; k < to; k++) length = hypotenuse(length, values[k] ?? NaN);
  if (length === 0) return 0;
  if ((values[from] ?? NaN) < 0) length = -length;
  for (let k = from; k < to; k++) values[k] = (values[k] ?? NaN) / length;
  values[from] = (values[from] ?? NaN) + 1;
  return length;
}

/** Reflects columns and rows of [n, m] from `first` on across the rows, along `direction`. */
function reflectColumns(
  rows: Float64Array,
  m: number,
  first: number,
  direction: Float64Array,
  sums: Float64Array,
): void {
  const n = direction.length;
  const pivot = direction[first] ?? NaN;
  sums.fill(0);
  let j = first;
  for (; j + 4 <= n; j += 4) addFour(rows, m, j, first, direction, sums);
  for (; j < n; j++) {
    const along = direction[j] ?? 0;
    for (let i = first; i < m; i++) sums[i] = (sums[i] ?? 0) + along * (rows[j * m + i] ?? 0);
  }
  for (j = first; j < n; j++) {
    const along = -(direction[j] ?? 0) / pivot;
    for (let i = first; i < m; i++) {
      rows[j * m + i] = (rows[j * m + i] ?? 0) + along * (sums[i] ?? 0);
    }
  }
}

/** Adds multiples of rows j to j + 3 to the sums. */
function addFour(
  rows: Float64Array,
  m: number,
  j: number,
  first: number,
  direction: Float64Array,
  sums: Float64Array,
): void {
  const d0 = direction[j] ?? 0;
  const d1 = direction[j + 1] ?? 0;
  const d2 = direction[j + 2] ?? 0;
  const d3 = direction[j + 3] ?? 0;
  const at0 = j * m;
  const at1 = at0 + m;
  const at2 = at1 + m;
  const at3 = at2 + m;
  for (let i = first; i < m; i++) {
    sums[i] =
      (sums[i] ?? 0) +
      d0 * (rows[at0 + i] ?? 0) +
      d1 * (rows[at1 + i] ?? 0) +
      d2 * (rows[at2 + i] ?? 0) +
      d3 * (rows[at3 + i] ?? 0);
  }
}

/** @returns [n, m] the product of the reflections from the left, one vector a row, in place */
export function leftVectors({ left, diagonal }: Bidiagonal): Float64Array {
  const n = diagonal.length;
  const m = left.length / n;
  const isReflection = (k: number): boolean => k < m - 1 && diagonal[k] !== 0;
  accumulate(left, m, n, 0, isReflection, (k) => {
    const at = k * m;
    left.fill(0, at, at + k);
    if (isReflection(k)) {
      for (let i = at + k; i < at + m; i++) left[i] = -(left[i] ?? NaN);
      left[at + k] = 1 + (left[at + k] ?? NaN);
    } else {
      left.fill(0, at, at + m);
      left[at + k] = 1;
    }
  });
  return left;
}

/** @returns [n, n] the product of the reflections from the right, one vector a row, in place */
export function rightVectors({ right, offDiagonal }: Bidiagonal): Float64Array {
  const n = offDiagonal.length;
  const isReflection = (k: number): boolean => k < n - 2 && offDiagonal[k] !== 0;
  accumulate(right, n, n, 1, isReflection, (k) => {
    right.fill(0, k * n, (k + 1) * n);
    right[k * n + k] = 1;
  });
  return right;
}

/**
 * Multiplies reflections, in place. Four rows at a time take part in all, from the last row to the
 * first, while the directions of those above are still in place.
 *
 * @param rows [n, m] direction k in row k, from column k + `beside` on
 * @param start makes row k what it is before the reflections of the rows above
 */
function accumulate(
  rows: Float64Array,
  m: number,
  n: number,
  beside: 0 | 1,
  isReflection: (k: number) => boolean,
  start: (k: number) => void,
): void {
  const reflect = (first: number, count: number, by: number): void => {
    if (!isReflection(by)) return;
    const uAt = by * m + by + beside;
    const divisor = rows[uAt] ?? NaN;
    const reflection = { u: rows, uAt, w: rows, wAt: uAt, divisor, length: m - by - beside };
    reflectRows(rows, first * m + by + beside, count, m, reflection);
  };
  for (let last = n; last > 0; last -= 4) {
    const first = Math.max(0, last - 4);
    for (let row = last - 1; row >= first; row--) {
      start(row);
      for (let by = row - 1; by >= first; by--) reflect(row, 1, by);
    }
    for (let by = first - 1; by >= 0; by--) reflect(first, last - first, by);
  }
}
