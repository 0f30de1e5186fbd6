/** Image shards as bytes, and batches of them as normalised tensors. */
import { LabError } from "../errors";
import { tf, type Tensor4D } from "../tensor/tf";
import type { DataManifest, ShardEntry } from "./manifest";

/** Mean and standard deviation of CIFAR-10's training pixels by channel, scaled to [0, 1]. */
const channelMean = [0.4914, 0.4822, 0.4465];
const channelDeviation = [0.247, 0.2435, 0.2616];

/** Images held as bytes, a quarter of the memory that floats would take. */
export interface ImageSet {
  /** n */
  readonly count: number;
  readonly height: number;
  readonly width: number;
  /** [n] class indices */
  readonly labels: Uint8Array;
  /** [n, h, w, c] */
  readonly pixels: Uint8Array;
}

/**
 * Joins shards, in order, into a set of their first `count` images.
 *
 * @throws LabError `bad-shape` naming the shard whose size is not what the manifest says, or `bad-input`
 *   when all of them hold fewer than `count` images
 */
export function imageSet(
  manifest: DataManifest,
  shards: readonly { readonly entry: ShardEntry; readonly bytes: Uint8Array }[],
  count: number,
): ImageSet {
  const { height, width, channels } = manifest;
  const imageBytes = height * width * channels;
  const held = shards.reduce((sum, { entry }) => sum + entry.images, 0);
  if (held < count) {
    throw new LabError({
      code: "bad-input",
      input: manifest.name,
      expected: `${String(count)} images`,
      found: String(held),
    });
  }
  const labels = new Uint8Array(count);
  const pixels = new Uint8Array(count * imageBytes);
  let filled = 0;
  for (const { entry, bytes } of shards) {
    const sizeBytes = entry.images * (1 + imageBytes);
    if (bytes.byteLength !== sizeBytes) {
      throw new LabError({
        code: "bad-shape",
        input: entry.file,
        expected: `${String(sizeBytes)} bytes for ${String(entry.images)} images`,
        found: `${String(bytes.byteLength)} bytes`,
      });
    }
    const taken = Math.min(entry.images, count - filled);
    labels.set(bytes.subarray(0, taken), filled);
    const firstPixel = entry.images;
    pixels.set(bytes.subarray(firstPixel, firstPixel + taken * imageBytes), filled * imageBytes);
    filled += taken;
  }
  return { count, height, width, labels, pixels };
}

/** Images `first` up to, not including, `end`, on the same memory. */
export function imageRange(images: ImageSet, first: number, end: number): ImageSet {
  const imageBytes = images.height * images.width * 3;
  return {
    ...images,
    count: end - first,
    labels: images.labels.subarray(first, end),
    pixels: images.pixels.subarray(first * imageBytes, end * imageBytes),
  };
}

/** [n] class indices of some of the images. */
export function labelsOf(images: ImageSet, indices: Uint32Array): Uint8Array {
  return Uint8Array.from(indices, (index) => images.labels[index] ?? 0);
}

/**
 * Normalised images for the network.
 *
 * @param indices which images, in order
 * @param rows the batch's size; rows beyond `indices` are zero
 * @returns [rows, h, w, 3]; the caller disposes it
 */
export function imageBatch(
  images: ImageSet,
  indices: Uint32Array,
  rows = indices.length,
): Tensor4D {
  const { height, width, pixels } = images;
  const imageBytes = height * width * 3;
  const values = new Float32Array(rows * imageBytes);
  indices.forEach((index, row) => {
    const from = index * imageBytes;
    const to = row * imageBytes;
    normalised.forEach((table, channel) => {
      for (let k = channel; k < imageBytes; k += 3) {
        values[to + k] = table[pixels[from + k] ?? 0] ?? 0;
      }
    });
  });
  return tf.tensor4d(values, [rows, height, width, 3]);
}

/** Every byte's normalised value, by channel. */
const normalised = channelMean.map((mean, channel) =>
  Float32Array.from(
    { length: 256 },
    (_, byte) => (byte / 255 - mean) / (channelDeviation[channel] ?? 1),
  ),
);
