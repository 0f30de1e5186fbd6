/** How a worker executes each kind of task. */
import type { ClosedFormSums } from "../../../core/similarity/sums";
import type { TaskCheckpoint, WorkerTask } from "../../kinds/registry";
import type { TaskEvent } from "../../messages";
import type { WorkerContext } from "./context";
import { baseline } from "./baseline";
import { closedForm, similarity } from "./closed-form";
import { departure } from "./departure";
import type { Executor } from "./executor";
import { family } from "./family";
import { freshTop } from "./fresh-top";
import { leastSquares } from "./least-squares";
import { measures } from "./measures";
import { probe } from "./probe";
import { scoring } from "./scoring";
import { stitch } from "./stitch";

const executors: {
  readonly [K in WorkerTask["type"]]: Executor<Extract<WorkerTask, { type: K }>>;
} = {
  baseline,
  "closed-form": closedForm,
  "least-squares": leastSquares,
  family,
  similarity,
  measures,
  probe,
  stitch,
  "fresh-top": freshTop,
  scoring,
  departure,
};

export function executorOf(task: WorkerTask): Executor<WorkerTask> {
  return executors[task.type];
}

/**
 * Executes one task.
 *
 * @param sums sums of the task's sites, over all images
 * @param from where an earlier worker stopped; one that does not fit is ignored
 * @param nowMs a clock
 * @throws LabError when a file is missing or does not fit, or the sums are missing
 */
export function executeTask(
  task: WorkerTask,
  sums: readonly ClosedFormSums[],
  from: TaskCheckpoint | undefined,
  context: WorkerContext,
  nowMs: () => number,
): AsyncGenerator<TaskEvent> {
  const executor = executorOf(task);
  const before = from?.type === executor.resumesFrom ? from : undefined;
  return executor.execute(task, before, { sums, context, nowMs });
}
