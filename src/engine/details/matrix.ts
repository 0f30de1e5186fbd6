/**
 * A stitch's matrix as a details file holds it: as float16 numbers, or rounded to a few steps.
 * Rounded weights are whole numbers of a unit by row, the row's root mean square, times a unit by
 * column, which makes the column's largest weight the last step: no channel's weights are lost next
 * to another's that are a thousand times as large.
 */
import { fromFloat16, toFloat16 } from "../../core/weights/float16";
import type { StitchMatrix } from "../host/inspect";
import type { ArrayPool, MatrixDetails, StoredArrays } from "./format";

/** Finest first; null is float16. */
export const levelsOffered = [null, 127, 63, 31] as const;
export type Levels = (typeof levelsOffered)[number];

/** Above it, a number is infinite in float16. */
const largestHalf = 65_504;

/** Adds a matrix to a file. Rounds to 127 steps where a weight is too large for float16. */
export function storedMatrix(
  { values, rows, columns, side, bias }: StitchMatrix,
  wanted: Levels,
  pool: ArrayPool,
): MatrixDetails {
  const shape = { rows, columns, side, bias: pool.floats(bias) };
  const fits = values.every((value) => Math.abs(value) <= largestHalf);
  if (wanted === null && fits) {
    return { ...shape, levels: null, weights: pool.halves(toFloat16(values)) };
  }
  const levels = wanted ?? 127;
  const weight = (row: number, column: number): number => values[row * columns + column] ?? NaN;
  const unitOfRow = Float32Array.from({ length: rows }, (_, row) => {
    let sum = 0;
    for (let column = 0; column < columns; column++) sum += weight(row, column) ** 2;
    return Math.sqrt(sum / columns) || 1;
  });
  const unitOfColumn = Float32Array.from({ length: columns }, (_, column) => {
    let largest = 0;
    for (let row = 0; row < rows; row++) {
      largest = Math.max(largest, Math.abs(weight(row, column)) / (unitOfRow[row] ?? NaN));
    }
    return largest / levels || 1;
  });
  const steps = Int8Array.from(values, (value, at) => {
    const unit = (unitOfRow[Math.floor(at / columns)] ?? NaN) * (unitOfColumn[at % columns] ?? NaN);
    // Rounding of the units may put the largest weight a little beyond the last step.
    return Math.max(-levels, Math.min(levels, Math.round(value / unit)));
  });
  return {
    ...shape,
    levels,
    weights: pool.signed(steps),
    scales: { rows: pool.floats(unitOfRow), columns: pool.floats(unitOfColumn) },
  };
}

export function readMatrix(
  { rows, columns, side, levels, weights, scales, bias }: MatrixDetails,
  arrays: StoredArrays,
): StitchMatrix {
  const shape = { rows, columns, side, levels, bias: Float64Array.from(arrays.floats(bias)) };
  if (!scales) {
    return { ...shape, values: Float64Array.from(fromFloat16(arrays.halves(weights))) };
  }
  const [ofRow, ofColumn] = [arrays.floats(scales.rows), arrays.floats(scales.columns)];
  const values = Float64Array.from(
    arrays.signed(weights),
    (step, at) => step * (ofRow[Math.floor(at / columns)] ?? NaN) * (ofColumn[at % columns] ?? NaN),
  );
  return { ...shape, values };
}
