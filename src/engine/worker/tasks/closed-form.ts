/**
 * Passes a range of images through both networks: gathers moments, from which stitches in closed
 * form follow, and for similarity Gram sums too.
 */
import { closedFormPass } from "../../../core/closed-form/pass";
import type { ClosedFormSums } from "../../../core/similarity/sums";
import type { Tap } from "../../../core/nets/taps";
import { batchSize } from "../../../experiment/protocol";
import type { ClosedFormTask, SimilarityTask } from "../../../experiment/plan/task";
import type { CheckpointOf } from "../../kinds/registry";
import type { TaskEvent } from "../../messages";
import { closedFormRoom } from "./batch-room";
import { firstImages, loadPair, type Executor, type ExecutorDeps } from "./executor";

type PassTask = ClosedFormTask | SimilarityTask;
type PassCheckpoint = CheckpointOf<PassTask["type"]>;

const passExecutor = {
  execute,
  images: ({ images }: PassTask) => [images],
  loadNetworks: loadPair,
  shortened<T extends PassTask>(task: T): T {
    const count = task.end - task.first;
    // A last batch that is not whole has its own shapes.
    const end = Math.min(count, batchSize + (count % batchSize));
    return { ...task, first: 0, end, images: firstImages(end, task.images) };
  },
};

export const closedForm = {
  ...passExecutor,
  resumesFrom: "closed-form",
} satisfies Executor<ClosedFormTask>;

export const similarity = {
  ...passExecutor,
  resumesFrom: "similarity",
} satisfies Executor<SimilarityTask>;

async function* execute(
  task: PassTask,
  from: PassCheckpoint | undefined,
  { context }: ExecutorDeps,
): AsyncGenerator<TaskEvent> {
  const { type } = task;
  const pair = await context.pair(task);
  const { bottom, top } = pair;
  const images = await context.images(task.images);
  const asked = task.asked ?? top.taps.map((_, tap) => tap);
  const fits = closedFormRoom(pair, asked, images, context);
  const before = from && belongs(from, task, top.taps) ? from : undefined;
  let sums: (ClosedFormSums | null)[] = before?.sums ?? [];
  const range = { ...task, taps: asked, grams: type === "similarity" };
  for await (const event of closedFormPass(bottom, top, images, range, batchSize, before, fits)) {
    const { passed } = event;
    const gathered = [...event.sums];
    sums = gathered;
    yield {
      type: "step",
      fraction: passed / (task.end - task.first),
      activity: `comparing representations on ${task.images.split === "train" ? "training" : "test"} images ${task.first} to ${task.end}`,
      checkpoint: () => Promise.resolve({ type, passed, sums: gathered }),
    };
  }
  yield { type: "result", result: { type, sums: [...sums] } };
}

/** Whether a pass of this task can have stopped there: sums of its taps, after whole batches. */
function belongs({ passed, sums }: PassCheckpoint, task: PassTask, taps: readonly Tap[]): boolean {
  const { first, end, asked } = task;
  const permutations = task.type === "similarity" ? task.permutations : undefined;
  return (
    (passed === end - first || (passed < end - first && passed % batchSize === 0)) &&
    sums.length === taps.length &&
    taps.every(({ channels }, tap) =>
      (asked?.includes(tap) ?? true)
        ? sums[tap]?.moments.meanY.length === channels &&
          sums[tap].permuted?.hsic.length === permutations
        : sums[tap] === null,
    )
  );
}
