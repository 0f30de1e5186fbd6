/**
 * The sums of a batch that does not fit into memory. Moments are sums over samples: images pass a
 * few at a time. A Gram matrix needs a number of all images at once: columns of the representations
 * are kept until those of the whole batch are there, as many blocks as fit, and the images pass
 * again for the others. Only the number of images that pass at a time changes a bit of the sums.
 */
import type { ImageSet } from "../data/image-set";
import { imageBatch } from "../data/images";
import { floatBytes } from "../graph/host-tensor";
import type { Tap } from "../nets/taps";
import { sourceBatch, type FrozenNetwork } from "../nets/network";
import { noGrams, type ClosedFormSums, type GramSums } from "../similarity/sums";
import { addMoments, type Moments } from "../stitch/moments";
import { partsOfBatch } from "../stitch/training/parts";
import { kernels } from "../tensor/backend";
import { tf, type Rank, type Tensor2D } from "../tensor/tf";
import { momentsOf } from "./batch-sums";

export interface PartsFit {
  /** Images that pass at a time. */
  readonly rows: number;
  /** Bytes for the columns that are kept. */
  readonly keptBytes: number;
}

/** Computes the Gram sums of a batch from its two Gram matrices, [n, n] row-major. */
export type GramSumsOf = (k: ArrayLike<number>, l: ArrayLike<number>) => GramSums;

/**
 * Yields after each part.
 *
 * @param gramSums false where only moments are asked for
 * @returns the sums, one for each of the taps
 */
export async function* batchInParts(
  bottom: FrozenNetwork,
  top: FrozenNetwork,
  images: ImageSet,
  indices: Uint32Array,
  taps: readonly number[],
  gramSums: GramSumsOf | false,
  { rows, keptBytes }: PartsFit,
): AsyncGenerator<undefined, ClosedFormSums[]> {
  const parts = partsOfBatch(indices, rows);
  const moments = yield* momentsInParts(bottom, top, images, parts, taps);
  if (!gramSums) return moments.map((each) => ({ moments: each, ...noGrams }));
  const gramsX = yield* gramsInParts(bottom, images, parts, taps, keptBytes);
  const gramsY = bottom === top ? gramsX : yield* gramsInParts(top, images, parts, taps, keptBytes);
  return moments.map((each, k) => ({
    moments: each,
    ...gramSums(gramsX[k] ?? [], gramsY[k] ?? []),
  }));
}

async function* momentsInParts(
  bottom: FrozenNetwork,
  top: FrozenNetwork,
  images: ImageSet,
  parts: readonly Uint32Array[],
  taps: readonly number[],
): AsyncGenerator<undefined, Moments[]> {
  const last = Math.max(...taps);
  const moments: Moments[] = [];
  for (const part of parts) {
    const [xs, ys] = tf.tidy(() => {
      const batch = imageBatch(images, part);
      const source = sourceBatch(bottom, images, part, part.length, batch);
      return [bottom.representations(source, last), top.representations(batch, last)];
    });
    try {
      // One tap after the other: their products have as many numbers as weights.
      for (const [k, tap] of taps.entries()) {
        const [x, y] = [xs[tap], ys[tap]];
        if (!x || !y) continue;
        const [before, own] = [moments[k], await momentsOf(x, y)];
        moments[k] = before ? addMoments(before, own) : own;
      }
    } finally {
      tf.dispose([...xs, ...ys]);
    }
    yield undefined;
  }
  return moments;
}

/** Columns from `first` up to `end` of the representations at one of the taps, as rows of images. */
interface ColumnBlock {
  /** Its place among the taps. */
  readonly place: number;
  readonly tap: number;
  readonly first: number;
  readonly end: number;
}

/**
 * Columns that are centred and multiplied at a time: a Gram matrix is the sum of its blocks’ in
 * order. Fixed, so that no bit of the sum depends on how many columns are kept; whole vectors, since
 * kernels have no other columns.
 */
const blockColumns = 2 ** 14;

/** Bytes of one block of the columns of n images, the least that can be kept. */
export function blockBytes(n: number): number {
  return floatBytes * n * blockColumns;
}

/** @returns [n, n] of each of the taps, row-major */
async function* gramsInParts(
  network: FrozenNetwork,
  images: ImageSet,
  parts: readonly Uint32Array[],
  taps: readonly number[],
  keptBytes: number,
): AsyncGenerator<undefined, Float64Array[]> {
  const n = parts.reduce((sum, { length }) => sum + length, 0);
  const grams = taps.map(() => new Float64Array(n * n));
  for (const sweep of sweepsOf(network.taps, taps, Math.floor(keptBytes / (floatBytes * n)))) {
    const kept = sweep.map((): Tensor2D[] => []);
    try {
      for (const part of parts) {
        const slices = tf.tidy(() => columnsOf(network, images, part, sweep));
        slices.forEach((slice, k) => kept[k]?.push(slice));
        yield undefined;
      }
      for (const [k, { place }] of sweep.entries()) {
        const gram = grams[place];
        if (gram) await addGram(gram, kept[k] ?? []);
      }
    } finally {
      tf.dispose(kept.flat());
    }
  }
  return grams;
}

/** Shares the columns of all taps out: as many blocks in a sweep as may be kept of one image. */
function sweepsOf(all: readonly Tap[], taps: readonly number[], columns: number): ColumnBlock[][] {
  const sweeps: ColumnBlock[][] = [];
  let left = 0;
  for (const [place, tap] of taps.entries()) {
    const { height = 0, width = 0, channels = 0 } = all[tap] ?? {};
    const size = height * width * channels;
    for (let first = 0; first < size; first += blockColumns) {
      const end = Math.min(size, first + blockColumns);
      if (sweeps.length === 0 || end - first > left) {
        sweeps.push([]);
        left = columns;
      }
      sweeps.at(-1)?.push({ place, tap, first, end });
      left -= end - first;
    }
  }
  return sweeps;
}

/** @returns [n, columns] for each block of a sweep */
function columnsOf(
  network: FrozenNetwork,
  images: ImageSet,
  part: Uint32Array,
  sweep: readonly ColumnBlock[],
): Tensor2D[] {
  const batch = sourceBatch(network, images, part);
  const last = Math.max(...sweep.map(({ tap }) => tap));
  const only = sweep.every(({ tap }) => tap === last);
  // The representation of one tap alone needs less memory than those of all before it.
  const xs = only ? undefined : network.representations(batch, last);
  const alone = only ? network.bottom(batch, last) : undefined;
  return sweep.map(({ tap, first, end }) => {
    const x = alone ?? xs?.[tap];
    if (!x) throw new RangeError(`tap: expected a representation, found none at ${tap}`);
    const rows = tf.reshape<Rank.R2>(x, [part.length, x.size / part.length]);
    return tf.slice(rows, [0, first], [part.length, end - first]);
  });
}

/** Adds the inner products of the rows of a block, centred. @param parts [m, columns] each */
async function addGram(gram: Float64Array, parts: readonly Tensor2D[]): Promise<void> {
  const product = tf.tidy(() => {
    const { centred } = kernels().centredColumns(tf.concat2d([...parts], 0));
    return kernels().gramMatrix(centred);
  });
  try {
    const values = await product.data();
    for (let at = 0; at < gram.length; at++) gram[at] = (gram[at] ?? 0) + (values[at] ?? 0);
  } finally {
    product.dispose();
  }
}
