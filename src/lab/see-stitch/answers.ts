/** What the three networks answer about an image, and the penalty in words. */
import { answersFor, type ClassCount } from "../../core/data/labels";
import type { PassagePenalty, PassageRequest } from "../../engine/passage";
import { answerNames } from "../format/labels";
import { count, signedPoints } from "../format/numbers";

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
 * @param label CIFAR-10's class of the image; null for one of the visitor's own
 * @param classNames by class index
 */
export function answerOf(
  probabilities: Float32Array,
  label: number | null,
  classNames: readonly string[],
): Answer {
  const classes: ClassCount = probabilities.length === 2 ? 2 : 10;
  const finite = probabilities.every(Number.isFinite);
  const predicted = finite ? probabilities.indexOf(Math.max(...probabilities)) : null;
  const wanted = label === null ? null : answersFor(Uint8Array.of(label), classes)[0];
  return {
    names: answerNames(classes, classNames),
    probabilities,
    predicted,
    correct: wanted === null ? null : predicted === wanted,
  };
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
export function penaltyInWords(penalty: PassagePenalty | null): string {
  if (!penalty) return "Measuring the penalty…";
  const { value, scored, of } = penalty;
  return scored < of
    ? `Penalty ${signedPoints(value)} points so far (${count(scored)} of ${count(of)} test images).`
    : `Penalty ${signedPoints(value)} points on ${count(of)} test images.`;
}

/** CIFAR-10's class of an image; null for one of the visitor's own. */
export function labelOf(image: PassageRequest["image"], labels: Uint8Array): number | null {
  return image.type === "test" ? (labels[image.index] ?? null) : null;
}
