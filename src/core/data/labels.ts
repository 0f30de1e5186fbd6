/**
 * What a network is asked about an image: which of CIFAR-10's ten classes it shows or, of a network
 * with two classes, whether it shows an object (0) or an animal (1). Training, scoring and the
 * recipes of the zoo (`TrainingData.target` in zoo/training_data.py) ask the same.
 */

/** Classes of the data set itself. */
export const cifarClasses = 10;

/** How many classes a network may tell apart. */
export const classCounts = [2, cifarClasses] as const;
export type ClassCount = (typeof classCounts)[number];

/** Bird, cat, deer, dog, frog and horse are CIFAR-10's classes 2 to 7. */
const animals = { first: 2, last: 7 } as const;

/**
 * The right answers.
 *
 * @param labels [n] CIFAR-10's class indices
 * @param classes of the network that is to answer
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
