/** How far a run is, in words. */
import { curveResults, type CurveResults, type Results } from "../session/results/results";
import type { Activity, RunProgress, UnderWay } from "../session/state";
import { fileName } from "../format/labels";
import { megabytes, percent, timeLeft } from "../format/numbers";

export interface RunState {
  readonly activity: Activity;
  /** Why the experiment as set up can never run; null where it can. */
  readonly obstacle: string | null;
  readonly backendKnown: boolean;
  /** Run is pressed, and starts once a backend is known. */
  readonly queued: boolean;
  /** A network is trained before anything can be computed. */
  readonly trainsFirst: boolean;
  /** Some results are there. */
  readonly started: boolean;
  /** All results are there. */
  readonly finished: boolean;
  /** A recorded result is what is seen, or is on its way. */
  readonly recorded: boolean;
  /** Nothing is missing in what is seen, though not all of it was computed here. */
  readonly whole: boolean;
  /** How long it takes to compute what is not stored; null where that is not known. */
  readonly time: string | null;
  /** Offered where `offersPairAlone`; null elsewhere. */
  readonly pairAlone: { readonly time: string | null } | null;
}

/**
 * Whether the first curve may be computed alone: nothing is known of it, and either something is of
 * another one, or it is a pair of the visitor's choice next to others.
 */
export function offersPairAlone({ curves }: Results, asked: number, isFigure: boolean): boolean {
  const isKnown = ({ sites }: CurveResults): boolean =>
    [...sites.values()].some(({ result, author }) => result !== undefined || author !== undefined);
  if (isKnown(curveResults({ curves, report: null }))) return false;
  return (!isFigure && asked > 1) || [...curves.values()].some(isKnown);
}

/** What the button says that starts a run. */
export function runLabel({ started, finished, recorded, whole, trainsFirst }: RunState): string {
  if (trainsFirst) return "Train and run";
  if (started && !finished && !whole) return "Run the rest";
  return recorded ? "Run here" : "Run";
}

/** @param isKept whether this browser stores what is computed */
export function statusOf(props: RunState, isKept = true): string {
  const { queued, activity, obstacle, backendKnown, started, finished, time, trainsFirst } = props;
  const { pairAlone } = props;
  if (obstacle !== null) return obstacle;
  switch (activity.status) {
    case "running":
    case "pausing":
    case "paused":
    case "cancelling":
      return runStatus(activity, isKept);
    case "restoring":
      return "Looking for stored results…";
    case "failed":
      return activity.during === "run" ? "Stopped by an error." : "";
    case "cancelled":
      return started
        ? `Cancelled. Finished layers are kept; “${runLabel(props)}” continues.`
        : "Cancelled.";
    case "idle":
      if (!backendKnown) {
        return queued ? "Starts as soon as backends are detected…" : "Detecting backends…";
      }
      if (trainsFirst) return queued ? "Runs once the networks are trained." : "Not trained yet";
      if (finished) return "Done.";
      return [
        // The line is short, and the buttons say what is not computed.
        pairAlone?.time ? `This pair: ${pairAlone.time}` : doneSoFar(props),
        ...(time === null ? [] : [`${pairAlone ? "all curves" : runLabel(props)}: ${time}`]),
      ].join(" · ");
    default:
      return activity satisfies never;
  }
}

function doneSoFar({ started, whole, recorded }: RunState): string {
  if (started && !whole) return "Partly computed";
  return recorded ? "Saved result" : "Not computed yet";
}

function runStatus({ status, progress, where, recovered }: UnderWay, isKept: boolean): string {
  const notes = [
    ...(where === "elsewhere" ? ["Running in another tab; progress is shown here, too."] : []),
    ...(recovered === null
      ? []
      : [`A worker was lost (${recovered}). Its layer resumed from the last checkpoint.`]),
  ];
  return [stanceOf(status, progress, isKept), ...notes].join(" · ");
}

function stanceOf(status: UnderWay["status"], progress: RunProgress, isKept: boolean): string {
  switch (status) {
    case "running":
      return progressText(progress);
    case "pausing":
      return "Pausing at the next step…";
    case "paused":
      // Every worker stores a checkpoint before it pauses.
      return progress.stage === "working"
        ? `Paused at ${percent(progress.fraction)} · ${isKept ? "kept" : "lost"} if you close the page`
        : "Paused.";
    case "cancelling":
      return "Stopping…";
    default:
      return status satisfies never;
  }
}

function progressText(progress: RunProgress): string {
  switch (progress.stage) {
    case "starting":
      return "Starting…";
    case "files": {
      const { done, total, file } = progress;
      return done >= total
        ? "Starting workers…"
        : `Loading ${fileWords(file)} (file ${done + 1} of ${total})…`;
    }
    case "working": {
      const { fraction, activity, remainingMs, tensorBytes } = progress;
      const left = remainingMs === null ? "estimating time left…" : timeLeft(remainingMs);
      // What matters most first, and not which images a task has come to: there is little room.
      const doing = activity.replace(/ on (test|training) images .*$/, "");
      return `${percent(fraction)} · ${left} · ${doing} · ${megabytes(tensorBytes)} of memory`;
    }
    default:
      return progress satisfies never;
  }
}

/** What a file is for; a visitor's own by its name. */
function fileWords(path: string): string {
  if (path.startsWith("data/")) return "images";
  if (path.startsWith("zoo/")) return "networks";
  return fileName(path);
}
