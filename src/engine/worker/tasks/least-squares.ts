/**
 * Solves for the least-squares stitch at every site, and scores them all in one pass of the bottom.
 */
import type { ClosedFormSums } from "../../../core/similarity/sums";
import { LabError } from "../../../core/errors";
import {
  leastSquares as solve,
  type LeastSquaresFit,
} from "../../../core/stitch/families/least-squares";
import { areFinite } from "../../../core/stitch/moments";
import type { LeastSquaresTask } from "../../../experiment/plan/task";
import type { LeastSquaresResult } from "../../kinds/least-squares";
import type { CheckpointOf } from "../../kinds/registry";
import type { TaskEvent } from "../../messages";
import { missingSums, type Executor, type ExecutorDeps } from "./executor";
import { divergence, fitsExecutor, overflow, scoreFits } from "./score-fits";

export const leastSquares = {
  ...fitsExecutor,
  execute,
} satisfies Executor<LeastSquaresTask>;

async function* execute(
  task: LeastSquaresTask,
  from: CheckpointOf<"least-squares"> | undefined,
  { sums, context }: ExecutorDeps,
): AsyncGenerator<TaskEvent> {
  const solutions = task.asked.map((site, k) => ({ site, ...solved(sums[k]) }));
  const scores = yield* scoreFits(task, solutions, "least-squares stitches", from, context);
  const sites = solutions.map(({ site, fit, none }): LeastSquaresResult["sites"][number] => {
    if (!fit) return { ...none, site };
    const diverged = divergence(scores(site));
    if (diverged) return { ...diverged, site };
    const { r2, relativeRidge, condition, deadChannels } = fit;
    const quality = { r2, relativeRidge, condition, deadChannels, similarity: null };
    return { outcome: "scored", site, ...scores(site), ...quality };
  });
  yield { type: "result", result: { type: "least-squares", sites } };
}

type None = Omit<Exclude<LeastSquaresResult["sites"][number], { outcome: "scored" }>, "site">;

/** The least-squares stitch, or why there is none. @throws LabError for sums that are missing */
function solved(
  sums: ClosedFormSums | undefined,
): { fit: LeastSquaresFit; none?: undefined } | { fit?: undefined; none: None } {
  if (!sums) throw missingSums();
  if (!areFinite(sums.moments)) return { none: overflow };
  try {
    return { fit: solve(sums.moments) };
  } catch (thrown) {
    if (!(thrown instanceof LabError) || thrown.code !== "numerics") throw thrown;
    return { none: { outcome: "singular", found: thrown.found } };
  }
}
