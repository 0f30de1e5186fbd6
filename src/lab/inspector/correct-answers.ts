/** What counts as correct for each test image: its label, or what the top answers. */
import { labelsFor, namesOfClasses, type ClassIndices } from "../../core/data/form";
import type { Inspection, TestLabels } from "../../engine/host/inspect";
import { answerNames } from "../format/labels";
import type { TargetWords } from "../format/target-words";

export interface CorrectAnswers {
  /** [n] class indices of the top */
  readonly answers: ClassIndices;
  /** Of the top's classes. */
  readonly names: readonly string[];
  /** The name of an image's label; empty where it has none. */
  readonly labelOf: (image: number) => string;
}

/** Null where the top's answers count and an older version did not store them. */
export function correctAnswers(
  { top }: Inspection,
  { labels, classes }: TestLabels,
  { isAgreement }: TargetWords,
): CorrectAnswers | null {
  const names = answerNames(classes, top.classes);
  const isKnown = namesOfClasses(classes, top.classes) !== null;
  const ofTop = isKnown ? labelsFor(labels, classes, top.classes) : null;
  const answers = isAgreement ? top.predicted : ofTop;
  if (!answers) return null;
  return {
    answers,
    names,
    // Of images with other classes than the network's, their own.
    labelOf: (image) =>
      ofTop
        ? (names[ofTop[image] ?? 0] ?? "")
        : (classes.names[labels[image] ?? classes.names.length] ?? ""),
  };
}
