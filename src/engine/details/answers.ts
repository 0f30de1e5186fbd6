/** Answers to every test image as what differs from other answers: mostly zeros, which compress. */
import { noClass } from "../../core/data/labels";

/**
 * @param predicted [n] classes, or `noClass`
 * @param others [n]
 * @returns [n] 0 where both are equal, else the class plus 1; `noClass` stays
 */
export function differencesOf(predicted: Uint8Array, others: Uint8Array): Uint8Array {
  return predicted.map((own, image) => {
    if (own === others[image]) return 0;
    return own === noClass ? noClass : own + 1;
  });
}

/** The reverse. */
export function answersFrom(differences: Uint8Array, others: Uint8Array): Uint8Array {
  return differences.map((difference, image) => {
    if (difference === 0) return others[image] ?? noClass;
    return difference === noClass ? noClass : difference - 1;
  });
}

/** [n] 1 where an answer is not the correct one, else 0 */
export function wrongFlags(predicted: Uint8Array, correct: Uint8Array): Uint8Array {
  return predicted.map((own, image) => (own === correct[image] ? 0 : 1));
}
