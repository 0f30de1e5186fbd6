/** Executes one task. */
import { closedFormPass } from "../../core/closed-form/pass";
import { mergeSums, type ClosedFormSums } from "../../core/closed-form/sums";
import { LabError } from "../../core/errors";
import { seeded } from "../../core/random/generator";
import { scoreNetwork, type WrongFlags } from "../../core/scoring/score";
import type { BaselineTask, ClosedFormTask, Task } from "../../experiment/task";
import { batchSize } from "../../experiment/protocol";
import type { TaskEvent } from "../messages";
import type { WorkerContext } from "./context";
import { executeStitch } from "./execute-stitch";

/** Random numbers of a stitch's start, apart from those that order the images. */
export const startStream = -1;

/**
 * @param sums for a stitch: its tap's closed-form sums, one a part of the training images, in order
 * @param nowMs a clock
 * @throws LabError when a file is missing or does not fit, or a number is not finite
 */
export function executeTask(
  task: Task,
  sums: readonly ClosedFormSums[],
  context: WorkerContext,
  nowMs: () => number,
): AsyncGenerator<TaskEvent> {
  switch (task.type) {
    case "baseline":
      return executeBaseline(task, context);
    case "closed-form":
      return executeClosedForm(task, context);
    case "stitch":
      return executeStitch(task, merged(sums), context, nowMs, seeded(task.seed, startStream));
    default:
      return task satisfies never;
  }
}

async function* executeBaseline(
  task: BaselineTask,
  context: WorkerContext,
): AsyncGenerator<TaskEvent> {
  const network = await context.network(task.model);
  const images = await context.images(task.images);
  let wrong: WrongFlags = new Uint8Array();
  for await (const event of scoreNetwork(network, images, batchSize)) {
    wrong = event.wrong[0] ?? wrong;
    yield {
      type: "progress",
      fraction: event.scored / images.count,
      activity: `scoring a network on ${String(images.count)} test images`,
    };
  }
  yield { type: "result", result: { type: "baseline", wrong } };
}

async function* executeClosedForm(
  task: ClosedFormTask,
  context: WorkerContext,
): AsyncGenerator<TaskEvent> {
  const bottom = await context.network(task.bottom);
  const top = await context.network(task.top);
  const images = await context.images(task.images);
  let sums: readonly ClosedFormSums[] = [];
  for await (const event of closedFormPass(bottom, top, images, task, batchSize)) {
    sums = event.sums;
    yield {
      type: "progress",
      fraction: event.passed / (task.end - task.first),
      activity: `comparing representations on images ${String(task.first)} to ${String(task.end)}`,
    };
  }
  yield { type: "result", result: { type: "closed-form", sums: [...sums] } };
}

function merged(sums: readonly ClosedFormSums[]): ClosedFormSums {
  const [first, ...rest] = sums;
  if (!first) {
    throw new LabError({
      code: "bad-input",
      input: "stitch task",
      expected: "the closed-form sums of its tap",
      found: "none",
    });
  }
  return rest.reduce(mergeSums, first);
}
