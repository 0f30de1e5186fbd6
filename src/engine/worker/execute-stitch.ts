/** Executes the training of a stitch task, going on from where a checkpoint left it. */
import type { ClosedFormSums } from "../../core/similarity/sums";
import { batchSize } from "../../experiment/protocol";
import type { StitchTask } from "../../experiment/task";
import { emptyCurve, withLosses, type LossCurve } from "../../core/stitch/training/loss-curve";
import type { CheckpointOf } from "../checkpoint";
import type { TaskEvent } from "../messages";
import type { WorkerContext } from "./context";
import { missingSums } from "./execute-least-squares";
import { trainByPaper } from "./train-by-paper";
import { trainByRefinement } from "./train-by-refinement";
import type { TrainingCheckpoint, TrainingTask, TrainingTrace } from "./training-order";

/** Time of a training image, forward and back, in units of scoring one. */
const trainingCost = 2.5;

/** @param sums of the task's tap */
export async function* executeStitch(
  task: StitchTask,
  [sums]: readonly ClosedFormSums[],
  from: CheckpointOf<"training"> | undefined,
  context: WorkerContext,
  nowMs: () => number,
): AsyncGenerator<TaskEvent> {
  if (!sums) throw missingSums();
  const startedMs = nowMs();
  const { bottom, top } = await context.pair(task);
  const images = await context.images(task.train);
  const name = top.taps[task.site]?.name ?? `tap ${String(task.site)}`;
  const order: TrainingTask = { task, bottom, top, images, moments: sums.moments };

  // What is known so far; a checkpoint is all of it.
  let training: TrainingCheckpoint | null = from?.training ?? null;
  /** Undefined before the first step; null where the checkpoint that it went on from has no losses. */
  let curve: LossCurve | null | undefined;
  let trainingUnits = 0;
  let reached = 0;
  const seconds = (): number => (from?.seconds ?? 0) + (nowMs() - startedMs) / 1000;
  const step = (
    doneUnits: number,
    activity: string,
    newest: () => Promise<TrainingCheckpoint | null> = () => Promise.resolve(training),
  ): TaskEvent => ({
    type: "step",
    fraction: Math.min(1, doneUnits / (trainingUnits + task.test.count)),
    activity: `${name}: ${activity}`,
    async checkpoint() {
      training = await newest();
      const losses = curve && { lossCurve: curve };
      return { type: "training", training, ...losses, seconds: seconds() };
    },
  });

  const traces: AsyncGenerator<TrainingTrace> =
    task.training === "paper" || task.side
      ? trainByPaper(order, training?.kind === "paper" ? training : undefined)
      : trainByRefinement(order, training?.kind === "refinement" ? training : undefined);
  for await (const trace of traces) {
    switch (trace.type) {
      case "step": {
        if (curve === undefined) {
          const fresh = trace.step <= 1 || !from?.training;
          curve = fresh ? emptyCurve(trace.steps) : (from.lossCurve ?? null);
        }
        curve &&= withLosses(curve, trace.losses, trace.step);
        trainingUnits = trace.steps * batchSize * trainingCost;
        // After the last step nothing else will tell where training ended; held-out images may follow it.
        if (trace.step === trace.steps && trace.step > reached) {
          training = (await trace.checkpoint()) ?? training;
        }
        reached = trace.step;
        yield step(
          trace.step * batchSize * trainingCost,
          `training, step ${String(trace.step)} of at most ${String(trace.steps)}`,
          async () => (await trace.checkpoint()) ?? training,
        );
        break;
      }
      case "failure":
        yield { type: "result", result: trace.failure };
        return;
      case "trained": {
        // A run that goes on after its last step tells no losses again.
        const losses = curve === undefined ? from?.lossCurve : curve;
        yield {
          type: "result",
          result: {
            ...trace,
            ...(losses && losses.steps > 0 && { lossCurve: losses }),
            seconds: seconds(),
          },
        };
        return;
      }
      default:
        trace satisfies never;
    }
  }
}
