/** From the results of tasks to the numbers of a report. */
import { debiasedCka, addHsic, noHsic } from "../../core/similarity/linear-cka";
import { errorOf, penaltyOf } from "../../core/scoring/penalty";
import type { LeastSquaresScore } from "../../experiment/events";
import type { ModelResult, TapResult } from "../../experiment/report";
import type { BaselineResult, ClosedFormResult, StitchResult } from "../result";

export function modelResult(
  model: { readonly id: string; readonly sha256: string },
  { wrong }: BaselineResult,
): ModelResult {
  const { value, standardError } = errorOf(wrong);
  return {
    id: model.id,
    sha256: model.sha256,
    testError: value,
    testErrorStandardError: standardError,
  };
}

/** Debiased CKA at a tap over all parts of the images; null where it is undefined. */
export function ckaAt(parts: readonly ClosedFormResult[], tap: number): number | null {
  return debiasedCka(
    parts.reduce((sums, part) => addHsic(sums, part.sums[tap]?.hsic ?? noHsic), noHsic),
  );
}

export function leastSquaresScore(
  tap: number,
  wrong: Uint8Array,
  top: BaselineResult,
): LeastSquaresScore {
  const penalty = penaltyOf(wrong, top.wrong);
  return {
    tap,
    testError: errorOf(wrong).value,
    penalty: penalty.value,
    penaltyStandardError: penalty.standardError,
  };
}

export function tapResult(
  tap: number,
  name: string,
  cka: number | null,
  stitch: StitchResult,
  top: BaselineResult,
): TapResult {
  const penalty = penaltyOf(stitch.wrong, top.wrong);
  const leastSquares = leastSquaresScore(tap, stitch.leastSquaresWrong, top);
  return {
    tap,
    name,
    testError: errorOf(stitch.wrong).value,
    penalty: penalty.value,
    penaltyStandardError: penalty.standardError,
    cka,
    leastSquaresTestError: leastSquares.testError,
    leastSquaresPenaltyStandardError: leastSquares.penaltyStandardError,
    leastSquaresR2: stitch.leastSquaresR2,
    steps: stitch.steps,
    finalTrainLoss: stitch.finalTrainLoss,
    seconds: stitch.seconds,
  };
}
