/**
 * What a network should answer: an image's label or, where a stitched network is asked to agree with
 * its top, what the top answers.
 */
import { tf, type Tensor2D } from "../tensor/tf";
import { labelsFor, type ClassIndices } from "./form";
import type { ImageSet } from "./image-set";
import { oneHot } from "./images";

/**
 * Returns the class that counts as correct, for each image.
 *
 * @param classes the network's number of classes
 * @returns [n] class indices below `classes`
 * @throws LabError `bad-input` where the images have labels of other classes
 */
export function targetClasses(images: ImageSet, classes: number): ClassIndices {
  return images.toAgreeWith?.classes ?? labelsFor(images.labels, images.classes, classes);
}

/**
 * Returns the distributions that cross-entropy compares with.
 *
 * @param indices the images, in order
 * @param rows the batch's size; rows beyond `indices` are for class 0
 * @returns [rows, classes]; the caller disposes it
 */
export function targetBatch(
  images: ImageSet,
  indices: Uint32Array,
  classes: number,
  rows = indices.length,
): Tensor2D {
  const { toAgreeWith } = images;
  if (!toAgreeWith) {
    const labels = new Uint16Array(rows);
    labels.set(labelsFor(labelsOf(images, indices), images.classes, classes));
    return oneHot(labels, classes);
  }
  const { probabilities } = toAgreeWith;
  const values = new Float32Array(rows * classes);
  indices.forEach((index, row) => {
    values.set(probabilities.subarray(index * classes, (index + 1) * classes), row * classes);
  });
  for (let row = indices.length; row < rows; row++) values[row * classes] = 1;
  return tf.tensor2d(values, [rows, classes]);
}

function labelsOf({ labels }: ImageSet, indices: Uint32Array): ClassIndices {
  return Uint16Array.from(indices, (index) => labels[index] ?? 0);
}
