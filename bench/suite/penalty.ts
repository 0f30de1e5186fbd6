/**
 * Time to penalty at one tap: `quick` until its penalty is told, beside the paper's protocol in PyTorch. Ours has
 * arrived when its penalty is within half a point of PyTorch's last one, or below.
 */
import { defaultSpec } from "../../src/experiment/spec";
import { resultAt, timedRun, type Setting } from "./engine";
import type { Paper } from "./paper";

const halfAPoint = 0.005;

export interface TimeToPenalty {
  readonly tap: number;
  readonly trainImages: number;
  /** Until the penalty was within half a point of PyTorch's; null where it never was. */
  readonly seconds: number | null;
  /** Of the whole run. */
  readonly totalSeconds: number;
  readonly penalty: number;
  readonly standardError: number;
  readonly leastSquaresPenalty: number;
  readonly steps: number;
}

export async function timeToPenalty(
  paper: Paper,
  trainImages: number,
  testImages: number,
  setting: Setting,
): Promise<TimeToPenalty> {
  const { tap } = paper;
  const { top, bottom } = setting.models;
  const spec = { ...defaultSpec(top.id, bottom.id, "quick"), taps: [tap], trainImages, testImages };
  const run = await timedRun(spec, setting);
  const { penalty, penaltyStandardError, steps } = resultAt(run.report, tap);
  const leastSquaresPenalty = run.leastSquares.get(tap) ?? NaN;
  const arrived = (value: number): boolean => value <= paper.penalty + halfAPoint;
  // A stitch that training then makes worse than that has not arrived.
  const arrival = arrived(leastSquaresPenalty) ? run.leastSquaresSeconds : run.seconds;
  return {
    ...{ tap, trainImages, penalty, steps, leastSquaresPenalty },
    seconds: arrived(penalty) ? arrival : null,
    totalSeconds: run.seconds,
    standardError: penaltyStandardError,
  };
}
