/** Scores one network on the test images. */
import { withoutClass } from "../../../core/data/form";
import { LabError } from "../../../core/errors";
import { scoreNetwork } from "../../../core/scoring/score";
import { batchSize } from "../../../experiment/protocol";
import type { BaselineTask } from "../../../experiment/plan/task";
import type { CheckpointOf } from "../../kinds/registry";
import type { TaskEvent } from "../../messages";
import { emptyScored, fittingScored, resumedFrom, scoredOf, withPredicted } from "../../scored";
import { networkRows } from "./batch-room";
import { firstImages, type Executor, type ExecutorDeps } from "./executor";

export const baseline = {
  resumesFrom: "scoring",
  execute,
  images: ({ images }) => [images],
  loadNetworks: ({ model }, context) => context.network(model),
  shortened: (task) => ({ ...task, images: firstImages(batchSize, task.images) }),
} satisfies Executor<BaselineTask>;

async function* execute(
  task: BaselineTask,
  from: CheckpointOf<"scoring"> | undefined,
  { context }: ExecutorDeps,
): AsyncGenerator<TaskEvent> {
  const network = await context.network(task.model);
  const images = await context.images(task.images);
  const rows = networkRows(network, images, context);
  let last = fittingScored(from?.scored, images.count) ?? emptyScored();
  for await (const event of scoreNetwork(network, images, rows, resumedFrom(last))) {
    const scored = scoredOf(event);
    last = scored;
    // Every penalty is relative to this error: without it the experiment has no result.
    if (withoutClass(scored.predicted ?? new Uint8Array()) > 0) {
      throw new LabError({
        code: "numerics",
        input: context.nameOf(task.model),
        expected: "finite logits for every test image",
        found: "logits that are not finite",
      });
    }
    yield {
      type: "step",
      fraction: scored.scored / images.count,
      activity: `scoring a network on ${images.count} test images`,
      checkpoint: () => Promise.resolve({ type: "scoring", scored }),
    };
  }
  const { wrong, predicted } = last;
  yield { type: "result", result: { type: "baseline", wrong, ...withPredicted(predicted) } };
}
