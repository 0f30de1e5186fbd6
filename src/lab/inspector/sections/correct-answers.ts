/** What counts as correct for each test image: its label, or what the top answers. */
import {
  labelsFor,
  namesOfClasses,
  type Classes,
  type ClassIndices,
} from "../../../core/data/form";
import type { Inspection, TestLabels } from "../../../engine/host/inspect";
import { answerNames } from "../../format/labels";
import type { LabModel } from "../../engine/models";
import { namingClasses } from "../../session/experiment/data-choice";
import type { TargetWords } from "../../format/target-words";

export interface CorrectAnswers {
  /** [n] class indices of the top */
  readonly answers: ClassIndices;
  /** Of the top's classes. */
  readonly names: readonly string[];
  /** The classes that name answers. */
  readonly naming: Classes;
  /** The name of an image's label; empty where it has none. */
  readonly labelOf: (image: number) => string;
}

/**
 * Null where the top's answers count and an older version did not store them.
 *
 * @param network the top, as far as it is here
 */
export function correctAnswers(
  { top }: Inspection,
  { labels, classes }: TestLabels,
  { isAgreement }: TargetWords,
  network: LabModel | undefined,
): CorrectAnswers | null {
  const naming = namingClasses(classes, network);
  const names = answerNames(naming, top.classes);
  const isKnown = namesOfClasses(classes, top.classes) !== null;
  const ofTop = isKnown ? labelsFor(labels, classes, top.classes) : null;
  const answers = isAgreement ? top.predicted : ofTop;
  if (!answers) return null;
  return {
    answers,
    names,
    naming,
    // Of images with other classes than the network's, their own.
    labelOf: (image) =>
      ofTop
        ? (names[ofTop[image] ?? 0] ?? "")
        : (classes.names[labels[image] ?? classes.names.length] ?? ""),
  };
}
