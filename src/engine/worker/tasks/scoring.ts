/** Scores a trained stitch on a range of the test images. */
import { imageRange } from "../../../core/data/image-set";
import { scoreStitches } from "../../../core/scoring/score";
import { deviceStitch, stitchOnDevice } from "../../../core/stitch/device-stitch";
import { batchSize } from "../../../experiment/protocol";
import type { CheckpointOf } from "../../kinds/registry";
import type { ScoringTask } from "../../kinds/scoring";
import type { TaskEvent } from "../../messages";
import { emptyScored, fittingScored, resumedFrom, scoredOf, withPredicted } from "../../scored";
import { sitesRows } from "./batch-room";
import { loadPair, oneBatch, type Executor, type ExecutorDeps } from "./executor";

export const scoring = {
  resumesFrom: "scoring",
  execute,
  images: ({ test }) => [test],
  loadNetworks: loadPair,
  shortened: (task) => oneBatch(task, batchSize),
  // No shader depends on the stitch's numbers, and comparing them would be slow.
  shapes: ({ stitch, ...task }) => ({
    ...task,
    side: stitch.kind === "affine" ? 1 : (stitch.parameters.side ?? 1),
  }),
} satisfies Executor<ScoringTask>;

async function* execute(
  { stitch, site, test, first, end, ...networks }: ScoringTask,
  from: CheckpointOf<"scoring"> | undefined,
  { context, nowMs }: ExecutorDeps,
): AsyncGenerator<TaskEvent> {
  const startedMs = nowMs();
  const pair = await context.pair(networks);
  const { bottom, top } = pair;
  const images = imageRange(await context.images(test), first, end);
  const rows = sitesRows(pair, [site], images, context);
  const name = top.taps[site]?.name ?? `tap ${site}`;
  let last = fittingScored(from?.scored, images.count) ?? emptyScored();
  const device =
    stitch.kind === "affine" ? deviceStitch(stitch) : stitchOnDevice(stitch.parameters);
  try {
    const before = resumedFrom(last);
    for await (const event of scoreStitches(bottom, top, site, [device], images, rows, before)) {
      last = scoredOf(event);
      const checkpoint = { type: "scoring" as const, scored: last };
      yield {
        type: "step",
        fraction: last.scored / images.count,
        activity: `${name}: scoring on ${test.count} test images`,
        checkpoint: () => Promise.resolve(checkpoint),
      };
    }
  } finally {
    device.dispose();
  }
  const seconds = (nowMs() - startedMs) / 1000;
  const { wrong, predicted } = last;
  yield {
    type: "result",
    result: { type: "scores", wrong, ...withPredicted(predicted), seconds },
  };
}
