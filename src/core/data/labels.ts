/**
 * The classes that a network predicts: CIFAR-10's ten or, for a network with two, object (0) and
 * animal (1). Training, scoring and the recipes of the zoo (`TrainingData.target` in
 * zoo/training_data.py) use the same.
 */

/** Classes of the data set itself. */
export const cifarClasses = 10;

/** Numbers of classes that a network may have. */
export const classCounts = [2, cifarClasses] as const;
export type ClassCount = (typeof classCounts)[number];

/** Stands for the predicted class of an image whose logits are not finite. */
export const noClass = 255;

/** Number of images without a class. @param predicted [n] */
export function withoutClass(predicted: Uint8Array): number {
  return predicted.reduce((count, answer) => count + (answer === noClass ? 1 : 0), 0);
}

/** Bird, cat, deer, dog, frog and horse are CIFAR-10's classes 2 to 7. */
const animals = { first: 2, last: 7 } as const;

/**
 * The correct classes.
 *
 * @param labels [n] CIFAR-10's class indices
 * @param classes the network's number of classes
 * @returns [n] class indices below `classes`
 */
export function answersFor(labels: Uint8Array, classes: ClassCount): Uint8Array {
  switch (classes) {
    case 10:
      return labels;
    case 2:
      return labels.map((label) => (label >= animals.first && label <= animals.last ? 1 : 0));
    default:
      return classes satisfies never;
  }
}
