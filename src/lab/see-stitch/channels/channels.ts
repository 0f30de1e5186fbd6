/**
 * What the picture shows of a passage: which channels, the stitch's weights between them, and the
 * scale of their maps.
 */
import type { ChannelMaps } from "../../../core/stitched/passage";
import type { Seen } from "../../../engine/passage";

/** More channels than these do not fit on a screen. */
const mostChannels = 16;

/** One weight of the stitch between two channels that are shown. */
export interface Ribbon {
  /** Positions in `sources` and `targets`. */
  readonly source: number;
  readonly target: number;
  readonly weight: number;
  /** |weight| × the source channel's strength, relative to the largest one shown; in (0, 1]. */
  readonly share: number;
}

export interface ShownChannels {
  /** B's channels that contribute most to the targets, in order. */
  readonly sources: readonly number[];
  /** A's most active channels for this image, in order. */
  readonly targets: readonly number[];
  /** The widest last, so that it is drawn on top. */
  readonly ribbons: readonly Ribbon[];
  /** Share of what the targets read that comes from the sources shown, in [0, 1]. */
  readonly covered: number;
  /** Largest activation of the scale of B's maps, and of A's and the stitch's. */
  readonly bottomScale: number;
  readonly topScale: number;
}

/** Thinner ribbons than this share of the widest are left out. */
const leastShare = 0.04;

/** Share of activations that the scale covers; the rest are drawn as its end. */
const scaleQuantile = 0.995;

export function shownChannels({ bottom, own, map }: Seen): ShownChannels {
  const c2 = own.channels;
  const activity = Array.from({ length: c2 }, (_, j) => meanSize(planeOf(own, j)));
  const targets = largest(activity);
  const strengths = Array.from({ length: bottom.channels }, (_, i) =>
    rootMeanSquare(planeOf(bottom, i)),
  );
  const flow = (i: number, j: number): number =>
    Math.abs(map.weight[i * c2 + j] ?? 0) * (strengths[i] ?? 0);
  const contributions = strengths.map((_, i) => sumOf(targets, (j) => flow(i, j)));
  // Among silent channels, those that the stitch would read.
  const weights = strengths.map((_, i) =>
    sumOf(targets, (j) => Math.abs(map.weight[i * c2 + j] ?? 0)),
  );
  const sources = largest(contributions, weights);
  const total = sumOf(contributions, (value) => value);
  const shown = sumOf(sources, (i) => contributions[i] ?? 0);

  const all = sources.flatMap((i, source) =>
    targets.map((j, target) => ({
      source,
      target,
      weight: map.weight[i * c2 + j] ?? 0,
      share: flow(i, j),
    })),
  );
  const widest = Math.max(...all.map(({ share }) => share));
  const ribbons = all
    .map((ribbon) => ({ ...ribbon, share: ribbon.share / widest }))
    .filter(({ share }) => share >= leastShare)
    .sort((a, b) => a.share - b.share);
  return {
    sources,
    targets,
    ribbons,
    covered: total > 0 ? shown / total : 1,
    bottomScale: quantileOfSizes(bottom.values),
    topScale: quantileOfSizes(own.values),
  };
}

/** One channel's map, [h, w]; shares the memory. */
export function planeOf({ values, height, width }: ChannelMaps, channel: number): Float32Array {
  const positions = height * width;
  return values.subarray(channel * positions, (channel + 1) * positions);
}

/** ‖z − y‖ / ‖y‖ over all channels; null where A's representation is zero. */
export function relativeDistance(z: Float32Array, y: Float32Array): number | null {
  let [difference, size] = [0, 0];
  y.forEach((value, k) => {
    difference += ((z[k] ?? NaN) - value) ** 2;
    size += value ** 2;
  });
  return size > 0 ? Math.sqrt(difference / size) : null;
}

export function meanOf(values: Float32Array): number {
  return sumOf([...values], (value) => value) / values.length;
}

/**
 * Indices of the largest values, in ascending order of the index.
 *
 * @param ties decide between equal values
 */
function largest(values: readonly number[], ties: readonly number[] = values): number[] {
  const descending = (of: readonly number[], a: number, b: number): number =>
    (of[b] ?? 0) - (of[a] ?? 0);
  return [...values.keys()]
    .sort((a, b) => descending(values, a, b) || descending(ties, a, b) || a - b)
    .slice(0, mostChannels)
    .sort((a, b) => a - b);
}

function meanSize(values: Float32Array): number {
  return sumOf([...values], Math.abs) / values.length;
}

function rootMeanSquare(values: Float32Array): number {
  return Math.sqrt(sumOf([...values], (value) => value ** 2) / values.length);
}

function quantileOfSizes(values: Float32Array): number {
  const sizes = values.map(Math.abs).sort();
  const at = Math.min(sizes.length - 1, Math.floor(scaleQuantile * sizes.length));
  const found = sizes[at] ?? 0;
  return found > 0 ? found : 1;
}

function sumOf<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((sum, item) => sum + value(item), 0);
}
