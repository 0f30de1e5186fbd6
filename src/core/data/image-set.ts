/** Image shards joined into one set of bytes. No tensors: the page shows images too. */
import { LabError } from "../errors";
import type { DataManifest, ShardEntry } from "./manifest";

/** Images as bytes, in a quarter of the memory that floats would take. */
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
 * Joins shards in order and keeps their first `count` images.
 *
 * @throws LabError `bad-shape` naming the shard whose size differs from the manifest, or
 *   `bad-input` when the shards have fewer than `count` images
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
      expected: `${count} images`,
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
        expected: `${sizeBytes} bytes for ${entry.images} images`,
        found: `${bytes.byteLength} bytes`,
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

/** Images from `first` up to, but not including, `end`; shares the memory. */
export function imageRange(images: ImageSet, first: number, end: number): ImageSet {
  const imageBytes = images.height * images.width * 3;
  return {
    ...images,
    count: end - first,
    labels: images.labels.subarray(first, end),
    pixels: images.pixels.subarray(first * imageBytes, end * imageBytes),
  };
}
