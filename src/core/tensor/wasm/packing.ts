/**
 * Packs kernels in the order in which the C code reads them. Arrays are [k, k, c₁, c₂] row-major.
 */

/** Output channels that the C code processes together. */
export const panelChannels = 8;

/** Rows and columns of a kernel to pack, in order. */
interface KernelPart {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

export interface KernelArray {
  readonly values: Float32Array;
  readonly k: number;
  readonly c1: number;
  readonly c2: number;
}

/** Packs the whole kernel: [c₂/8, k, k, c₁, 8] and c₁ zeros, read for pixels outside the image. */
export function packDirect(kernel: KernelArray): Float32Array {
  const all = Array.from({ length: kernel.k }, (_, index) => index);
  return joined([packed(kernel, { rows: all, columns: all }), new Float32Array(kernel.c1)]);
}

/**
 * Packs the four phases of a stride-2 gradient (see `stride2Gradient` in convolution.c) and zeros,
 * as above.
 */
export function packPhases(rotated: KernelArray): Float32Array {
  const zeros = new Float32Array(rotated.c1);
  if (rotated.k === 1) return joined([packed(rotated, { rows: [0], columns: [0] }), zeros]);
  // The kernel is already rotated by 180°: row t of the forward pass is row 2 − t here.
  const even = [1];
  const odd = [0, 2];
  return joined([
    packed(rotated, { rows: even, columns: even }),
    packed(rotated, { rows: even, columns: odd }),
    packed(rotated, { rows: odd, columns: even }),
    packed(rotated, { rows: odd, columns: odd }),
    zeros,
  ]);
}

/**
 * The matrix G of F(m×m, 3×3) by m, the side of the tile of outputs, for the points that winograd.c
 * uses.
 */
const winogradG = {
  // Lavin & Gray 2016, eq. 9.
  2: [
    [1, 0, 0],
    [1 / 2, 1 / 2, 1 / 2],
    [1 / 2, -1 / 2, 1 / 2],
    [0, 0, 1],
  ],
  4: [
    [1, 0, 0],
    [-2 / 3, -Math.SQRT2 / 3, -1 / 3],
    [-2 / 3, Math.SQRT2 / 3, -1 / 3],
    [1 / 6, Math.SQRT2 / 6, 1 / 3],
    [1 / 6, -Math.SQRT2 / 6, 1 / 3],
    [0, 0, 1],
  ],
} as const;

export type WinogradTile = keyof typeof winogradG;

/** Packs G kernel Gᵀ of every pair of channels: [(tile + 2)², c₂/8, c₁, 8]. */
export function packWinograd({ values, c1, c2 }: KernelArray, tile: WinogradTile): Float32Array {
  const g = winogradG[tile];
  const result = new Float32Array(g.length ** 2 * c1 * c2);
  for (let i = 0; i < c1; i++) {
    for (let j = 0; j < c2; j++) {
      const panel = Math.floor(j / panelChannels);
      const place = (panel * c1 + i) * panelChannels + (j % panelChannels);
      g.forEach((down, row) => {
        g.forEach((across, column) => {
          let sum = 0;
          for (let y = 0; y < 3; y++) {
            for (let x = 0; x < 3; x++) {
              const value = values[((y * 3 + x) * c1 + i) * c2 + j] ?? 0;
              sum += (down[y] ?? 0) * (across[x] ?? 0) * value;
            }
          }
          result[(row * g.length + column) * c1 * c2 + place] = sum;
        });
      });
    }
  }
  return result;
}

/** Rotates a kernel by 180° and exchanges its channels, for the input gradient. */
export function rotated({ values, k, c1, c2 }: KernelArray): KernelArray {
  const turned = new Float32Array(values.length);
  const positions = k * k;
  for (let position = 0; position < positions; position++) {
    for (let i = 0; i < c1; i++) {
      for (let j = 0; j < c2; j++) {
        turned[((positions - 1 - position) * c2 + j) * c1 + i] =
          values[(position * c1 + i) * c2 + j] ?? 0;
      }
    }
  }
  return { values: turned, k, c1: c2, c2: c1 };
}

function packed({ values, k, c1, c2 }: KernelArray, { rows, columns }: KernelPart): Float32Array {
  const result = new Float32Array(rows.length * columns.length * c1 * c2);
  let filled = 0;
  for (let panel = 0; panel < c2; panel += panelChannels) {
    for (const row of rows) {
      for (const column of columns) {
        for (let i = 0; i < c1; i++) {
          const from = ((row * k + column) * c1 + i) * c2 + panel;
          result.set(values.subarray(from, from + panelChannels), filled);
          filled += panelChannels;
        }
      }
    }
  }
  return result;
}

function joined(arrays: readonly Float32Array[]): Float32Array {
  const result = new Float32Array(arrays.reduce((size, array) => size + array.length, 0));
  let filled = 0;
  for (const array of arrays) {
    result.set(array, filled);
    filled += array.length;
  }
  return result;
}
