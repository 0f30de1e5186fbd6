/** What the three networks answer about an image, and the penalty in words. */
import { labelsFor, namesOfClasses, type Classes, type ClassIndices } from "../../core/data/form";
import type { PassagePenalty, PassageRequest } from "../../engine/passage";
import { answerNames } from "../format/labels";
import { count, signedPoints } from "../format/numbers";
import type { TargetWords } from "../format/target-words";

/** One network's answer about the image. */
export interface Answer {
  /** Its own: two networks may be asked different questions. */
  readonly names: readonly string[];
  readonly probabilities: Float32Array;
  /** The most probable class; null where the network's numbers are not finite. */
  readonly predicted: number | null;
  /** Null for an image without a label. */
  readonly correct: boolean | null;
}

/**
 * @param label the image's class; null for one of the visitor's own
 * @param classes the data set's
 */
export function answerOf(
  probabilities: Float32Array,
  label: number | null,
  classes: Classes,
): Answer {
  const count = probabilities.length;
  const finite = probabilities.every(Number.isFinite);
  const predicted = finite ? probabilities.indexOf(Math.max(...probabilities)) : null;
  const hasLabel = label !== null && namesOfClasses(classes, count) !== null;
  const wanted = hasLabel ? labelsFor(Uint16Array.of(label), classes, count)[0] : null;
  return {
    names: answerNames(classes, count),
    probabilities,
    predicted,
    correct: wanted === null ? null : predicted === wanted,
  };
}

/** An answer that is correct where it is the top's. */
export function comparedWith(top: Answer, answer: Answer): Answer {
  return { ...answer, correct: answer.predicted === top.predicted };
}

/** The predicted class's probability, in words. */
export function shareOfAnswer({ probabilities, predicted }: Answer): string {
  return share(probabilities[predicted ?? -1] ?? NaN);
}

/** 0.923 → "92%" */
export function share(probability: number): string {
  if (probability > 0.995 && probability < 1) return ">99%";
  return `${Math.round(100 * probability)}%`;
}

/** "Penalty +71.2 points on 512 test images", or as far as it is known. */
export function penaltyInWords(penalty: PassagePenalty | null, { name }: TargetWords): string {
  if (!penalty) return `Measuring the ${name.toLowerCase()}…`;
  const { value, scored, of } = penalty;
  return scored < of
    ? `${name} ${signedPoints(value)} points so far (${count(scored)} of ${count(of)} test images).`
    : `${name} ${signedPoints(value)} points on ${count(of)} test images.`;
}

/** The class of an image; null for one of the visitor's own. */
export function labelOf(image: PassageRequest["image"], labels: ClassIndices): number | null {
  return image.type === "test" ? (labels[image.index] ?? null) : null;
}
