/** Executes a stitch task: solve, train, score. Each part goes on from where a checkpoint left it. */
import type { ClosedFormSums } from "../../core/closed-form/sums";
import { LabError } from "../../core/errors";
import type { Generator } from "../../core/random/generator";
import { scoreStitches } from "../../core/scoring/score";
import { deviceStitch } from "../../core/stitch/apply";
import { checkpointFits, type TrainingCheckpoint } from "../../core/stitch/checkpoint";
import { divergenceIn, type Divergence } from "../../core/stitch/divergence";
import {
  leastSquares,
  type AffineMap,
  type LeastSquaresFit,
} from "../../core/stitch/least-squares";
import { fromAffine, randomStart, toAffine } from "../../core/stitch/parameters";
import { trainStitch, stepsOf } from "../../core/stitch/train";
import { batchSize } from "../../experiment/protocol";
import type { StitchTask } from "../../experiment/task";
import type { CheckpointOf, Scored } from "../checkpoint";
import type { TaskEvent } from "../messages";
import type { StitchFailure } from "../result";
import type { WorkerContext } from "./context";
import { fittingScored, noneScored } from "./scored";

/** Time of a training image, forward and back, in units of scoring one. */
const trainingCost = 2.5;

export async function* executeStitch(
  task: StitchTask,
  { moments }: ClosedFormSums,
  from: CheckpointOf<"training"> | undefined,
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
  const stepsPerEpoch = stepsOf(task.train.count, 1, batchSize);
  const steps = stepsPerEpoch * epochs;
  const trainingUnits = steps * batchSize * trainingCost;
  const units = trainingUnits + test.count * (steps > 0 ? 2 : 1);

  const fit = solved(moments);
  if (fit.type === "stitch-failure") {
    yield { type: "result", result: fit };
    return;
  }
  const begin =
    task.start === "least-squares"
      ? fromAffine(fit, moments)
      : randomStart(moments.meanX.length, moments.meanY.length, random);

  // What is known so far; a checkpoint is all of it. Later parts count only if the earlier are whole.
  let first = fittingScored(from?.leastSquares, test.count) ?? noneScored();
  const kept = first.scored === test.count ? (from?.training ?? undefined) : undefined;
  const trainedBefore =
    kept && checkpointFits(kept, begin, stepsPerEpoch, epochs) ? kept : undefined;
  let training: TrainingCheckpoint | undefined = trainedBefore;
  let last =
    (training?.step === steps ? fittingScored(from?.trained, test.count) : undefined) ??
    noneScored();
  const seconds = (): number => (from?.seconds ?? 0) + (nowMs() - startedMs) / 1000;

  const step = (
    done: number,
    activity: string,
    newest: () => Promise<TrainingCheckpoint | undefined> = () => Promise.resolve(training),
  ): TaskEvent => ({
    type: "step",
    fraction: Math.min(1, done / units),
    activity: `${name}: ${activity}`,
    async checkpoint() {
      training = await newest();
      return {
        type: "training",
        leastSquares: first,
        training: training ?? null,
        trained: last.scored > 0 ? last : null,
        seconds: seconds(),
      };
    },
  });

  async function* scored(
    map: AffineMap,
    before: Scored,
    keep: (scored: Scored) => void,
    units: number,
  ): AsyncGenerator<TaskEvent> {
    const stitch = deviceStitch(map);
    const resumed =
      before.scored > 0 ? { scored: before.scored, wrong: [before.wrong] } : undefined;
    try {
      const scoring = scoreStitches(bottom, top, tap, [stitch], test, batchSize, resumed);
      for await (const event of scoring) {
        keep({ scored: event.scored, wrong: event.wrong[0]?.slice() ?? new Uint8Array() });
        yield step(units + event.scored, `scoring on ${String(test.count)} test images`);
      }
    } finally {
      stitch.dispose();
    }
  }

  yield* scored(fit, first, (scored) => (first = scored), 0);
  yield { type: "least-squares", wrong: first.wrong };

  let stitch = begin;
  let finalTrainLoss: number | null = null;
  if (steps > 0) {
    const images = await context.images(task.train);
    const plan = { start: begin, bottom, top, tap, images, epochs, batchSize, peakRate, seed };
    for await (const event of trainStitch({ ...plan, from: trainedBefore })) {
      if (event.type === "done") {
        stitch = event.stitch;
        finalTrainLoss = event.finalLoss;
      } else {
        const divergence = divergenceIn(event.losses, event.step);
        if (divergence) {
          yield { type: "result", result: diverged(divergence) };
          return;
        }
        // After the last step nothing else will tell where training ended.
        if (event.step === steps) training = await event.checkpoint();
        yield step(
          test.count + event.step * batchSize * trainingCost,
          `training, step ${String(event.step)} of ${String(steps)}`,
          event.checkpoint,
        );
      }
    }
    yield* scored(toAffine(stitch), last, (scored) => (last = scored), test.count + trainingUnits);
  }
  yield {
    type: "result",
    result: {
      type: "stitch",
      leastSquaresWrong: first.wrong,
      leastSquaresR2: fit.r2,
      wrong: steps > 0 ? last.wrong : first.wrong,
      steps,
      finalTrainLoss,
      seconds: seconds(),
      stitch,
    },
  };
}

/** The least-squares stitch, or that there is none. */
function solved(
  moments: ClosedFormSums["moments"],
): (LeastSquaresFit & { readonly type: "fit" }) | StitchFailure {
  try {
    return { type: "fit", ...leastSquares(moments) };
  } catch (thrown) {
    if (!(thrown instanceof LabError) || thrown.code !== "numerics") throw thrown;
    return { type: "stitch-failure", reason: "singular", step: null, found: thrown.found };
  }
}

function diverged({ step, loss }: Divergence): StitchFailure {
  const found = `a loss of ${Number.isFinite(loss) ? loss.toFixed(1) : String(loss)}`;
  return { type: "stitch-failure", reason: "diverged", step, found };
}
