/** Image shards joined into one set of bytes. No tensors: the page shows images too. */
import { LabError } from "../errors";
import { classIndices, mostByteClasses, type ClassIndices, type DataForm } from "./form";
import { formOf, imagesIn, type DataManifest, type ShardEntry } from "./manifest";

/** A network's answers to a set of images. */
export interface NetworkAnswers {
  /** [n] its most probable class */
  readonly classes: ClassIndices;
  /** [n, classes] its softmax */
  readonly probabilities: Float32Array;
}

/** Images as bytes, in a quarter of the memory that floats would take. */
export interface ImageSet extends DataForm {
  /** n */
  readonly count: number;
  /** [n] class indices; zeros for images without labels */
  readonly labels: ClassIndices;
  /** [n, h, w, c] */
  readonly pixels: Uint8Array;
  /** [n] labels that count as correct in place of the images' own; absent where those do. */
  readonly answers?: ClassIndices;
  /** Absent where networks should answer with labels. */
  readonly toAgreeWith?: NetworkAnswers;
}

/** Bytes of one image's label in a shard. */
export function labelBytes({ classes }: Pick<DataForm, "classes">): 0 | 1 | 2 {
  if (classes.names.length === 0) return 0;
  return classes.names.length <= mostByteClasses ? 1 : 2;
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
  const form = formOf(manifest);
  const pixelBytes = form.height * form.width * form.channels;
  const ownLabelBytes = labelBytes(form);
  const held = imagesIn(shards.map(({ entry }) => entry));
  if (held < count) {
    throw new LabError({
      code: "bad-input",
      input: manifest.name,
      expected: `${count} images`,
      found: String(held),
    });
  }
  const labels = classIndices(count, form.classes.names.length);
  const pixels = new Uint8Array(count * pixelBytes);
  let filled = 0;
  for (const { entry, bytes } of shards) {
    const sizeBytes = entry.images * (ownLabelBytes + pixelBytes);
    if (bytes.byteLength !== sizeBytes) {
      throw new LabError({
        code: "bad-shape",
        input: entry.file,
        expected: `${sizeBytes} bytes for ${entry.images} images`,
        found: `${bytes.byteLength} bytes`,
      });
    }
    const taken = Math.min(entry.images, count - filled);
    labels.set(readLabels(bytes, taken, ownLabelBytes), filled);
    const firstPixel = entry.images * ownLabelBytes;
    pixels.set(bytes.subarray(firstPixel, firstPixel + taken * pixelBytes), filled * pixelBytes);
    filled += taken;
  }
  return { ...form, count, labels, pixels };
}

function readLabels(bytes: Uint8Array, count: number, size: 0 | 1 | 2): ClassIndices {
  if (size < 2) return bytes.subarray(0, count * size);
  return Uint16Array.from(
    { length: count },
    (_, k) => (bytes[2 * k] ?? 0) + 256 * (bytes[2 * k + 1] ?? 0),
  );
}

/** Images from `first` up to, but not including, `end`; shares the memory. */
export function imageRange(images: ImageSet, first: number, end: number): ImageSet {
  const { answers, toAgreeWith } = images;
  const pixelBytes = images.height * images.width * images.channels;
  return {
    ...images,
    ...(answers && { answers: answers.subarray(first, end) }),
    ...(toAgreeWith && { toAgreeWith: answersInRange(toAgreeWith, first, end) }),
    count: end - first,
    labels: images.labels.subarray(first, end),
    pixels: images.pixels.subarray(first * pixelBytes, end * pixelBytes),
  };
}

function answersInRange(
  { classes, probabilities }: NetworkAnswers,
  first: number,
  end: number,
): NetworkAnswers {
  const width = probabilities.length / classes.length;
  return {
    classes: classes.subarray(first, end),
    probabilities: probabilities.subarray(first * width, end * width),
  };
}
