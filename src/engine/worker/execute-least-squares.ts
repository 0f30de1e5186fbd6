/**
 * Executes a least-squares task: solves for every tap, and scores them all in one pass of the bottom. The task of the
 * first range also takes the measures of similarity, whose decompositions would hold up the host.
 */
import type { ClosedFormSums } from "../../core/similarity/sums";
import { imageRange } from "../../core/data/image-set";
import { LabError } from "../../core/errors";
import { similarityOf } from "../../core/similarity/measures";
import { leastSquares, type LeastSquaresFit } from "../../core/stitch/families/least-squares";
import type { LeastSquaresTask } from "../../experiment/task";
import type { CheckpointOf } from "../checkpoint";
import type { TaskEvent } from "../messages";
import type { LeastSquaresResult } from "../result";
import type { WorkerContext } from "./context";
import { emptyScores, scoreFits } from "./score-fits";

/** @param sums one a tap of the task */
export async function* executeLeastSquares(
  task: LeastSquaresTask,
  sums: readonly ClosedFormSums[],
  from: CheckpointOf<"least-squares"> | undefined,
  context: WorkerContext,
): AsyncGenerator<TaskEvent> {
  const pair = await context.pair(task);
  const images = imageRange(await context.images(task.test), task.first, task.end);
  const solutions = task.asked.map((tap, k) => ({ tap, ...solved(sums[k]) }));
  const fits = solutions.flatMap(({ tap, fit }) => (fit ? [{ tap, map: fit }] : []));
  const range = `${String(task.first)} to ${String(task.end)}`;
  const what = `least-squares stitches on test images ${range}`;
  const scores = yield* scoreFits(pair, fits, images, from, what);
  const taps = solutions.map(({ tap, fit, found }, k): LeastSquaresResult["sites"][number] => {
    if (!fit) return { outcome: "singular", site: tap, found };
    const { r2, relativeRidge, condition, deadChannels } = fit;
    const score = scores.get(tap) ?? emptyScores;
    const quality = { r2, relativeRidge, condition, deadChannels };
    const gathered = task.first === 0 ? sums[k] : undefined;
    const similarity = gathered ? similarityOf(gathered) : null;
    return { outcome: "scored", site: tap, ...score, ...quality, similarity };
  });
  yield { type: "result", result: { type: "least-squares", sites: taps } };
}

/** The least-squares stitch, or that there is none. @throws LabError for sums that are missing */
function solved(
  sums: ClosedFormSums | undefined,
): { fit: LeastSquaresFit; found?: undefined } | { fit?: undefined; found: string } {
  if (!sums) throw missingSums();
  try {
    return { fit: leastSquares(sums.moments) };
  } catch (thrown) {
    if (!(thrown instanceof LabError) || thrown.code !== "numerics") throw thrown;
    return { found: thrown.found };
  }
}

export function missingSums(): LabError {
  return new LabError({
    code: "bad-input",
    input: "stitch task",
    expected: "the closed-form sums of its taps",
    found: "none",
  });
}
