/** Kernels of convolutions in groups, in both directions. */

/** One direction of a convolution. */
export interface Direction {
  /** Channels of a group, in and out. */
  readonly depth: number;
  readonly each: number;
  /** [kh, kw, depth, groups · each] */
  readonly values: Float32Array;
}

/** Whether four neighbouring channels out are always of one group, or each alone. */
export function isInVectors({ depth, each }: Direction): boolean {
  return each % 4 === 0 || (depth === 1 && each === 1);
}

/** The direction of the input gradient: each group's channels change places. */
export function exchanged(
  { depth, each, values }: Direction,
  taps: number,
  groups: number,
): Direction {
  const out = new Float32Array(values.length);
  let at = 0;
  for (let tap = 0; tap < taps; tap++) {
    for (let from = 0; from < each; from++) {
      for (let group = 0; group < groups; group++) {
        for (let to = 0; to < depth; to++) {
          out[at++] = values[(tap * depth + to) * groups * each + group * each + from] ?? 0;
        }
      }
    }
  }
  return { depth: each, each: depth, values: out };
}
