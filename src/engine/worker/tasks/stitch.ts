/** Trains the stitch at one site. It is scored by scoring tasks. */
import { emptyCurve, withLosses, type LossCurve } from "../../../core/stitch/training/loss-curve";
import { batchSize } from "../../../experiment/protocol";
import type { StitchTask } from "../../../experiment/plan/task";
import type { CheckpointOf } from "../../kinds/registry";
import type { TaskEvent } from "../../messages";
import { scoringTask } from "../../scored";
import { trainingRoom } from "./batch-room";
import { firstImages, loadPair, missingSums, type Executor, type ExecutorDeps } from "./executor";
import { trainingEvents, type TrainingCheckpoint } from "./training";

/** Time of a training image, forward and back, in units of scoring one. */
const trainingCost = 2.5;

export const stitch = {
  resumesFrom: "training",
  execute,
  images: ({ test, train }) => [test, train],
  loadNetworks: loadPair,
  shortened(task) {
    // Two steps: before the first, the optimiser's state is not yet on the device. A third batch is
    // held out.
    const train = firstImages(3 * batchSize, task.train);
    return { ...task, train, test: firstImages(batchSize, task.test), epochs: 1, seed: 0 };
  },
  next(task, result) {
    // This worker may be the one that scores.
    if (result.type !== "trained") return undefined;
    const trained = result.scored ?? { kind: "parameters", parameters: result.stitch };
    return scoringTask(task, trained, { first: 0, end: task.test.count });
  },
} satisfies Executor<StitchTask, "training">;

async function* execute(
  task: StitchTask,
  from: CheckpointOf<"training"> | undefined,
  { sums: [sums], context, nowMs }: ExecutorDeps,
): AsyncGenerator<TaskEvent> {
  if (!sums) throw missingSums();
  const startedMs = nowMs();
  const pair = await context.pair(task);
  const { bottom, top } = pair;
  const images = await context.images(task.train);
  const name = top.taps[task.site]?.name ?? `tap ${task.site}`;

  const seconds = (): number => (from?.seconds ?? 0) + (nowMs() - startedMs) / 1000;
  let training: TrainingCheckpoint | null = from?.training ?? null;
  /** Undefined before the first step; null where it resumed from a checkpoint without losses. */
  let curve: LossCurve | null | undefined;
  let reached = 0;

  const needs = {
    needsWhole: task.side !== undefined,
    measuresDistance: task.objective !== undefined,
  };
  const fits = trainingRoom(pair, task.site, images, needs, context);
  const setting = { task, bottom, top, images, moments: sums.moments, fits };
  for await (const event of trainingEvents(setting, training)) {
    if (event.type === "done") {
      const { result } = event;
      // A run that resumes after its last step has no new losses.
      const losses = curve === undefined ? from?.lossCurve : curve;
      const lossCurve = losses && losses.steps > 0 && { lossCurve: losses };
      yield {
        type: "result",
        result:
          result.type === "trained" ? { ...result, ...lossCurve, seconds: seconds() } : result,
      };
      return;
    }
    const { step, steps } = event;
    if (curve === undefined) {
      const fresh = step <= 1 || !from?.training;
      curve = fresh ? emptyCurve(steps) : (from.lossCurve ?? null);
    }
    curve &&= withLosses(curve, event.losses, step);
    // No later event says where training ended; held-out images may follow the last step.
    if (step === steps && step > reached) training = (await event.checkpoint()) ?? training;
    reached = step;
    const unitsPerStep = batchSize * trainingCost;
    yield {
      type: "step",
      fraction: Math.min(1, (step * unitsPerStep) / (steps * unitsPerStep + task.test.count)),
      activity: `${name}: training, step ${step} of at most ${steps}`,
      async checkpoint() {
        training = (await event.checkpoint()) ?? training;
        const losses = curve && { lossCurve: curve };
        return { type: "training", training, ...losses, seconds: seconds() };
      },
    };
  }
}
