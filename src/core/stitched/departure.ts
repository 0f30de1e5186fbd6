/**
 * How far a stitched network departs from what its top represents itself: at the site and every
 * later tap of A, and whether that is still within A's own distribution.
 *
 * A stitch trained for the task may reach the right answers from representations that A never has
 * (Balogh & Jelasity 2025, "How not to stitch representations to measure similarity").
 */
import type { ImageSet } from "../data/image-set";
import { imageBatch } from "../data/images";
import { sourceBatch } from "../nets/network";
import type { PairedNetworks } from "../nets/sites";
import { probeFeatures } from "../linear-head/features";
import type { DeviceStitch } from "../stitch/device-stitch";
import { varianceSums } from "../stitch/refinement/variance";
import { tf, type Tensor, type Tensor4D } from "../tensor/tf";
import { gaussianOf, shareOutside, type Rows } from "./out-of-distribution";

export interface Departure {
  /**
   * Share of the test images whose stitched representation, the mean over positions, is farther from
   * A's than those of 95% of the same images in A itself, by Mahalanobis distance; null where A's
   * does not vary.
   */
  readonly outsideAtSite: number | null;
  /** The same at A's last tap. */
  readonly outsideAtPenultimate: number | null;
  /**
   * E‖ŷ − y‖² / E‖y − ȳ‖² at the site and every later tap of A, ȳ each channel's mean: 0 for what A
   * has itself, 1 for as far as its mean. Null where A's does not vary.
   */
  readonly distances: readonly (number | null)[];
}

export interface DepartureEvent {
  /** Share of the work. */
  readonly fraction: number;
  /** With the last event. */
  readonly departure?: Departure;
}

/**
 * @param fit images of A's own distribution, such as training images
 * @param test images that it is asked about, not among them
 * @param rows images that pass at a time
 */
export async function* departureOf(
  { bottom, top }: PairedNetworks,
  site: number,
  stitch: DeviceStitch,
  { fit, test, rows }: { readonly fit: ImageSet; readonly test: ImageSet; readonly rows: number },
): AsyncGenerator<DepartureEvent> {
  const all = fit.count + test.count;
  const variances = varianceSums();
  const learned: Pooled = { site: [], last: [] };
  const own: Pooled = { site: [], last: [] };
  const stitched: Pooled = { site: [], last: [] };
  const apart: number[] = [];
  try {
    for (const { indices, end } of batchesOf(fit, rows)) {
      const found = tf.tidy(() => {
        const ys = top.representationsFrom(imageBatch(fit, indices), site);
        return [...pooledOf(ys), ...variances.ofBatch(ys)];
      });
      const [atSite, atLast, ...sums] = await readAll(found);
      keep(learned, atSite, atLast, found);
      variances.add(sums);
      yield { fraction: end / all };
    }
    for (const { indices, end } of batchesOf(test, rows)) {
      const found = tf.tidy(() => {
        const images = imageBatch(test, indices);
        const ys = top.representationsFrom(images, site);
        const source = sourceBatch(bottom, test, indices, indices.length, images);
        const z = stitch.apply(bottom.bottom(source, site));
        const { outputs } = top.traceTaps(z, site);
        const squares = outputs.map((output, k) => {
          const y = ys[k];
          return y ? tf.sum(tf.square(tf.sub(output, y))) : tf.scalar(NaN);
        });
        return [...pooledOf(ys), ...pooledOf(outputs), tf.stack(squares)];
      });
      const [ownSite, ownLast, atSite, atLast, squares] = await readAll(found);
      keep(own, ownSite, ownLast, found);
      keep(stitched, atSite, atLast, found);
      squares?.forEach((square, k) => {
        apart[k] = (apart[k] ?? 0) + square;
      });
      yield { fraction: (fit.count + end) / all };
    }
  } finally {
    variances.dispose();
  }
  const spread = variances.perImage(fit.count);
  const outside = (at: keyof Pooled): number | null => {
    const gaussian = gaussianOf(learned[at]);
    return gaussian && shareOutside(gaussian, own[at], stitched[at]);
  };
  yield {
    fraction: 1,
    departure: {
      outsideAtSite: outside("site"),
      outsideAtPenultimate: outside("last"),
      distances: apart.map((sum, k) => ratio(sum / test.count, spread[k] ?? NaN)),
    },
  };
}

/** Null where the representation does not vary, or is not finite. */
function ratio(distance: number, variance: number): number | null {
  const value = distance / variance;
  return variance > 0 && Number.isFinite(value) ? value : null;
}

/** [n][c] of images so far, the mean over positions. */
interface Pooled {
  readonly site: ArrayLike<number>[];
  readonly last: ArrayLike<number>[];
}

/** @returns [n, c] of the first and the last tap */
function pooledOf(ys: readonly Tensor4D[]): Tensor[] {
  const [first, last] = [ys[0], ys.at(-1)];
  if (!first || !last) throw new RangeError("site: expected a tap of the top, found none");
  return [first, last].map((y) => probeFeatures(y, "pooled"));
}

function keep(
  into: Pooled,
  atSite: Float32Array | undefined,
  atLast: Float32Array | undefined,
  [of]: readonly Tensor[],
): void {
  const images = of?.shape[0] ?? 0;
  into.site.push(...rowsOf(atSite ?? new Float32Array(), images));
  into.last.push(...rowsOf(atLast ?? new Float32Array(), images));
}

function rowsOf(values: Float32Array, images: number): Rows {
  const c = values.length / images;
  return Array.from({ length: images }, (_, row) => values.subarray(row * c, (row + 1) * c));
}

/** Reads tensors with one wait, and disposes them. */
async function readAll(tensors: readonly Tensor[]): Promise<Float32Array[]> {
  try {
    return await Promise.all(tensors.map((tensor) => tensor.data<"float32">()));
  } finally {
    tf.dispose([...tensors]);
  }
}

function* batchesOf(
  { count }: ImageSet,
  rows: number,
): Generator<{ indices: Uint32Array; end: number }> {
  for (let start = 0; start < count; start += rows) {
    const end = Math.min(count, start + rows);
    yield { indices: Uint32Array.from({ length: end - start }, (_, k) => start + k), end };
  }
}
