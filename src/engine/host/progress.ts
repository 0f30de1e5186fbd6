/** Measures how far an experiment is, and estimates how long it will take. */
import type { ExperimentEvent } from "../../experiment/events";
import type { Task } from "../../experiment/plan/task";
import { kindOf } from "../kinds/registry";

type Progress = Extract<ExperimentEvent, { type: "progress" }>;

/** Below this share of the work, an estimate of the time left would mislead. */
const smallestShareForEstimate = 0.02;
/** As it would this soon, while a run that continues takes up what it had. */
const shortestForEstimateMs = 3_000;

export interface ProgressMeter {
  /**
   * Updates a running task.
   *
   * @param tensorBytes memory of its worker's tensors; 0 when it is done
   */
  update(task: Task, fraction: number, tensorBytes: number): void;
  now(activity: string): Progress;
  /** Ignores the time until now. */
  restart(): void;
}

interface MeteredCurve {
  /** All of the curve's tasks. */
  readonly tasks: readonly Task[];
  /** Those without a stored result; the others count as done, so that a run continues its share. */
  readonly missing: readonly Task[];
  readonly tapCount: number;
}

/** @param nowMs a clock */
export function progressMeter(curves: readonly MeteredCurve[], nowMs: () => number): ProgressMeter {
  // Set at the first progress: the time that workers take to start does not count, nor does what
  // was done by then, which may come from a checkpoint.
  let started: { readonly ms: number; readonly share: number } | undefined;
  const costs = new Map(
    curves.flatMap(({ tasks, tapCount }) =>
      tasks.map((task) => [task, kindOf(task).cost(task, tapCount)]),
    ),
  );
  const total = [...costs.values()].reduce((sum, cost) => sum + cost, 0);
  const fractions = new Map(
    curves.flatMap(({ tasks, missing }) =>
      tasks.map((task) => [task, missing.includes(task) ? 0 : 1]),
    ),
  );
  const tensorBytesOf = new Map<Task, number>();
  return {
    update(task, fraction, tensorBytes) {
      fractions.set(task, fraction);
      tensorBytesOf.set(task, tensorBytes);
    },
    now(activity) {
      let done = 0;
      for (const [task, fraction] of fractions) done += fraction * (costs.get(task) ?? 0);
      const share = total > 0 ? Math.min(1, done / total) : 1;
      started ??= { ms: nowMs(), share };
      const since = share - started.share;
      const elapsedMs = nowMs() - started.ms;
      const isEarly = since < smallestShareForEstimate || elapsedMs < shortestForEstimateMs;
      const remainingMs = isEarly ? null : (elapsedMs * (1 - share)) / since;
      const tensorBytes = [...tensorBytesOf.values()].reduce((sum, bytes) => sum + bytes, 0);
      return { type: "progress", fraction: share, remainingMs, activity, tensorBytes };
    },
    restart() {
      started = undefined;
    },
  };
}
