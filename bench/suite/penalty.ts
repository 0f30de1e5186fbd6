/**
 * Time to penalty at one tap: `quick` until its penalty is reported, next to the paper's protocol in
 * PyTorch, both from their first image. Ours has arrived when its penalty is within half a point of
 * PyTorch's last one, or below.
 */
import * as z from "../../src/core/schema";
import { defaultSpec } from "../../src/experiment/spec";
import { resultAt, timedRun, type Setting } from "./engine";

const halfAPoint = 0.005;

/** One run of `quick` at one tap, with nothing stored. */
export const quickSchema = z.object({
  tap: z.number(),
  trainImages: z.number(),
  /** From the first image until the least-squares penalty, then until the last one. */
  leastSquaresSeconds: z.number(),
  seconds: z.number(),
  /** Before the first image: files are read and workers started. */
  startSeconds: z.number(),
  /** Fractions, on the test images. */
  leastSquaresPenalty: z.number(),
  penalty: z.number(),
  standardError: z.number(),
  steps: z.number(),
});
export type Quick = z.infer<typeof quickSchema>;

export async function quickAt(
  tap: number,
  trainImages: number,
  testImages: number,
  setting: Setting,
): Promise<Quick> {
  const { top, bottom } = setting.models;
  const spec = {
    ...defaultSpec(top.id, bottom.id, "quick"),
    sites: [tap],
    trainImages,
    testImages,
  };
  const run = await timedRun(spec, setting);
  const { penalty, penaltyStandardError, steps } = resultAt(run.report, tap);
  return {
    tap,
    trainImages,
    penalty,
    steps,
    seconds: (run.tapSeconds.get(tap) ?? NaN) - run.firstImageSeconds,
    startSeconds: run.firstImageSeconds,
    leastSquaresSeconds: (run.leastSquaresSeconds ?? NaN) - run.firstImageSeconds,
    leastSquaresPenalty: run.leastSquares.get(tap) ?? NaN,
    standardError: penaltyStandardError,
  };
}

/**
 * @returns seconds until the penalty was within half a point of `target`; null where it never was
 */
export function arrivalSeconds(quick: Quick, target: number): number | null {
  const arrived = (penalty: number): boolean => penalty <= target + halfAPoint;
  // A stitch that training then makes worse than that has not arrived.
  if (!arrived(quick.penalty)) return null;
  return arrived(quick.leastSquaresPenalty) ? quick.leastSquaresSeconds : quick.seconds;
}
