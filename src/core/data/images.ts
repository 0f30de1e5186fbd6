/** Batches of images and labels as tensors. */
import { tf, type Tensor4D, type Tensor2D } from "../tensor/tf";
import type { ImageSet } from "./image-set";

/** Mean and standard deviation of CIFAR-10's training pixels by channel, scaled to [0, 1]. */
const channels = [
  { mean: 0.4914, deviation: 0.247 },
  { mean: 0.4822, deviation: 0.2435 },
  { mean: 0.4465, deviation: 0.2616 },
] as const;

/** Class indices of some of the images, [n]. */
export function labelsOf(images: ImageSet, indices: Uint32Array): Uint8Array {
  return Uint8Array.from(indices, (index) => images.labels[index] ?? 0);
}

/**
 * Normalised images for the network.
 *
 * @param indices the images, in order
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
  const [red, green, blue] = normalised;
  let to = 0;
  for (const index of indices) {
    const end = (index + 1) * imageBytes;
    // One loop for all channels: on a GPU, this is most of the processor's work in a step.
    for (let from = index * imageBytes; from < end; from += 3, to += 3) {
      values[to] = red[pixels[from] ?? 0] ?? 0;
      values[to + 1] = green[pixels[from + 1] ?? 0] ?? 0;
      values[to + 2] = blue[pixels[from + 2] ?? 0] ?? 0;
    }
  }
  return tf.tensor4d(values, [rows, height, width, 3]);
}

/** Every byte's normalised value, by channel. */
const normalised = [table(channels[0]), table(channels[1]), table(channels[2])] as const;

function table({ mean, deviation }: { mean: number; deviation: number }): Float32Array {
  return Float32Array.from({ length: 256 }, (_, byte) => (byte / 255 - mean) / deviation);
}

/**
 * One-hot rows. Not by `tf.oneHot`, whose wasm kernel (4.22.0) writes the bits of integers where
 * floats are requested.
 *
 * @param labels [n] class indices
 * @returns [n, classes]; the caller disposes it
 */
export function oneHot(labels: Uint8Array, classes: number): Tensor2D {
  const values = new Float32Array(labels.length * classes);
  labels.forEach((label, row) => (values[row * classes + label] = 1));
  return tf.tensor2d(values, [labels.length, classes]);
}
