/**
 * The two ways to train a stitch, as one sequence of events.
 *
 * `paper`: all epochs of BatchNorm–convolution–BatchNorm with batch statistics, from random
 * weights. Bansal, Nakkiran & Barak 2021, appendix B. Larger kernels, sparse stitches and
 * those of low rank are trained this way in `quick` too, from the least-squares stitch.
 *
 * `refinement`: from the least-squares stitch, until it has settled. See
 * `core/stitch/refinement.ts`.
 */
import type { ImageSet } from "../../../core/data/image-set";
import { isTokens, type Tap } from "../../../core/nets/taps";
import type { FrozenNetwork } from "../../../core/nets/network";
import { seeded } from "../../../core/random/generator";
import { checkpointFits } from "../../../core/stitch/training/checkpoint";
import { divergenceIn } from "../../../core/stitch/training/loss-curve";
import { lowRank } from "../../../core/stitch/families/low-rank";
import { leastSquares } from "../../../core/stitch/families/least-squares";
import type { Moments } from "../../../core/stitch/moments";
import {
  fromAffine,
  randomStart,
  standardised,
  widened,
  type StitchParameters,
} from "../../../core/stitch/parameters";
import { refineStitch, type Refined } from "../../../core/stitch/refinement/refine";
import { splitHeldOut } from "../../../core/stitch/refinement/rounds";
import { refinementFits } from "../../../core/stitch/refinement/checkpoint";
import { trainStitch } from "../../../core/stitch/training/train";
import { stepsOf, type BatchFit } from "../../../core/stitch/training/setting";
import { batchSize, paperRate } from "../../../experiment/protocol";
import type { StitchTask } from "../../../experiment/plan/task";
import type { CheckpointOf } from "../../kinds/registry";
import type { StitchFailure, StitchResult, Trained } from "../../kinds/stitch";

export interface StitchTraining {
  readonly task: StitchTask;
  readonly bottom: FrozenNetwork;
  readonly top: FrozenNetwork;
  /** Training images. */
  readonly images: ImageSet;
  /** On all training images, at the task's site. */
  readonly moments: Moments;
  /** Absent where whole batches pass. */
  readonly fits?: BatchFit | undefined;
}

export type TrainingCheckpoint = NonNullable<CheckpointOf<"training">["training"]>;

export type TrainingEvent =
  | {
      readonly type: "step";
      readonly step: number;
      /** Most steps that there can be. */
      readonly steps: number;
      /** In nats, of the steps since the last event that had any. */
      readonly losses: readonly number[];
      /** Null before there is anything to resume from. */
      readonly checkpoint: () => Promise<TrainingCheckpoint | null>;
    }
  | {
      readonly type: "done";
      readonly result: StitchFailure | Omit<Trained, "adapter" | "lossCurve" | "seconds">;
    };

/** Random numbers of a stitch's start, apart from those that order the images. */
export const startStream = -1;

/** @param from where an earlier worker stopped; one that does not fit is ignored */
export function trainingEvents(
  training: StitchTraining,
  from: TrainingCheckpoint | null,
): AsyncGenerator<TrainingEvent> {
  const { training: way, side, share, rank } = training.task;
  // A larger kernel is no affine map, which refinement is for; its coordinates mix all weights.
  return way === "paper" || side || share || rank
    ? trainedAsInPaper(training, from?.kind === "paper" ? from : undefined)
    : refined(training, from?.kind === "refinement" ? from : undefined);
}

async function* trainedAsInPaper(
  training: StitchTraining,
  before: Extract<TrainingCheckpoint, { kind: "paper" }> | undefined,
): AsyncGenerator<TrainingEvent> {
  const { task, bottom, top, images, fits } = training;
  const { site, epochs, seed, side = 1, share } = task;
  const tap = top.taps[site];
  if (side > 1 && tap && isTokens(tap)) {
    yield { type: "done", result: noKernelOnTokens(tap) };
    return;
  }
  const start = startOf(training);
  // Where no map has a higher rank, the limit is none.
  const rank = task.rank && Math.min(task.rank, start.source, start.target);
  const stepsPerEpoch = stepsOf(images.count, 1, batchSize);
  const from =
    before && checkpointFits(before, start, stepsPerEpoch, epochs, { share, rank })
      ? before
      : undefined;
  const setting = { bottom, top, tap: site, images, epochs, batchSize, seed, share, rank, fits };
  for await (const event of trainStitch({ ...setting, start, from, peakRate: paperRate })) {
    if (event.type === "done") {
      const { stitch, steps, finalLoss } = event;
      const scored = { kind: "parameters" as const, parameters: stitch };
      const result = { type: "trained" as const, stitch, scored, steps, finalTrainLoss: finalLoss };
      yield { type: "done", result: { ...result, refinement: null } };
      return;
    }
    const { step, losses, checkpoint } = event;
    const divergence = divergenceIn(losses, step);
    if (divergence) {
      const { loss } = divergence;
      const found = `a loss of ${Number.isFinite(loss) ? loss.toFixed(1) : String(loss)}`;
      const failure = { type: "stitch-failure" as const, reason: "diverged" as const, found };
      yield { type: "done", result: { ...failure, step: divergence.step } };
      return;
    }
    yield { ...event, checkpoint: async () => ({ kind: "paper", ...(await checkpoint()) }) };
  }
}

function startOf({ task, moments }: StitchTraining): StitchParameters {
  const { seed, side, share, rank, training } = task;
  if (training === "refinement" && (side || share || rank)) {
    const most = Math.min(moments.meanX.length, moments.meanY.length);
    const map = rank ? lowRank(moments, Math.min(rank, most)) : leastSquares(moments);
    const start = fromAffine(map, moments);
    return side ? widened(start, side) : standardised(start);
  }
  const random = seeded(seed, startStream);
  return randomStart(moments.meanX.length, moments.meanY.length, random, side);
}

/**
 * Tokens that are adjacent in memory are no neighbours in the image, and the class token has none.
 */
function noKernelOnTokens({ width }: Tap): StitchFailure {
  const found = `a larger kernel needs a map, found ${width} tokens`;
  return { type: "stitch-failure", reason: "no-such-stitch", step: null, found };
}

async function* refined(
  { task, bottom, top, images, moments, fits: batchFit }: StitchTraining,
  before: Extract<TrainingCheckpoint, { kind: "refinement" }> | undefined,
): AsyncGenerator<TrainingEvent> {
  const { site, epochs, seed, objective } = task;
  const { heldOut } = splitHeldOut(images.count);
  const fits =
    before && refinementFits(before, moments.meanX.length, moments.meanY.length, heldOut);
  const setting = { bottom, top, tap: site, images, epochs, batchSize, seed, fits: batchFit };
  const from = fits ? before : undefined;
  for await (const event of refineStitch({
    ...setting,
    start: leastSquares(moments),
    moments,
    objective,
    from,
  })) {
    if (event.type === "diverged") {
      const { found } = event;
      const failure = { type: "stitch-failure" as const, reason: "diverged" as const, found };
      yield { type: "done", result: { ...failure, step: null } };
      return;
    }
    if (event.type === "done") {
      const { steps, trainLoss, weight, bias } = event.refined;
      yield {
        type: "done",
        result: {
          type: "trained",
          stitch: fromAffine(event.refined, moments),
          scored: trainLoss === null ? null : { kind: "affine", weight, bias },
          steps,
          finalTrainLoss: trainLoss,
          refinement: recordOf(event.refined),
        },
      };
      return;
    }
    const { checkpoint } = event;
    yield {
      ...event,
      checkpoint: async () => (checkpoint ? { kind: "refinement", ...(await checkpoint()) } : null),
    };
  }
}

function recordOf(refined: Refined): StitchResult["refinement"] {
  const { stop, peakRate, heldOut, heldOutScore, leastSquaresScore } = refined;
  const mean = (values: Float32Array): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    stop,
    peakRate,
    heldOutImages: heldOut,
    heldOutLoss: mean(heldOutScore.losses),
    heldOutError: heldOutScore.wrong / heldOut,
    leastSquaresHeldOutLoss: mean(leastSquaresScore.losses),
    leastSquaresHeldOutError: leastSquaresScore.wrong / heldOut,
  };
}
