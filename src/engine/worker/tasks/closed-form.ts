/** Gathers moments and Gram sums over a range of the training images. */
import { closedFormPass } from "../../../core/closed-form/pass";
import type { ClosedFormSums } from "../../../core/similarity/sums";
import type { Tap } from "../../../core/nets/architecture";
import { batchSize } from "../../../experiment/protocol";
import type { ClosedFormTask } from "../../../experiment/task";
import type { CheckpointOf } from "../../kinds/registry";
import type { TaskEvent } from "../../messages";
import { closedFormRoom } from "./batch-room";
import { firstImages, loadPair, type Executor, type ExecutorDeps } from "./executor";

export const closedForm = {
  resumesFrom: "closed-form",
  execute,
  images: ({ images }) => [images],
  loadNetworks: loadPair,
  shortened(task) {
    const count = task.end - task.first;
    // A last batch that is not whole has its own shapes.
    const end = Math.min(count, batchSize + (count % batchSize));
    return { ...task, first: 0, end, images: firstImages(end, task.images) };
  },
} satisfies Executor<ClosedFormTask>;

async function* execute(
  task: ClosedFormTask,
  from: CheckpointOf<"closed-form"> | undefined,
  { context }: ExecutorDeps,
): AsyncGenerator<TaskEvent> {
  const pair = await context.pair(task);
  const { bottom, top } = pair;
  const images = await context.images(task.images);
  const asked = task.asked ?? top.taps.map((_, tap) => tap);
  const fits = closedFormRoom(pair, asked, images, context);
  const before = from && belongs(from, task, top.taps) ? from : undefined;
  let sums: (ClosedFormSums | null)[] = before?.sums ?? [];
  const range = { ...task, taps: asked };
  for await (const event of closedFormPass(bottom, top, images, range, batchSize, before, fits)) {
    const { passed } = event;
    const gathered = [...event.sums];
    sums = gathered;
    yield {
      type: "step",
      fraction: passed / (task.end - task.first),
      activity: `comparing representations on images ${task.first} to ${task.end}`,
      checkpoint: () => Promise.resolve({ type: "closed-form", passed, sums: gathered }),
    };
  }
  yield { type: "result", result: { type: "closed-form", sums: [...sums] } };
}

/** Whether a pass of this task can have stopped there: sums of its taps, after whole batches. */
function belongs(
  { passed, sums }: CheckpointOf<"closed-form">,
  { first, end, asked }: ClosedFormTask,
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
