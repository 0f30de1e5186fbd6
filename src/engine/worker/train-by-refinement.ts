/** The protocol `quick`: from the least-squares stitch, until it has settled. See `core/stitch/refinement/rounds.ts`. */
import { leastSquares } from "../../core/stitch/families/least-squares";
import { fromAffine } from "../../core/stitch/parameters";
import { refineStitch, type Refined } from "../../core/stitch/refinement/refine";
import { splitHeldOut } from "../../core/stitch/refinement/rounds";
import { refinementFits } from "../../core/stitch/refinement/checkpoint";
import { batchSize } from "../../experiment/protocol";
import type { StitchResult } from "../result";
import type { TrainingCheckpoint, TrainingTask, TrainingTrace } from "./training-order";

/**
 * Of a 1×1 stitch: one with a larger kernel is no affine map.
 *
 * @param kept where an earlier worker left off; one that does not fit counts as none
 */
export async function* trainByRefinement(
  { task, bottom, top, images, moments }: TrainingTask,
  kept: Extract<TrainingCheckpoint, { kind: "refinement" }> | undefined,
): AsyncGenerator<TrainingTrace> {
  const { tap, epochs, seed } = task;
  const { heldOut } = splitHeldOut(images.count);
  const fits = kept && refinementFits(kept, moments.meanX.length, moments.meanY.length, heldOut);
  const refining = refineStitch({
    ...{ start: leastSquares(moments), moments, bottom, top, tap, images, epochs, batchSize, seed },
    from: fits ? kept : undefined,
  });
  for await (const event of refining) {
    if (event.type === "done") {
      const { refined } = event;
      const { steps, trainLoss, weight, bias } = refined;
      yield {
        ...{ type: "trained", steps },
        scored: trainLoss === null ? null : { kind: "affine", weight, bias },
        stitch: fromAffine(refined, moments),
        finalTrainLoss: trainLoss,
        refinement: recordOf(refined),
      };
      return;
    }
    const { step, steps, losses, checkpoint } = event;
    yield {
      type: "step",
      step,
      steps,
      losses,
      checkpoint: async () => (checkpoint ? { kind: "refinement", ...(await checkpoint()) } : null),
    };
  }
}

function recordOf(refined: Refined): StitchResult["refinement"] {
  const { stop, peakRate, heldOut, heldOutScore, leastSquaresScore } = refined;
  const mean = (values: Float32Array): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    ...{ stop, peakRate, heldOutImages: heldOut },
    heldOutLoss: mean(heldOutScore.losses),
    heldOutError: heldOutScore.wrong / heldOut,
    leastSquaresHeldOutLoss: mean(leastSquaresScore.losses),
    leastSquaresHeldOutError: leastSquaresScore.wrong / heldOut,
  };
}
