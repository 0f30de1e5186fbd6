/** Executes a stitch task: solve, train, score. */
import type { ClosedFormSums } from "../../core/closed-form/sums";
import { LabError } from "../../core/errors";
import type { Generator } from "../../core/random/generator";
import { scoreStitches, type WrongFlags } from "../../core/scoring/score";
import { deviceStitch } from "../../core/stitch/apply";
import { leastSquares, type AffineMap } from "../../core/stitch/least-squares";
import { fromAffine, randomStart, toAffine } from "../../core/stitch/parameters";
import { trainStitch, stepsOf } from "../../core/stitch/train";
import { batchSize } from "../../experiment/protocol";
import type { StitchTask } from "../../experiment/task";
import type { TaskEvent } from "../messages";
import type { WorkerContext } from "./context";

/** Time of a training image, forward and back, in units of scoring one. */
const trainingCost = 2.5;

export async function* executeStitch(
  task: StitchTask,
  { moments }: ClosedFormSums,
  context: WorkerContext,
  nowMs: () => number,
  random: Generator,
): AsyncGenerator<TaskEvent> {
  const startedMs = nowMs();
  const bottom = await context.network(task.bottom);
  const top = await context.network(task.top);
  const test = await context.images(task.test);
  const { tap, epochs, peakRate, seed } = task;
  const name = top.taps[tap]?.name ?? `tap ${String(tap)}`;

  const steps = stepsOf(task.train.count, epochs, batchSize);
  const trainingUnits = steps * batchSize * trainingCost;
  const units = trainingUnits + test.count * (steps > 0 ? 2 : 1);
  const progress = (done: number, activity: string): TaskEvent => ({
    type: "progress",
    fraction: Math.min(1, done / units),
    activity: `${name}: ${activity}`,
  });

  async function* scored(map: AffineMap, before: number): AsyncGenerator<TaskEvent, WrongFlags> {
    const stitch = deviceStitch(map);
    let wrong: WrongFlags = new Uint8Array();
    try {
      for await (const event of scoreStitches(bottom, top, tap, [stitch], test, batchSize)) {
        wrong = event.wrong[0] ?? wrong;
        yield progress(before + event.scored, `scoring on ${String(test.count)} test images`);
      }
    } finally {
      stitch.dispose();
    }
    return wrong;
  }

  const fit = leastSquares(moments);
  const leastSquaresWrong = yield* scored(fit, 0);
  yield { type: "least-squares", wrong: leastSquaresWrong };

  let stitch =
    task.start === "least-squares"
      ? fromAffine(fit, moments)
      : randomStart(moments.meanX.length, moments.meanY.length, random);
  let wrong = leastSquaresWrong;
  let finalTrainLoss: number | null = null;
  if (steps > 0) {
    const train = await context.images(task.train);
    const plan = {
      start: stitch,
      bottom,
      top,
      tap,
      images: train,
      epochs,
      batchSize,
      peakRate,
      seed,
    };
    for await (const event of trainStitch(plan)) {
      if (event.type === "done") {
        stitch = event.stitch;
        finalTrainLoss = event.finalLoss;
      } else {
        const unfit = event.losses.find((loss) => !Number.isFinite(loss));
        if (unfit !== undefined) throw diverged(name, event.step, unfit);
        yield progress(
          test.count + event.step * batchSize * trainingCost,
          `training, step ${String(event.step)} of ${String(steps)}`,
        );
      }
    }
    wrong = yield* scored(toAffine(stitch), test.count + trainingUnits);
  }
  yield {
    type: "result",
    result: {
      type: "stitch",
      leastSquaresWrong,
      leastSquaresR2: fit.r2,
      wrong,
      steps,
      finalTrainLoss,
      seconds: (nowMs() - startedMs) / 1000,
      stitch,
    },
  };
}

function diverged(name: string, step: number, loss: number): LabError {
  return new LabError({
    code: "numerics",
    input: `training at ${name}, step ${String(step)}`,
    expected: "a finite loss",
    found: String(loss),
  });
}
