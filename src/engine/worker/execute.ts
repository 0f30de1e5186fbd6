/** Executes one task. */
import { closedFormPass } from "../../core/closed-form/pass";
import type { ClosedFormSums } from "../../core/similarity/sums";
import type { Tap } from "../../core/nets/architecture";
import { scoreNetwork } from "../../core/scoring/score";
import type { BaselineTask, ClosedFormTask } from "../../experiment/task";
import { batchSize } from "../../experiment/protocol";
import type { CheckpointOf, TaskCheckpoint } from "../checkpoint";
import type { TaskEvent } from "../messages";
import type { WorkerTask } from "../worker-task";
import type { WorkerContext } from "./context";
import { executeFamily } from "./execute-family";
import { executeLeastSquares } from "./execute-least-squares";
import { executeScoring } from "./execute-scoring";
import { executeStitch } from "./execute-stitch";
import { fittingScored, resumedFrom, emptyScored, scoredOf, withPredicted } from "../scored";

/**
 * @param sums for stitches: the closed-form sums of the task's taps, over all training images
 * @param from where an earlier worker left off; one that does not fit counts as none
 * @param nowMs a clock
 * @throws LabError when a file is missing or does not fit, or the closed form is missing
 */
export function executeTask(
  task: WorkerTask,
  sums: readonly ClosedFormSums[],
  from: TaskCheckpoint | undefined,
  context: WorkerContext,
  nowMs: () => number,
): AsyncGenerator<TaskEvent> {
  switch (task.type) {
    case "baseline":
      return executeBaseline(task, from?.type === "scoring" ? from : undefined, context);
    case "closed-form":
      return executeClosedForm(task, from?.type === "closed-form" ? from : undefined, context);
    case "least-squares": {
      const before = from?.type === "least-squares" ? from : undefined;
      return executeLeastSquares(task, sums, before, context);
    }
    case "family": {
      const before = from?.type === "least-squares" ? from : undefined;
      return executeFamily(task, sums, before, context);
    }
    case "stitch": {
      const before = from?.type === "training" ? from : undefined;
      return executeStitch(task, sums, before, context, nowMs);
    }
    case "scoring":
      return executeScoring(task, from?.type === "scoring" ? from : undefined, context, nowMs);
    default:
      return task satisfies never;
  }
}

async function* executeBaseline(
  task: BaselineTask,
  from: CheckpointOf<"scoring"> | undefined,
  context: WorkerContext,
): AsyncGenerator<TaskEvent> {
  const network = await context.network(task.model);
  const images = await context.images(task.images);
  let last = fittingScored(from?.scored, images.count) ?? emptyScored();
  for await (const event of scoreNetwork(network, images, batchSize, resumedFrom(last))) {
    last = scoredOf(event);
    const checkpoint: TaskCheckpoint = { type: "scoring", scored: last };
    yield {
      type: "step",
      fraction: last.scored / images.count,
      activity: `scoring a network on ${String(images.count)} test images`,
      checkpoint: () => Promise.resolve(checkpoint),
    };
  }
  const { wrong, predicted } = last;
  yield { type: "result", result: { type: "baseline", wrong, ...withPredicted(predicted) } };
}

async function* executeClosedForm(
  task: ClosedFormTask,
  from: CheckpointOf<"closed-form"> | undefined,
  context: WorkerContext,
): AsyncGenerator<TaskEvent> {
  const { bottom, top } = await context.pair(task);
  const images = await context.images(task.images);
  const before = from && passFits(from, task, top.taps) ? from : undefined;
  let sums: readonly (ClosedFormSums | null)[] = before?.sums ?? [];
  for await (const event of closedFormPass(bottom, top, images, task, batchSize, before)) {
    const { passed } = event;
    sums = event.sums;
    const checkpoint: TaskCheckpoint = { type: "closed-form", passed, sums: [...sums] };
    yield {
      type: "step",
      fraction: passed / (task.end - task.first),
      activity: `comparing representations on images ${String(task.first)} to ${String(task.end)}`,
      checkpoint: () => Promise.resolve(checkpoint),
    };
  }
  yield { type: "result", result: { type: "closed-form", sums: [...sums] } };
}

/** Whether a pass of this task can have stopped there: sums of its taps, after whole batches. */
function passFits(
  { passed, sums }: CheckpointOf<"closed-form">,
  { first, end, asked: asked }: ClosedFormTask,
  taps: readonly Tap[],
): boolean {
  return (
    (passed === end - first || (passed < end - first && passed % batchSize === 0)) &&
    sums.length === taps.length &&
    taps.every(({ channels }, tap) =>
      (asked?.includes(tap) ?? true)
        ? sums[tap]?.moments.meanY.length === channels
        : sums[tap] === null,
    )
  );
}
