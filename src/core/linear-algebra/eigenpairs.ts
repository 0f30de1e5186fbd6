/**
 * Eigenvalues and eigenvectors of a symmetric matrix: Householder reflections make it tridiagonal
 * (Martin, Reinsch & Wilkinson 1968) and implicit QL steps then diagonal (Bowdler, Martin, Reinsch &
 * Wilkinson 1968); the procedures tred2 and tql2 of EISPACK. Sums are in the order of ml-matrix,
 * which recorded results were computed with.
 */
import { columnsOf, diagonalOf, matrixOf, transposed, type Matrix } from "./matrix";
import { reflectRows } from "./reflections";
import { hypotenuse, rotationsOf, type Rotations } from "./rotations";

export interface Eigenpairs {
  /** [c] the largest first */
  readonly values: readonly number[];
  /** [c, c] one a column, orthonormal, in the same order */
  readonly vectors: Matrix;
}

/** @param matrix [c, c] symmetric */
export function eigenpairs(matrix: Matrix): Eigenpairs {
  const c = matrix.rows;
  const reduced = tridiagonal(matrix);
  const { diagonal, offDiagonal } = reduced;
  // QL goes from right to left and rotations from left to right, so all is reversed meanwhile.
  const vectors = transposed(matrixOf(c, c, accumulated(reduced).reverse()));
  const rotations = rotationsOf(vectors);
  diagonalise(diagonal, offDiagonal, rotations);
  rotations.apply();
  vectors.values.reverse();
  const order = descending(diagonal);
  return { values: order.map((k) => diagonal[k] ?? NaN), vectors: columnsOf(vectors, order) };
}

interface Tridiagonal {
  /** [c] */
  readonly diagonal: Float64Array;
  /** [c] entry k is right of entry k of the diagonal; the last is 0 */
  readonly offDiagonal: Float64Array;
  /** [c, c] row k holds the direction of reflection k, in columns 0 to k − 1 */
  readonly directions: Float64Array;
  /** [c] half the squared length of each direction; 0 for no reflection */
  readonly halfSquares: Float64Array;
}

/** Reflects from the last row to the first. The right upper triangle is up to date. */
function tridiagonal(matrix: Matrix): Tridiagonal {
  const c = matrix.rows;
  const { values } = transposed(matrix);
  const offDiagonal = new Float64Array(c);
  const halfSquares = new Float64Array(c);
  /** Of the row that is reflected, and its image. */
  const direction = new Float64Array(c);
  const image = new Float64Array(c);
  for (let last = c - 1; last > 0; last--) {
    let scale = 0;
    for (let k = 0; k < last; k++) {
      direction[k] = values[k * c + last] ?? NaN;
      values[k * c + last] = 0;
      scale += Math.abs(direction[k] ?? NaN);
    }
    if (scale === 0) {
      offDiagonal[last - 1] = direction[last - 1] ?? NaN;
      values.fill(0, last * c, last * c + last);
      continue;
    }
    let square = 0;
    for (let k = 0; k < last; k++) {
      const scaled = (direction[k] ?? NaN) / scale;
      direction[k] = scaled;
      square += scaled * scaled;
    }
    const end = direction[last - 1] ?? NaN;
    const length = end > 0 ? -Math.sqrt(square) : Math.sqrt(square);
    offDiagonal[last - 1] = scale * length;
    const half = square - end * length;
    direction[last - 1] = end - length;
    values.set(direction.subarray(0, last), last * c);
    halfSquares[last] = half;

    symmetricProduct(values, c, last, direction, image);
    let overlap = 0;
    for (let k = 0; k < last; k++) {
      const share = (image[k] ?? NaN) / half;
      image[k] = share;
      overlap += share * (direction[k] ?? NaN);
    }
    const removed = overlap / (half + half);
    for (let k = 0; k < last; k++) {
      image[k] = (image[k] ?? NaN) - removed * (direction[k] ?? NaN);
    }
    subtractBoth(values, c, last, direction, image);
  }
  return { diagonal: diagonalOf(values), offDiagonal, directions: values, halfSquares };
}

/** Multiplies the first rows and columns, of which the right upper triangle is read. */
function symmetricProduct(
  values: Float64Array,
  stride: number,
  size: number,
  x: Float64Array,
  sums: Float64Array,
): void {
  sums.fill(0, 0, size);
  for (let first = 0; first < size; first += 4) {
    const last = Math.min(size, first + 4);
    for (let j = first; j < last; j++) {
      const at = j * stride;
      const own = x[j] ?? 0;
      let sum = (sums[j] ?? 0) + (values[at + j] ?? 0) * own;
      for (let k = j + 1; k < last; k++) {
        const value = values[at + k] ?? 0;
        sum += value * (x[k] ?? 0);
        sums[k] = (sums[k] ?? 0) + value * own;
      }
      sums[j] = sum;
    }
    if (last < size) addRightOfTile(values, stride, first, size, x, sums);
  }
}

/** Adds four rows right of their tile on the diagonal, and what lies below it by symmetry. */
function addRightOfTile(
  values: Float64Array,
  stride: number,
  first: number,
  size: number,
  x: Float64Array,
  sums: Float64Array,
): void {
  const at0 = first * stride;
  const at1 = at0 + stride;
  const at2 = at1 + stride;
  const at3 = at2 + stride;
  const x0 = x[first] ?? 0;
  const x1 = x[first + 1] ?? 0;
  const x2 = x[first + 2] ?? 0;
  const x3 = x[first + 3] ?? 0;
  let sum0 = sums[first] ?? 0;
  let sum1 = sums[first + 1] ?? 0;
  let sum2 = sums[first + 2] ?? 0;
  let sum3 = sums[first + 3] ?? 0;
  for (let k = first + 4; k < size; k++) {
    const entry = x[k] ?? 0;
    const value0 = values[at0 + k] ?? 0;
    const value1 = values[at1 + k] ?? 0;
    const value2 = values[at2 + k] ?? 0;
    const value3 = values[at3 + k] ?? 0;
    sum0 += value0 * entry;
    sum1 += value1 * entry;
    sum2 += value2 * entry;
    sum3 += value3 * entry;
    sums[k] = (sums[k] ?? 0) + value0 * x0 + value1 * x1 + value2 * x2 + value3 * x3;
  }
  sums[first] = sum0;
  sums[first + 1] = sum1;
  sums[first + 2] = sum2;
  sums[first + 3] = sum3;
}

/** Subtracts x yᵀ + y xᵀ from the right upper triangle of the first rows and columns. */
function subtractBoth(
  values: Float64Array,
  stride: number,
  size: number,
  x: Float64Array,
  y: Float64Array,
): void {
  for (let j = 0; j < size; j++) {
    const at = j * stride;
    const [xj, yj] = [x[j] ?? 0, y[j] ?? 0];
    for (let k = j; k < size; k++) {
      values[at + k] = (values[at + k] ?? 0) - (xj * (y[k] ?? 0) + yj * (x[k] ?? 0));
    }
  }
}

/**
 * Returns the product of all reflections, transposed: one vector a row. Four rows at a time take part
 * in all reflections, while the directions of those below are still in place.
 */
function accumulated({ directions: rows, halfSquares }: Tridiagonal): Float64Array {
  const c = halfSquares.length;
  const shares = rows.map((value, at) => value / (halfSquares[Math.floor(at / c)] ?? NaN));
  const reflect = (first: number, count: number, by: number): void => {
    if (halfSquares[by] === 0) return;
    const at = by * c;
    const reflection = { u: rows, uAt: at, w: shares, wAt: at, divisor: 1, length: by };
    reflectRows(rows, first * c, count, c, reflection);
  };
  for (let first = 0; first < c; first += 4) {
    const last = Math.min(c, first + 4);
    for (let row = first; row < last; row++) {
      rows.fill(0, row * c, (row + 1) * c);
      rows[row * c + row] = 1;
      for (let by = row + 1; by < last; by++) reflect(row, 1, by);
    }
    for (let by = last; by < c; by++) reflect(first, last - first, by);
  }
  return rows;
}

/** Makes a tridiagonal matrix diagonal, in place. */
function diagonalise(
  diagonal: Float64Array,
  offDiagonal: Float64Array,
  rotations: Rotations,
): void {
  const c = diagonal.length;
  /** Sum of the shifts, which the diagonal from `first` on lacks. */
  let shifted = 0;
  let size = 0;
  for (let first = 0; first < c; first++) {
    size = Math.max(size, Math.abs(diagonal[first] ?? NaN) + Math.abs(offDiagonal[first] ?? NaN));
    let last = first;
    while (last < c && !(Math.abs(offDiagonal[last] ?? NaN) <= Number.EPSILON * size)) last++;
    if (last > first) {
      do shifted += sweep(diagonal, offDiagonal, first, last, rotations);
      while (Math.abs(offDiagonal[first] ?? NaN) > Number.EPSILON * size);
    }
    diagonal[first] = (diagonal[first] ?? NaN) + shifted;
    offDiagonal[first] = 0;
  }
}

/** One implicit QL step on rows first to last. @returns the shift that was subtracted */
function sweep(
  diagonal: Float64Array,
  offDiagonal: Float64Array,
  first: number,
  last: number,
  rotations: Rotations,
): number {
  const c = diagonal.length;
  const start = diagonal[first] ?? NaN;
  const beside = offDiagonal[first] ?? NaN;
  const slope = ((diagonal[first + 1] ?? NaN) - start) / (2 * beside);
  const root = slope < 0 ? -hypotenuse(slope, 1) : hypotenuse(slope, 1);
  diagonal[first] = beside / (slope + root);
  const next = beside * (slope + root);
  diagonal[first + 1] = next;
  const shift = start - (diagonal[first] ?? NaN);
  for (let k = first + 2; k < c; k++) diagonal[k] = (diagonal[k] ?? NaN) - shift;

  const besideNext = offDiagonal[first + 1] ?? NaN;
  let p = diagonal[last] ?? NaN;
  let [cosine, cosine1, cosine2] = [1, 1, 1];
  let [sine, sine1] = [0, 0];
  rotations.begin(c - 1 - last);
  for (let k = last - 1; k >= first; k--) {
    const [own, off] = [diagonal[k] ?? NaN, offDiagonal[k] ?? NaN];
    cosine2 = cosine1;
    cosine1 = cosine;
    sine1 = sine;
    const g = cosine * off;
    const h = cosine * p;
    const length = hypotenuse(p, off);
    offDiagonal[k + 1] = sine * length;
    sine = off / length;
    cosine = p / length;
    p = cosine * own - sine * g;
    diagonal[k + 1] = h + sine * (cosine * g + sine * own);
    rotations.rotate(cosine, sine);
  }
  p = (-sine * sine1 * cosine2 * besideNext * (offDiagonal[first] ?? NaN)) / next;
  offDiagonal[first] = sine * p;
  diagonal[first] = cosine * p;
  return shift;
}

/** Returns indices, the largest value first; equal ones as a selection sort leaves them. */
function descending(values: Float64Array): number[] {
  const ascending = [...values.keys()];
  const value = (k: number): number => values[ascending[k] ?? NaN] ?? NaN;
  for (let to = 0; to < ascending.length - 1; to++) {
    let least = to;
    for (let k = to + 1; k < ascending.length; k++) if (value(k) < value(least)) least = k;
    const moved = ascending[to] ?? NaN;
    ascending[to] = ascending[least] ?? NaN;
    ascending[least] = moved;
  }
  return ascending.sort((a, b) => (values[b] ?? NaN) - (values[a] ?? NaN));
}
