/**
 * What an experiment's numbers are a share of, in words: wrong answers or, where the stitched network
 * is asked to agree with its top, answers that differ from the top's.
 */
import type { Spec } from "../../experiment/spec";

export interface TargetWords {
  /** Whether the top's answers count as correct. */
  readonly isAgreement: boolean;
  /** Heading of a chart or map: "Stitching penalty". */
  readonly title: string;
  /** After the heading. */
  readonly meaning: string;
  /** "Penalty" */
  readonly name: string;
  /** Of a table of penalties; goes on with "in percentage points". */
  readonly explanation: string;
  /** What a network's numbers are: "error". */
  readonly measured: string;
  /** After a share of answers: "wrong alone". */
  readonly alone: string;
  /** Of one answer: "wrong" and "right". */
  readonly wrong: string;
  readonly right: string;
  /** What a visitor predicts. */
  readonly question: string;
  /** Label of the line at 0. */
  readonly topLine: (error: string) => string;
  readonly topTitle: string;
  readonly bottomTitle: string;
  /** Label of the line at the bottom's own error, on the path. */
  readonly bottomLine: (error: string) => string;
  /** Heading of the path from A to B. */
  readonly pathTitle: string;
  /** After that heading. */
  readonly pathMeaning: string;
  /** "Extra error: +1.2 ± 0.3 points." @param points with its sign */
  readonly sentence: (points: string) => string;
  /** Ends "0.8 similar, yet …". @param points with its sign */
  readonly costs: (points: string) => string;
}

const ofLabels: TargetWords = {
  isAgreement: false,
  title: "Stitching penalty",
  meaning: "extra test error, in percentage points",
  name: "Penalty",
  explanation: "test error above the top network’s own",
  measured: "error",
  alone: "wrong alone",
  wrong: "wrong",
  right: "right",
  question: "How many more images in 100 will it get wrong?",
  topLine: (error) => `A alone: ${error} wrong`,
  topTitle: "The top network’s own error",
  bottomTitle: "The bottom network’s own error",
  bottomLine: (error) => `B alone: ${error} wrong`,
  pathTitle: "Test error on the path from A to B",
  pathMeaning: "A alone at the left, the stitched networks, B alone at the right",
  sentence: (points) => `Extra error: ${points} points.`,
  costs: (points) => `costs ${points}`,
};

const ofTop: TargetWords = {
  isAgreement: true,
  title: "Disagreement with the top",
  meaning: "test images answered differently, in percentage points",
  name: "Disagreement",
  explanation: "test images answered differently from the top network",
  measured: "disagreement",
  alone: "unlike A",
  wrong: "unlike the top",
  right: "like the top",
  question: "How many images in 100 will it answer differently from the top?",
  topLine: () => "A alone: its answers count",
  topTitle: "The top network’s own answers, which count as correct",
  bottomTitle: "The bottom network’s disagreement with the top",
  bottomLine: (error) => `B alone: ${error} unlike A`,
  pathTitle: "Disagreement on the path from A to B",
  pathMeaning: "A alone at the left, the stitched networks, B alone at the right",
  sentence: (points) => `Disagreement with the top: ${unsigned(points)} points.`,
  costs: (points) => `disagreement is ${unsigned(points)}`,
};

/** There is no less than none. */
function unsigned(points: string): string {
  return points.replace(/^\+/, "");
}

export function targetWords({ target }: Pick<Spec, "target">): TargetWords {
  return target === "top" ? ofTop : ofLabels;
}
