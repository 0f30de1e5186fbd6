/** Answers to every test image as what differs from other answers: mostly zeros, which compress. */
import { noClass, type ClassIndices } from "../../core/data/form";

/**
 * @param predicted [n] classes, or `noClass`
 * @param others [n]
 * @returns [n] 0 where both are equal, else the class plus 1; `noClass` stays
 */
export function differencesOf(predicted: ClassIndices, others: ClassIndices): ClassIndices {
  const none = noClass(predicted);
  return predicted.map((own, image) => {
    if (own === others[image]) return 0;
    return own === none ? none : own + 1;
  });
}

/** The reverse. */
export function answersFrom(differences: ClassIndices, others: ClassIndices): ClassIndices {
  const none = noClass(differences);
  return differences.map((difference, image) => {
    if (difference === 0) return others[image] ?? none;
    return difference === none ? none : difference - 1;
  });
}

/** [n] 1 where an answer is not the correct one, else 0 */
export function wrongFlags(predicted: ClassIndices, correct: ClassIndices): Uint8Array {
  return Uint8Array.from(predicted, (own, image) => (own === correct[image] ? 0 : 1));
}
