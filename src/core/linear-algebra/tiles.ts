/**
 * Sums of products of rows, four rows of one matrix with four of another side by side. Every entry
 * is one sum in the order of its terms: its rounding depends on no tile.
 */

/** Where a tile reads and writes; all matrices are row-major. */
export interface Tile {
  readonly left: Float64Array;
  /** Where its first row begins. */
  readonly leftAt: number;
  readonly right: Float64Array;
  readonly rightAt: number;
  /** Entries from one row to the next, on both sides. */
  readonly stride: number;
  readonly terms: number;
  readonly sums: Float64Array;
  readonly sumsAt: number;
  readonly sumsStride: number;
}

/** Sets `sums` [rows, columns] to Σ left · right over the terms. */
export function sumTile(tile: Tile, rows: number, columns: number): void {
  if (rows === 4 && columns === 4) sumWholeTile(tile);
  else sumPartOfTile(tile, rows, columns);
}

function sumWholeTile(tile: Tile): void {
  const { left, right, stride, terms, sums, sumsStride } = tile;
  let [s00, s01, s02, s03] = [0, 0, 0, 0];
  let [s10, s11, s12, s13] = [0, 0, 0, 0];
  let [s20, s21, s22, s23] = [0, 0, 0, 0];
  let [s30, s31, s32, s33] = [0, 0, 0, 0];
  const a0 = tile.leftAt;
  const a1 = a0 + stride;
  const a2 = a1 + stride;
  const a3 = a2 + stride;
  const b0 = tile.rightAt;
  const b1 = b0 + stride;
  const b2 = b1 + stride;
  const b3 = b2 + stride;
  for (let k = 0; k < terms; k++) {
    const y0 = right[b0 + k] ?? 0;
    const y1 = right[b1 + k] ?? 0;
    const y2 = right[b2 + k] ?? 0;
    const y3 = right[b3 + k] ?? 0;
    const x0 = left[a0 + k] ?? 0;
    s00 += x0 * y0;
    s01 += x0 * y1;
    s02 += x0 * y2;
    s03 += x0 * y3;
    const x1 = left[a1 + k] ?? 0;
    s10 += x1 * y0;
    s11 += x1 * y1;
    s12 += x1 * y2;
    s13 += x1 * y3;
    const x2 = left[a2 + k] ?? 0;
    s20 += x2 * y0;
    s21 += x2 * y1;
    s22 += x2 * y2;
    s23 += x2 * y3;
    const x3 = left[a3 + k] ?? 0;
    s30 += x3 * y0;
    s31 += x3 * y1;
    s32 += x3 * y2;
    s33 += x3 * y3;
  }
  sums.set([s00, s01, s02, s03], tile.sumsAt);
  sums.set([s10, s11, s12, s13], tile.sumsAt + sumsStride);
  sums.set([s20, s21, s22, s23], tile.sumsAt + 2 * sumsStride);
  sums.set([s30, s31, s32, s33], tile.sumsAt + 3 * sumsStride);
}

function sumPartOfTile(tile: Tile, rows: number, columns: number): void {
  const { left, right, stride, terms, sums } = tile;
  for (let i = 0; i < rows; i++) {
    const a = tile.leftAt + i * stride;
    for (let j = 0; j < columns; j++) {
      const b = tile.rightAt + j * stride;
      let sum = 0;
      for (let k = 0; k < terms; k++) sum += (left[a + k] ?? 0) * (right[b + k] ?? 0);
      sums[tile.sumsAt + i * tile.sumsStride + j] = sum;
    }
  }
}
