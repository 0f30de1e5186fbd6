/** What the three networks answer about an image, and the penalty in words. */
import { labelsFor, namesOfClasses, type Classes, type ClassIndices } from "../../core/data/form";
import type { PassagePenalty, PassageRequest } from "../../engine/passage";
import { answerNames } from "../format/labels";
import { count, deviation, signedPoints } from "../format/numbers";
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
 * @param naming those that name the answers
 */
export function answerOf(
  probabilities: Float32Array,
  label: number | null,
  classes: Classes,
  naming = classes,
): Answer {
  const count = probabilities.length;
  const finite = probabilities.every(Number.isFinite);
  const predicted = finite ? probabilities.indexOf(Math.max(...probabilities)) : null;
  const hasLabel = label !== null && namesOfClasses(classes, count) !== null;
  const wanted = hasLabel ? labelsFor(Uint16Array.of(label), classes, count)[0] : null;
  return {
    names: answerNames(naming, count),
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

/** More than these are not all shown. */
const mostClasses = 12;

/** So many of many, if that is enough for the label and every network's answer. */
const fewClasses = 5;

/**
 * Indices of the classes that are shown: all or, of many, the label, what the networks answer and
 * what any of them finds probable, in the order of the last network.
 *
 * @param label negative where there is none among the classes
 */
export function shownClasses(answers: readonly Answer[], label: number): readonly number[] {
  const last = answers.at(-1);
  const all = [...(last?.probabilities.keys() ?? [])];
  if (all.length <= mostClasses) return all;
  const weights = all.map((k) => Math.max(...answers.map((of) => of.probabilities[k] ?? 0)));
  const likely = [...all].sort((a, b) => (weights[b] ?? 0) - (weights[a] ?? 0) || a - b);
  const needed = [...(label < 0 ? [] : [label]), ...answers.flatMap((of) => of.predicted ?? [])];
  const shown = [...new Set([...needed, ...likely])].slice(
    0,
    Math.max(fewClasses, new Set(needed).size),
  );
  const { probabilities } = last ?? { probabilities: new Float32Array() };
  return shown.sort((a, b) => (probabilities[b] ?? 0) - (probabilities[a] ?? 0) || a - b);
}

/** 0.923 → "92%" */
export function share(probability: number): string {
  if (probability > 0.995 && probability < 1) return ">99%";
  return `${Math.round(100 * probability)}%`;
}

/** "Penalty +71.2 ± 1.9 points on 512 test images", or as far as it is known. */
export function penaltyInWords(penalty: PassagePenalty | null, { name }: TargetWords): string {
  if (!penalty) return `Measuring the ${name.toLowerCase()}…`;
  const { value, standardError, scored, of } = penalty;
  const measured = `${name} ${signedPoints(value)}${deviation(standardError)} points`;
  return scored < of
    ? `${measured} so far (${count(scored)} of ${count(of)} test images).`
    : `${measured} on ${count(of)} test images.`;
}

/** The class of an image; null for one of the visitor's own. */
export function labelOf(image: PassageRequest["image"], labels: ClassIndices): number | null {
  return (image.type === "test" ? labels[image.index] : image.label) ?? null;
}
