/** Batches of images as normalised tensors. */
import { tf, type Tensor4D } from "../tensor/tf";
import type { ImageSet } from "./image-set";

/** Mean and standard deviation of CIFAR-10's training pixels by channel, scaled to [0, 1]. */
const channelMean = [0.4914, 0.4822, 0.4465];
const channelDeviation = [0.247, 0.2435, 0.2616];

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
