/** The suite's figures as tables in Markdown, for docs/benchmarks.md. */
import { spreadOf, formatSpread, type Spread } from "../spread";
import type { Glance } from "./glance";
import type { Paper } from "./paper";
import { arrivalSeconds, type Quick } from "./penalty";
import type { Sweep } from "./sweep";

const penaltyTarget = 8;
const sweepTarget = 12;
const glanceTarget = 2;

/** Seconds of the whole of PyTorch's protocol at one tap. */
export function paperSeconds(paper: Paper): number {
  return trainingSeconds(paper) + paper.scoringSeconds + paper.baselineSeconds;
}

function trainingSeconds({ epochSeconds }: Paper): number {
  return epochSeconds.reduce((sum, seconds) => sum + seconds, 0);
}

export function penaltyTable(
  papers: readonly Paper[],
  quicks: readonly Quick[],
  { epochs }: { readonly epochs: number },
): string {
  const sizes = [...new Set(quicks.map(({ trainImages }) => trainImages))];
  const rows = papers.map((paper) => {
    const cells = sizes.flatMap((size) => {
      const runs = quicks.filter((one) => one.tap === paper.tap && one.trainImages === size);
      const arrivals = runs.map((run) => arrivalSeconds(run, paper.penalty));
      const first = runs[0];
      if (!first) return ["", "", ""];
      const all = arrivals.filter((seconds) => seconds !== null);
      const penalty = penaltyOf(first);
      if (all.length < runs.length) {
        const whole = spreadOf(runs.map(({ seconds }) => seconds));
        return [penalty, `not in ${formatSpread(whole, 0)}`, "missed"];
      }
      const spread = spreadOf(all);
      const times = paperSeconds(paper) / spread.median;
      return [
        penalty,
        formatSpread(spread, 0),
        `${times.toFixed(1)}${times >= penaltyTarget ? "" : ", missed"}`,
      ];
    });
    const epoch = spreadOf(paper.epochSeconds);
    return [
      String(paper.tap),
      penaltyOf(paper),
      paperSeconds(paper).toFixed(0),
      formatSpread(epoch),
      ...cells,
    ];
  });
  const head = [
    "tap",
    `PyTorch, ${epochs} epochs: penalty`,
    "seconds",
    "an epoch",
    ...sizes.flatMap((size) => [
      `\`quick\`, ${size.toLocaleString("en")} images: penalty`,
      "seconds until it is there",
      `times shorter (target ${penaltyTarget})`,
    ]),
  ];
  return markdown(head, rows);
}

/** @param papers where they were measured too: all taps */
export function sweepTable(papers: readonly Paper[], sweeps: readonly Sweep[]): string {
  const theirs = theirSweep(papers);
  const sizes = [...new Set(sweeps.map(({ trainImages }) => trainImages))];
  const rows = sizes.map((size) => {
    const runs = sweeps.filter(({ trainImages }) => trainImages === size);
    const seconds = spreadOf(runs.map((run) => run.seconds));
    const times = theirs === null ? null : theirs.seconds / seconds.median;
    return [
      size.toLocaleString("en"),
      formatSpread(seconds, 0),
      formatSpread(spreadOf(runs.map((run) => run.leastSquaresSeconds ?? NaN)), 0),
      times === null ? "" : `${times.toFixed(1)}${times >= sweepTarget ? "" : ", missed"}`,
      higherPenalties(papers, runs[0]),
      formatSpread(spreadOf(runs.map(({ peakMegabytes }) => peakMegabytes)), 0),
      formatSpread(spreadOf(runs.map(({ megabytesPerMinute }) => megabytesPerMinute ?? NaN)), 0),
    ];
  });
  const head = [
    "images",
    "seconds",
    "until the least-squares curve",
    `times shorter (target ${sweepTarget})`,
    "penalties above PyTorch's by more than its standard error",
    "peak memory, MB",
    "its growth in the second half, MB/min",
  ];
  const pytorch = theirs
    ? `PyTorch, all taps: ${theirs.seconds.toFixed(0)} s, ${theirs.megabytes} MB at most\n\n`
    : "";
  return `${pytorch}${markdown(head, rows)}`;
}

/** null unless some taps were measured. */
function theirSweep(papers: readonly Paper[]): { seconds: number; megabytes: number } | null {
  const [first] = papers;
  if (!first) return null;
  // The top is scored once, however many taps there are.
  const seconds = papers.reduce(
    (sum, paper) => sum + trainingSeconds(paper) + paper.scoringSeconds,
    first.baselineSeconds,
  );
  return { seconds, megabytes: Math.max(...papers.map(({ peakMegabytes }) => peakMegabytes)) };
}

function higherPenalties(papers: readonly Paper[], sweep: Sweep | undefined): string {
  const higher = papers.flatMap(({ tap, penalty, standardError }) => {
    const ours = sweep?.taps.find((one) => one.tap === tap);
    const above = ours ? ours.penalty - penalty : 0;
    return above > standardError ? [`tap ${tap} (+${points(above)})`] : [];
  });
  return higher.length > 0 ? higher.join(", ") : "none";
}

export function glanceTable(found: readonly Glance[]): string {
  const ratio: Spread = spreadOf(
    found.map(({ seconds, forwardSeconds }) => seconds / forwardSeconds),
  );
  const seconds = spreadOf(found.map((one) => one.seconds));
  const verdict = ratio.median < glanceTarget ? "" : ", missed";
  return `glance: ${formatSpread(seconds)} s, ${formatSpread(ratio)} times the bare forward passes of both networks (target ${glanceTarget}${verdict})`;
}

function penaltyOf({
  penalty,
  standardError,
}: {
  readonly penalty: number;
  readonly standardError: number;
}): string {
  return `${points(penalty)} ± ${points(standardError)}`;
}

/** A fraction in percentage points. */
function points(fraction: number): string {
  return (100 * fraction).toFixed(2);
}

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
