/** A frozen network's features of images, a batch at a time. */
import type { ClassIndices } from "../data/form";
import type { ImageSet } from "../data/image-set";
import { imageBatch } from "../data/images";
import { LabError } from "../errors";
import type { ImageShape } from "../nets/architecture-schema";
import { tf, type Tensor2D, type Tensor4D } from "../tensor/tf";
import { probeGrid, type ProbeRepresentation } from "./representation";

/** What a classifier reads of an image. */
export interface Features {
  /** Numbers for an image. */
  readonly width: number;
  /** @returns [n, width] of [n, h, w, c] normalised images */
  readonly of: (images: Tensor4D) => Tensor2D;
}

/** Images of a data set, in its order, as many at a time as are in memory together. */
export interface ImageParts {
  readonly count: number;
  parts(): AsyncIterable<ImageSet>;
}

interface FeaturesOfBatch {
  /** [n, p] */
  readonly rows: Float32Array;
  /** [n] */
  readonly labels: ClassIndices;
}

/**
 * Yields the features of the first `count` images.
 *
 * @param batchOf images of a set that pass at a time
 * @throws LabError `numerics` for features that are not finite
 */
export async function* featuresOf(
  features: Features,
  images: ImageParts,
  count: number,
  batchOf: (images: ImageSet) => number,
): AsyncGenerator<FeaturesOfBatch> {
  let left = count;
  for await (const part of images.parts()) {
    const size = batchOf(part);
    const end = Math.min(part.count, left);
    for (let first = 0; first < end; first += size) {
      const some = Math.min(size, end - first);
      const indices = Uint32Array.from({ length: some }, (_, k) => first + k);
      // A short last batch is padded: every backend compiles one set of shapes.
      const values = tf.tidy(() => features.of(imageBatch(part, indices, size)));
      try {
        const rows = (await values.data()).subarray(0, some * features.width) as Float32Array;
        checkFinite(rows);
        yield { rows, labels: part.labels.subarray(first, first + some) };
      } finally {
        values.dispose();
      }
    }
    left -= end;
    if (left === 0) return;
  }
}

const mostBatch = 128;
/** Pixels in a batch, so that large images come in smaller ones. */
const batchPixels = 2 ** 20;

/** Returns how many images of a size pass at a time. */
export function usualBatch({ height, width }: ImageShape): number {
  return Math.max(1, Math.min(mostBatch, Math.floor(batchPixels / (height * width))));
}

function checkFinite(rows: Float32Array): void {
  const wrong = rows.find((value) => !Number.isFinite(value));
  if (wrong === undefined) return;
  throw new LabError({
    code: "numerics",
    input: "features of the network",
    expected: "finite numbers for every image",
    found: String(wrong),
  });
}

/**
 * Returns what a probe reads. The parts are those of PyTorch's adaptive average pooling.
 *
 * @param x [n, h, w, c]
 * @returns [n, rows · columns · c], see `probeGrid`; the caller disposes it
 */
export function probeFeatures(x: Tensor4D, representation: ProbeRepresentation): Tensor2D {
  const [n, height, width, channels] = x.shape;
  const [rows, columns] = probeGrid({ height, width, channels }, representation);
  return tf.tidy(() => {
    if (rows * columns === 1) return tf.mean<Tensor2D>(x, [1, 2]);
    if (rows === height && columns === width) return tf.reshape(x, [n, -1]);
    const means = tf.tensor3d(meansOver(height, width, rows, columns), [
      1,
      rows * columns,
      height * width,
    ]);
    const flat = tf.reshape(x, [n, height * width, channels]);
    return tf.reshape(tf.matMul(means, flat), [n, rows * columns * channels]);
  });
}

/** @returns [rows · columns, h · w] the share of each position in each mean */
function meansOver(height: number, width: number, rows: number, columns: number): Float32Array {
  const shares = new Float32Array(rows * columns * height * width);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const [top, bottom] = partOf(row, rows, height);
      const [left, right] = partOf(column, columns, width);
      const share = 1 / ((bottom - top) * (right - left));
      const first = (row * columns + column) * height * width;
      for (let y = top; y < bottom; y++) {
        shares.fill(share, first + y * width + left, first + y * width + right);
      }
    }
  }
  return shares;
}

function partOf(index: number, parts: number, length: number): [first: number, end: number] {
  return [Math.floor((index * length) / parts), Math.ceil(((index + 1) * length) / parts)];
}
