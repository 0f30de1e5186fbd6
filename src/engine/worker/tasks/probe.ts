/** Fits a linear classifier to a network's representation at a tap, and scores it. */
import type { ImageSet } from "../../../core/data/image-set";
import { targetClasses } from "../../../core/data/targets";
import { LabError } from "../../../core/errors";
import { classifierRanks } from "../../../core/linear-head/by-rank";
import { probeFeatures, type ImageParts } from "../../../core/linear-head/features";
import { fitHead } from "../../../core/linear-head/fit";
import { probeWidth } from "../../../core/linear-head/representation";
import { classesOf } from "../../../core/nets/architecture";
import { batchSize } from "../../../experiment/protocol";
import type { ProbeTask } from "../../../experiment/plan/task";
import type { CheckpointOf } from "../../kinds/registry";
import type { TaskEvent } from "../../messages";
import { probeRows } from "./batch-room";
import { firstImages, type Executor, type ExecutorDeps } from "./executor";

export const probe = {
  resumesFrom: "probe",
  execute,
  images: ({ train, test }) => [train, test],
  loadNetworks: ({ model }, context) => context.network(model),
  shortened: (task) => ({
    ...task,
    train: firstImages(batchSize, task.train),
    test: firstImages(batchSize, task.test),
  }),
} satisfies Executor<ProbeTask, "probe">;

async function* execute(
  task: ProbeTask,
  _from: CheckpointOf<"probe"> | undefined,
  { context }: ExecutorDeps,
): AsyncGenerator<TaskEvent> {
  const { tap, representation } = task;
  const network = await context.network(task.model);
  const [train, test] = [await context.images(task.train), await context.images(task.test)];
  const { classes = classesOf(network.architecture) } = task;
  const size = network.taps[tap];
  if (!size) {
    const expected = `a tap from 0 to ${network.taps.length - 1}`;
    throw new LabError({ code: "bad-input", input: "probe", expected, found: String(tap) });
  }
  const features = {
    width: probeWidth(size, representation),
    of: (images: Parameters<typeof network.bottom>[0]) =>
      probeFeatures(network.bottom(images, tap), representation),
  };
  const ranks = classifierRanks(classes).length;
  const batchOf = (images: ImageSet): number => probeRows(network, tap, images, context);
  const parts = [whole(train, classes), whole(test, classes)] as const;
  try {
    for await (const event of fitHead(features, classes, ...parts, { ranks, batchOf })) {
      yield {
        type: "step",
        fraction: event.fraction,
        activity: `probe of ${size.name}: ${event.activity}`,
        checkpoint: () => Promise.resolve({ type: "probe" }),
      };
      if (!event.head) continue;
      const { trainImages, wrong, errorByRank } = event.head;
      const found = { features: features.width, trainImages, wrong, errorByRank: [...errorByRank] };
      yield { type: "result", result: { type: "probe", probe: found } };
    }
  } catch (thrown) {
    if (!(thrown instanceof LabError) || thrown.code !== "numerics") throw thrown;
    yield { type: "result", result: { type: "probe", probe: null } };
  }
}

/** All images at once, with the classes that the network should answer. */
function whole(images: ImageSet, classes: number): ImageParts {
  return {
    count: images.count,
    async *parts() {
      yield await Promise.resolve({ ...images, labels: targetClasses(images, classes) });
    },
  };
}
