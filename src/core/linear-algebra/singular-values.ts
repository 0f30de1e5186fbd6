/**
 * Singular values and vectors: the matrix is made bidiagonal, and implicit QR steps make it diagonal
 * (Golub & Reinsch 1970, as in LINPACK's dsvdc). Sums are in the order of ml-matrix, which recorded
 * results were computed with.
 */
import { bidiagonal, leftVectors, rightVectors } from "./bidiagonal";
import { columnsOf, matrixOf, scaledColumns, transposed, type Matrix } from "./matrix";
import { hypotenuse, rotationsOf, type PairRotation, type Rotations } from "./rotations";

export interface SingularValueDecomposition {
  /** [min(rows, columns)] the largest first */
  readonly values: Float64Array;
  /** [rows, min(rows, columns)] one vector a column; without rows if not wanted */
  readonly left: Matrix;
  /** [columns, min(rows, columns)] */
  readonly right: Matrix;
}

export const noVectors = { left: false, right: false };

/**
 * @param matrix finite; otherwise the iteration might not end
 * @param wants which vectors are computed, by default all; values alone take a third of the time
 */
export function singularValueDecomposition(
  matrix: Matrix,
  wants = { left: true, right: true },
): SingularValueDecomposition {
  if (matrix.rows < matrix.columns) {
    const swapped = { left: wants.right, right: wants.left };
    const { values, left, right } = singularValueDecomposition(transposed(matrix), swapped);
    return { values, left: right, right: left };
  }
  const [m, n] = [matrix.rows, matrix.columns];
  const reduced = bidiagonal(transposed(matrix).values, m, n);
  const none = matrixOf(0, n, []);
  const left = wants.left ? transposed(matrixOf(n, m, leftVectors(reduced))) : none;
  const right = wants.right ? transposed(matrixOf(n, n, rightVectors(reduced))) : none;
  const { diagonal: values, offDiagonal } = reduced;
  const rotations = { left: rotationsOf(left), right: rotationsOf(right) };
  const { order, signs } = diagonalise({ values, offDiagonal, ...rotations });
  rotations.left.apply();
  rotations.right.apply();
  return {
    values,
    left: columnsOf(left, order),
    right: scaledColumns(columnsOf(right, order), signs),
  };
}

/** Two or three steps make a value final, but rounding of subnormal numbers may go round forever. */
const mostSteps = 1000;

interface Iteration {
  /** [n] diagonal of the bidiagonal matrix, at the end the singular values */
  readonly values: Float64Array;
  /** [n] */
  readonly offDiagonal: Float64Array;
  readonly left: Rotations;
  readonly right: Rotations;
}

interface Arrangement {
  /** Columns of the vectors in the order of their values. */
  readonly order: number[];
  /** Of the vectors on the right, in that order. */
  readonly signs: number[];
}

/** Columns after `last` are final, and later rotations turn only those before: they can be sorted. */
function diagonalise(iteration: Iteration): Arrangement {
  const n = iteration.values.length;
  const order = [...iteration.values.keys()];
  const arrangement = { order, signs: order.map(() => 1) };
  let last = n - 1;
  let steps = 0;
  while (last >= 0) {
    const first = blockStart(iteration, last);
    if (first === last) {
      arrange(iteration.values, last, arrangement);
      last--;
      steps = 0;
      continue;
    }
    if (steps++ === mostSteps) {
      iteration.offDiagonal[last - 1] = 0;
      continue;
    }
    const zero = negligibleValue(iteration, first, last);
    if (zero === last) clearColumn(iteration, first, last);
    else if (zero === null) sweep(iteration, first, last);
    else clearRow(iteration, zero, last);
  }
  return arrangement;
}

/** Returns the first row of the block that ends at `last`: the entry before is negligible. */
function blockStart({ values, offDiagonal }: Iteration, last: number): number {
  for (let k = last - 1; k >= 0; k--) {
    const size = Math.abs((values[k] ?? NaN) + Math.abs(values[k + 1] ?? NaN));
    const entry = offDiagonal[k] ?? NaN;
    if (Math.abs(entry) <= Number.MIN_VALUE + Number.EPSILON * size || Number.isNaN(entry)) {
      offDiagonal[k] = 0;
      return k + 1;
    }
  }
  return 0;
}

/** Sets the last negligible value of a block to 0. @returns its row, or null */
function negligibleValue(
  { values, offDiagonal }: Iteration,
  first: number,
  last: number,
): number | null {
  for (let k = last; k >= first; k--) {
    const before = k === first ? 0 : Math.abs(offDiagonal[k - 1] ?? NaN);
    const size = Math.abs(offDiagonal[k] ?? NaN) + before;
    if (Math.abs(values[k] ?? NaN) <= Number.EPSILON * size) {
      values[k] = 0;
      return k;
    }
  }
  return null;
}

/** Rotates away the last column's entry, where its value is 0. */
function clearColumn(iteration: Iteration, first: number, last: number): void {
  const { values, offDiagonal, right } = iteration;
  const pairs: PairRotation[] = [];
  let entry = offDiagonal[last - 1] ?? NaN;
  offDiagonal[last - 1] = 0;
  for (let k = last - 1; k >= first; k--) {
    const [length, cosine, sine] = rotationOf(values[k] ?? NaN, entry);
    values[k] = length;
    if (k > first) {
      const off = offDiagonal[k - 1] ?? NaN;
      entry = -sine * off;
      offDiagonal[k - 1] = cosine * off;
    }
    pairs.push({ column: k, other: last, cosine, sine });
  }
  right.turn(pairs);
}

/** Rotates away the entry of a row whose value is 0. */
function clearRow(iteration: Iteration, zero: number, last: number): void {
  const { values, offDiagonal, left } = iteration;
  const pairs: PairRotation[] = [];
  let entry = offDiagonal[zero] ?? NaN;
  offDiagonal[zero] = 0;
  for (let k = zero + 1; k <= last; k++) {
    const [length, cosine, sine] = rotationOf(values[k] ?? NaN, entry);
    values[k] = length;
    const off = offDiagonal[k] ?? NaN;
    entry = -sine * off;
    offDiagonal[k] = cosine * off;
    pairs.push({ column: k, other: zero, cosine, sine });
  }
  left.turn(pairs);
}

/** @returns √(a² + b²), and the cosine and sine that turn b to 0 */
function rotationOf(a: number, b: number): readonly [number, number, number] {
  const length = hypotenuse(a, b);
  return [length, a / length, b / length];
}

/** One implicit QR step. */
function sweep(iteration: Iteration, first: number, last: number): void {
  const { values, offDiagonal, left, right } = iteration;
  let [own, beside] = shiftedStart(iteration, first, last);
  left.begin(first);
  right.begin(first);
  for (let k = first; k < last; k++) {
    let length = dividing(hypotenuse(own, beside));
    let cosine = own / length;
    let sine = beside / length;
    if (k > first) offDiagonal[k - 1] = length;
    const off = offDiagonal[k] ?? NaN;
    own = cosine * (values[k] ?? NaN) + sine * off;
    const offNow = cosine * off - sine * (values[k] ?? NaN);
    beside = sine * (values[k + 1] ?? NaN);
    const nextNow = cosine * (values[k + 1] ?? NaN);
    right.rotate(cosine, sine);

    length = dividing(hypotenuse(own, beside));
    cosine = own / length;
    sine = beside / length;
    values[k] = length;
    own = cosine * offNow + sine * nextNow;
    values[k + 1] = -sine * offNow + cosine * nextNow;
    const offNext = offDiagonal[k + 1] ?? NaN;
    beside = sine * offNext;
    offDiagonal[k + 1] = cosine * offNext;
    offDiagonal[k] = offNow;
    left.rotate(cosine, sine);
  }
  offDiagonal[last - 1] = own;
}

function dividing(length: number): number {
  return length === 0 ? Number.MIN_VALUE : length;
}

/**
 * First column of BᵀB less the shift, the eigenvalue of its last 2 × 2 entries that is closer to the
 * last, up to a factor.
 */
function shiftedStart(
  { values, offDiagonal }: Iteration,
  first: number,
  last: number,
): [number, number] {
  const value = (k: number): number => values[k] ?? NaN;
  const off = (k: number): number => offDiagonal[k] ?? NaN;
  const scale = Math.max(
    Math.abs(value(last)),
    Math.abs(value(last - 1)),
    Math.abs(off(last - 1)),
    Math.abs(value(first)),
    Math.abs(off(first)),
  );
  const end = value(last) / scale;
  const before = value(last - 1) / scale;
  const offEnd = off(last - 1) / scale;
  const start = value(first) / scale;
  const offStart = off(first) / scale;
  const half = ((before + end) * (before - end) + offEnd * offEnd) / 2;
  const square = end * offEnd * (end * offEnd);
  let shift = 0;
  if (half !== 0 || square !== 0) {
    const root = Math.sqrt(half * half + square);
    shift = square / (half + (half < 0 ? -root : root));
  }
  return [(start + end) * (start - end) + shift, start * offStart];
}

/** Makes a final value positive and sorts it among those after it. */
function arrange(values: Float64Array, at: number, { order, signs }: Arrangement): void {
  if ((values[at] ?? NaN) <= 0) {
    values[at] = Math.abs(values[at] ?? NaN);
    signs[at] = -(signs[at] ?? NaN);
  }
  const swap = (list: number[] | Float64Array, k: number): void => {
    const moved = list[k] ?? NaN;
    list[k] = list[k + 1] ?? NaN;
    list[k + 1] = moved;
  };
  for (let k = at; k < values.length - 1 && !((values[k] ?? NaN) >= (values[k + 1] ?? NaN)); k++) {
    swap(values, k);
    swap(order, k);
    swap(signs, k);
  }
}
