/**
 * The paper's training: all epochs of BatchNorm–convolution–BatchNorm with batch statistics, from random weights. Bansal,
 * Nakkiran & Barak 2021, appendix B. Larger kernels are trained so in `quick`, too, from the least-squares stitch.
 */
import { isTokens, type Tap } from "../../core/nets/architecture";
import { seeded } from "../../core/random/generator";
import { checkpointFits } from "../../core/stitch/training/checkpoint";
import { divergenceIn, type Divergence } from "../../core/stitch/training/loss-curve";
import { leastSquares } from "../../core/stitch/families/least-squares";
import {
  fromAffine,
  randomStart,
  widened,
  type StitchParameters,
} from "../../core/stitch/parameters";
import { trainStitch } from "../../core/stitch/training/train";
import { stepsOf } from "../../core/stitch/training/setting";
import { batchSize, paperRate } from "../../experiment/protocol";
import type { StitchFailure } from "../result";
import type { TrainingCheckpoint, TrainingTask, TrainingTrace } from "./training-order";

/** Random numbers of a stitch's start, apart from those that order the images. */
export const startStream = -1;

/** @param kept where an earlier worker left off; one that does not fit counts as none */
export async function* trainByPaper(
  order: TrainingTask,
  kept: Extract<TrainingCheckpoint, { kind: "paper" }> | undefined,
): AsyncGenerator<TrainingTrace> {
  const { task, bottom, top, images } = order;
  const { site, epochs, seed, side = 1 } = task;
  const none = side > 1 ? tokensAt(top.taps[site]) : null;
  if (none) {
    yield { type: "failure", failure: none };
    return;
  }
  const start = startOf(order);
  const stepsPerEpoch = stepsOf(images.count, 1, batchSize);
  const from = kept && checkpointFits(kept, start, stepsPerEpoch, epochs) ? kept : undefined;
  const training = trainStitch({
    ...{ start, bottom, top, tap: site, images, epochs, batchSize, seed, from },
    peakRate: paperRate,
  });
  for await (const event of training) {
    if (event.type === "done") {
      const { stitch, steps, finalLoss } = event;
      yield {
        ...{ type: "trained", stitch, steps, finalTrainLoss: finalLoss, refinement: null },
        scored: { kind: "parameters", parameters: stitch },
      };
      return;
    }
    const divergence = divergenceIn(event.losses, event.step);
    if (divergence) {
      yield { type: "failure", failure: diverged(divergence) };
      return;
    }
    yield {
      type: "step",
      step: event.step,
      steps: event.steps,
      losses: event.losses,
      checkpoint: async () => ({ kind: "paper", ...(await event.checkpoint()) }),
    };
  }
}

function startOf({ task, moments }: TrainingTask): StitchParameters {
  const { seed, side, training } = task;
  if (training === "refinement" && side) {
    return widened(fromAffine(leastSquares(moments), moments), side);
  }
  const random = seeded(seed, startStream);
  return randomStart(moments.meanX.length, moments.meanY.length, random, side);
}

/** Tokens that lie side by side in memory are no neighbours in the image, and the class token has none. */
function tokensAt(tap: Tap | undefined): StitchFailure | null {
  if (!tap || !isTokens(tap)) return null;
  const found = `a larger kernel needs a map, found ${String(tap.width)} tokens`;
  return { type: "stitch-failure", reason: "no-such-stitch", step: null, found };
}

function diverged({ step, loss }: Divergence): StitchFailure {
  const found = `a loss of ${Number.isFinite(loss) ? loss.toFixed(1) : String(loss)}`;
  return { type: "stitch-failure", reason: "diverged", step, found };
}
