/** The suite's figures as a table. */
import type { Glance } from "./forward";
import type { Paper } from "./paper";
import type { TimeToPenalty } from "./penalty";

interface Sweep {
  readonly trainImages: number;
  readonly seconds: number;
  readonly leastSquaresSeconds: number | null;
  readonly peakMegabytes: number;
  /** By tap, fractions. */
  readonly penalties: readonly number[];
}

export interface Bench {
  readonly cpu: string;
  readonly node: string;
  readonly workers: number;
  readonly epochs: number;
  readonly trainImages: number;
  readonly testImages: number;
  /** Every tap; with fewer epochs than `epochs` where only the time of one was wanted. */
  readonly papers: Paper[];
  readonly penalties: TimeToPenalty[];
  readonly sweeps: Sweep[];
  glance: Glance | null;
}

export function tableOf({ epochs, papers, penalties, sweeps, glance }: Bench): string {
  const rows = penalties.map((ours) => {
    const paper = papers.find(({ tap }) => tap === ours.tap);
    const theirs = paper
      ? paper.trainingSeconds + paper.scoringSeconds + paper.baselineSeconds
      : NaN;
    return [
      String(ours.tap),
      `${points(paper?.penalty)} ± ${points(paper?.standardError)}`,
      theirs.toFixed(0),
      String(ours.trainImages),
      `${points(ours.penalty)} ± ${points(ours.standardError)}`,
      ours.seconds?.toFixed(0) ?? "not",
      ours.seconds === null ? "" : `${(theirs / ours.seconds).toFixed(1)} (8)`,
    ];
  });
  const head = ["tap", "paper", "seconds", "images", "quick", "seconds", "times shorter (target)"];
  // The top is scored once, however many taps there are.
  const theirSweep = papers.reduce(
    (sum, { trainingSeconds, scoringSeconds, epochs: taken }) =>
      sum + scoringSeconds + (trainingSeconds * epochs) / taken,
    papers[0]?.baselineSeconds ?? 0,
  );
  const projected = papers.some((paper) => paper.epochs < epochs);
  return [
    `Time until the penalty is within half a point of PyTorch's after ${String(epochs)} epochs`,
    ...[head, ...rows].map((row) => row.map((cell) => cell.padStart(14)).join("")),
    "",
    `PyTorch, ${String(papers.length)} taps: ${theirSweep.toFixed(0)} s${projected ? " (taps with one epoch projected)" : ""}`,
    ...sweeps.map(
      ({ trainImages, seconds, leastSquaresSeconds, peakMegabytes }) =>
        `quick, ${String(trainImages)} images: ${seconds.toFixed(0)} s, ${(theirSweep / seconds).toFixed(1)} times shorter (target 12); ` +
        `least-squares curve after ${leastSquaresSeconds?.toFixed(0) ?? "?"} s; at most ${String(peakMegabytes)} MB`,
    ),
    glance &&
      `glance, ${String(glance.trainImages)} to fit and ${String(glance.testImages)} to score: ${glance.seconds.toFixed(0)} s, ` +
        `${glance.ratio.toFixed(1)} times the bare forward passes of both networks (target 2)`,
  ]
    .filter((line) => line !== null)
    .join("\n");
}

function points(fraction = NaN): string {
  return (100 * fraction).toFixed(2);
}
