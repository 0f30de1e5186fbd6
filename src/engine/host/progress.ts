/** How far an experiment is, and how long it may still take. */
import type { ExperimentEvent } from "../../experiment/events";
import { batchSize } from "../../experiment/protocol";
import type { Task } from "../../experiment/task";

type Progress = Extract<ExperimentEvent, { type: "progress" }>;

/** Below this share of the work, a guess at the time left would only mislead. */
const smallestShareForEstimate = 0.02;

export interface ProgressMeter {
  /** A task that runs is this far. @param tensorBytes what its worker's tensors take; 0 when it is done */
  update(task: Task, fraction: number, tensorBytes: number): void;
  now(activity: string): Progress;
  /** Time stood still until now. */
  restart(): void;
}

/**
 * @param curves what is to be done of each
 * @param nowMs a clock
 */
export function progressMeter(
  curves: readonly { readonly missing: readonly Task[]; readonly tapCount: number }[],
  nowMs: () => number,
): ProgressMeter {
  // Set at the first progress: how long workers take to start says nothing of what is left. What was
  // done by then says nothing either: it may come from a checkpoint.
  let started: { readonly ms: number; readonly share: number } | undefined;
  const costs = new Map(
    curves.flatMap(({ missing, tapCount }) =>
      missing.map((task) => [task, costOf(task, tapCount)]),
    ),
  );
  const total = [...costs.values()].reduce((sum, cost) => sum + cost, 0);
  const fractions = new Map<Task, number>();
  const held = new Map<Task, number>();
  return {
    update(task, fraction, tensorBytes) {
      fractions.set(task, fraction);
      held.set(task, tensorBytes);
    },
    now(activity) {
      let done = 0;
      for (const [task, fraction] of fractions) done += fraction * (costs.get(task) ?? 0);
      const share = total > 0 ? Math.min(1, done / total) : 1;
      started ??= { ms: nowMs(), share };
      const since = share - started.share;
      const remainingMs =
        since < smallestShareForEstimate ? null : ((nowMs() - started.ms) * (1 - share)) / since;
      const tensorBytes = [...held.values()].reduce((sum, bytes) => sum + bytes, 0);
      return { type: "progress", fraction: share, remainingMs, activity, tensorBytes };
    },
    restart() {
      started = undefined;
    },
  };
}

const refinementSteps = 100;

/** The share of a network that lies above a tap. */
function above(tap: number, tapCount: number): number {
  return 1 - (tap + 1) / (tapCount + 1);
}

/** Rough time of a task, in units of one image's forward pass through a whole network. */
function costOf(task: Task, tapCount: number): number {
  switch (task.type) {
    case "baseline":
      return task.images.count;
    case "closed-form":
      return 2.3 * (task.end - task.first);
    case "least-squares":
    case "family":
      return (
        (task.end - task.first) * task.asked.reduce((sum, tap) => sum + above(tap, tapCount), 1)
      );
    case "stitch": {
      const share = above(task.site, tapCount);
      const steps = Math.floor(task.train.count / batchSize) * task.epochs;
      // Most refinements settle before this.
      const likely =
        task.training === "refinement" && !task.side ? Math.min(steps, refinementSteps) : steps;
      return likely * batchSize * (1 - share + 3.5 * share) + task.test.count;
    }
    default:
      return task satisfies never;
  }
}
