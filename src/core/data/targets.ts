/**
 * What a network should answer: an image's label or, where a stitched network is asked to agree with
 * its top, what the top answers. As a control, that of another image.
 */
import { seeded, shuffled } from "../random/generator";
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
  return (
    images.toAgreeWith?.classes ??
    labelsFor(images.answers ?? images.labels, images.classes, classes)
  );
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

function labelsOf({ labels, answers = labels }: ImageSet, indices: Uint32Array): ClassIndices {
  return Uint16Array.from(indices, (index) => answers[index] ?? 0);
}

/** Stream of the seed that no epoch has, nor random labels. */
const shuffleStream = 900_001;

/**
 * Returns images that ask for each other's answers: a permutation, so that each answer is asked for as
 * often as before. Some images may keep their own. Labels stay as they are.
 *
 * @param seed decides the permutation
 */
export function withShuffledAnswers(images: ImageSet, seed: number): ImageSet {
  const { count, labels, answers = labels, toAgreeWith } = images;
  const from = shuffled(count, seeded(seed, shuffleStream));
  if (!toAgreeWith) {
    return { ...images, answers: answers.map((_, k) => answers[from[k] ?? 0] ?? 0) };
  }
  const { classes, probabilities } = toAgreeWith;
  const width = probabilities.length / count;
  return {
    ...images,
    toAgreeWith: {
      classes: classes.map((_, k) => classes[from[k] ?? 0] ?? 0),
      probabilities: probabilities.map((_, at) => {
        const row = from[Math.floor(at / width)] ?? 0;
        return probabilities[row * width + (at % width)] ?? 0;
      }),
    },
  };
}
