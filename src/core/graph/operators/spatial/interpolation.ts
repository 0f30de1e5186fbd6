/** Weights with which places along an axis are mixed when its size changes, as ONNX's Resize does. */

export interface Interpolation {
  readonly mode: "nearest" | "linear" | "cubic";
  /** Where a place of the output lies in the input. */
  readonly places: "half_pixel" | "pytorch_half_pixel" | "align_corners" | "asymmetric";
  /** Of the nearest place. */
  readonly rounding: "round_prefer_floor" | "round_prefer_ceil" | "floor" | "ceil";
  /** The coefficient of cubic interpolation. Keys 1981, eq. 4. */
  readonly cubic: number;
  /** Whether places outside weigh nothing; else the edge stands for them. */
  readonly excludesOutside: boolean;
}

/** @returns for each place of the output the weights of those of the input */
export function interpolation(
  size: number,
  out: number,
  scale: number,
  how: Interpolation,
): Float32Array[] {
  return Array.from({ length: out }, (_, at) => {
    const row = new Float32Array(size);
    const taps = tapsOf(sourceOf(at, size, out, scale, how), how);
    const counted = taps.map(({ place, weight }) => {
      const isOutside = place < 0 || place >= size;
      return { place, weight: isOutside && how.excludesOutside ? 0 : weight };
    });
    const total = counted.reduce((sum, { weight }) => sum + weight, 0);
    for (const { place, weight } of counted) {
      const inside = Math.min(size - 1, Math.max(0, place));
      row[inside] = (row[inside] ?? 0) + weight / total;
    }
    return row;
  });
}

function sourceOf(
  at: number,
  size: number,
  out: number,
  scale: number,
  { places }: Interpolation,
): number {
  const length = scale * size;
  switch (places) {
    case "half_pixel":
      return (at + 0.5) / scale - 0.5;
    case "pytorch_half_pixel":
      return out > 1 ? (at + 0.5) / scale - 0.5 : 0;
    case "align_corners":
      // ONNX's own length is not rounded.
      return length > 1 ? (at * (size - 1)) / (length - 1) : 0;
    case "asymmetric":
      return at / scale;
    default:
      return places satisfies never;
  }
}

interface Tap {
  readonly place: number;
  readonly weight: number;
}

function tapsOf(source: number, how: Interpolation): Tap[] {
  const low = Math.floor(source);
  const part = source - low;
  switch (how.mode) {
    case "nearest":
      return [{ place: rounded(source, how.rounding), weight: 1 }];
    case "linear":
      return [
        { place: low, weight: 1 - part },
        { place: low + 1, weight: part },
      ];
    case "cubic":
      return [-1, 0, 1, 2].map((step) => ({
        place: low + step,
        weight: cubicWeight(Math.abs(part - step), how.cubic),
      }));
    default:
      return how.mode satisfies never;
  }
}

function rounded(source: number, rounding: Interpolation["rounding"]): number {
  switch (rounding) {
    case "round_prefer_floor":
      return Math.ceil(source - 0.5);
    case "round_prefer_ceil":
      return Math.floor(source + 0.5);
    case "floor":
      return Math.floor(source);
    case "ceil":
      return Math.ceil(source);
    default:
      return rounding satisfies never;
  }
}

function cubicWeight(distance: number, a: number): number {
  const d = distance;
  if (d <= 1) return ((a + 2) * d - (a + 3)) * d * d + 1;
  return d < 2 ? (((d - 5) * d + 8) * d - 4) * a : 0;
}
