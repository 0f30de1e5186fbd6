/**
 * Plane rotations of a matrix's columns, as QL and QR iterations make them: they are collected and
 * then applied row by row, since each row, unlike each column, fits into the cache.
 */
import type { Matrix } from "./matrix";

export interface Rotations {
  /** The next `rotate` turns this column and its right neighbour. */
  begin(column: number): void;
  /**
   * Turns a and its right neighbour b to cos a + sin b and cos b − sin a; the next one turns b and
   * its own right neighbour.
   */
  rotate(cosine: number, sine: number): void;
  /** Turns pairs of columns that may be far apart, at once. */
  turn(pairs: readonly PairRotation[]): void;
  /** Applies what was collected; until then the matrix is out of date. */
  apply(): void;
}

/** Turns a `column` and the `other` to cos a + sin b and cos b − sin a. */
export interface PairRotation {
  readonly column: number;
  readonly other: number;
  readonly cosine: number;
  readonly sine: number;
}

/** Sweeps over all columns that are collected before they are applied. */
const sweepsAtOnce = 16;

/** @param matrix rotated in place */
export function rotationsOf({ rows, columns, values }: Matrix): Rotations {
  const cosines = new Float64Array((sweepsAtOnce + 1) * columns);
  const sines = new Float64Array(cosines.length);
  /** Of each sweep, its first column and where its rotations begin. */
  let sweeps: { readonly column: number; readonly from: number }[] = [];
  let collected = 0;

  function apply(): void {
    for (let row = 0; row < rows; row += 4) {
      sweeps.forEach(({ column, from }, sweep) => {
        const to = sweeps[sweep + 1]?.from ?? collected;
        const at = row * columns + column;
        if (row + 4 <= rows) rotateFour(values, at, columns, cosines, sines, from, to);
        else {
          for (let rest = 0; row + rest < rows; rest++) {
            rotateRow(values, at + rest * columns, cosines, sines, from, to);
          }
        }
      });
    }
    sweeps = [];
    collected = 0;
  }

  return {
    begin(column) {
      if (collected + columns > cosines.length) apply();
      sweeps.push({ column, from: collected });
    },
    rotate(cosine, sine) {
      cosines[collected] = cosine;
      sines[collected] = sine;
      collected++;
    },
    turn(pairs) {
      apply();
      for (let row = 0; row < rows; row++) {
        const at = row * columns;
        for (const { column, other, cosine, sine } of pairs) {
          const a = values[at + column] ?? 0;
          const b = values[at + other] ?? 0;
          values[at + column] = cosine * a + sine * b;
          values[at + other] = cosine * b - sine * a;
        }
      }
    },
    apply,
  };
}

/** Rotates four rows side by side: one row would wait for its own roundings. */
function rotateFour(
  values: Float64Array,
  at: number,
  stride: number,
  cosines: Float64Array,
  sines: Float64Array,
  from: number,
  to: number,
): void {
  let at0 = at;
  let at1 = at0 + stride;
  let at2 = at1 + stride;
  let at3 = at2 + stride;
  let a0 = values[at0] ?? 0;
  let a1 = values[at1] ?? 0;
  let a2 = values[at2] ?? 0;
  let a3 = values[at3] ?? 0;
  for (let k = from; k < to; k++) {
    const cosine = cosines[k] ?? 0;
    const sine = sines[k] ?? 0;
    const b0 = values[at0 + 1] ?? 0;
    const b1 = values[at1 + 1] ?? 0;
    const b2 = values[at2 + 1] ?? 0;
    const b3 = values[at3 + 1] ?? 0;
    values[at0++] = cosine * a0 + sine * b0;
    values[at1++] = cosine * a1 + sine * b1;
    values[at2++] = cosine * a2 + sine * b2;
    values[at3++] = cosine * a3 + sine * b3;
    a0 = cosine * b0 - sine * a0;
    a1 = cosine * b1 - sine * a1;
    a2 = cosine * b2 - sine * a2;
    a3 = cosine * b3 - sine * a3;
  }
  values[at0] = a0;
  values[at1] = a1;
  values[at2] = a2;
  values[at3] = a3;
}

function rotateRow(
  values: Float64Array,
  at: number,
  cosines: Float64Array,
  sines: Float64Array,
  from: number,
  to: number,
): void {
  let a = values[at] ?? 0;
  for (let k = from; k < to; k++) {
    const b = values[at + 1] ?? 0;
    const [cosine, sine] = [cosines[k] ?? 0, sines[k] ?? 0];
    values[at++] = cosine * a + sine * b;
    a = cosine * b - sine * a;
  }
  values[at] = a;
}

/** √(a² + b²) without overflow. */
export function hypotenuse(a: number, b: number): number {
  const isSteep = Math.abs(a) > Math.abs(b);
  const large = Math.abs(isSteep ? a : b);
  if (large === 0) return 0;
  const share = isSteep ? b / a : a / b;
  return large * Math.sqrt(1 + share * share);
}
