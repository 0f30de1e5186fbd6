/** Cuts images and their labels into the shards of a data set. */
import { sha256Hex } from "../weights/hash";
import type { ClassIndices, DataForm } from "./form";
import { labelBytes } from "./image-set";
import type { ShardEntry, Split } from "./manifest";

export const imagesPerShard = 1_000;

export interface Shard {
  readonly entry: ShardEntry;
  readonly bytes: Uint8Array;
}

/**
 * Returns the shards of a split, or of a part of it.
 *
 * @param images [n, h, w, c] bytes
 * @param labels [n] class indices
 * @param firstShard the number of the first one
 */
export function shardsOf(
  form: DataForm,
  split: Split,
  images: Uint8Array,
  labels: ClassIndices,
  firstShard = 0,
): Shard[] {
  const pixelBytes = form.height * form.width * form.channels;
  const ownLabelBytes = labelBytes(form);
  const shards: Shard[] = [];
  for (let start = 0; start < labels.length; start += imagesPerShard) {
    const end = Math.min(start + imagesPerShard, labels.length);
    const count = end - start;
    const bytes = new Uint8Array(count * (ownLabelBytes + pixelBytes));
    labels.subarray(start, end).forEach((label, image) => {
      for (let byte = 0; byte < ownLabelBytes; byte++) {
        bytes[image * ownLabelBytes + byte] = (label >> (8 * byte)) & 255;
      }
    });
    bytes.set(images.subarray(start * pixelBytes, end * pixelBytes), count * ownLabelBytes);
    const number = String(firstShard + shards.length).padStart(2, "0");
    const file = `${split}-${number}.bin`;
    shards.push({ entry: { file, images: count, sha256: sha256Hex(bytes) }, bytes });
  }
  return shards;
}
