/** Finds a family's best stitch at every site, and scores them all in one pass of the bottom. */
import { LabError } from "../../../core/errors";
import type { FamilyFit } from "../../../core/stitch/families/family";
import { areFinite, type Moments } from "../../../core/stitch/moments";
import type { ClosedFamily } from "../../../experiment/family";
import type { FamilyTask } from "../../../experiment/plan/task";
import { fitOf } from "../../family-fit";
import type { FamilyResult } from "../../kinds/family";
import type { CheckpointOf } from "../../kinds/registry";
import type { TaskEvent } from "../../messages";
import { missingSums, type Executor, type ExecutorDeps } from "./executor";
import { divergence, fitsExecutor, overflow, scoreFits } from "./score-fits";

export const family = {
  ...fitsExecutor,
  execute,
} satisfies Executor<FamilyTask>;

async function* execute(
  task: FamilyTask,
  from: CheckpointOf<"least-squares"> | undefined,
  { sums, context }: ExecutorDeps,
): AsyncGenerator<TaskEvent> {
  const solutions = task.asked.map((site, k) => ({
    site,
    ...fitted(task.family, sums[k]?.moments),
  }));
  const scores = yield* scoreFits(task, solutions, `${task.family} stitches`, from, context);
  const sites = solutions.map(({ site, fit, none }): FamilyResult["sites"][number] => {
    if (!fit) return { ...none, site };
    const diverged = divergence(scores(site));
    if (diverged) return { ...diverged, site };
    return { outcome: "scored", site, ...scores(site), r2: fit.r2 };
  });
  yield { type: "result", result: { type: "family", sites } };
}

type None = Omit<Exclude<FamilyResult["sites"][number], { outcome: "scored" }>, "site">;

/** The family's stitch, or why there is none. @throws LabError for sums that are missing */
function fitted(
  family: ClosedFamily,
  moments: Moments | undefined,
): { fit: FamilyFit; none?: undefined } | { fit?: undefined; none: None } {
  if (!moments) throw missingSums();
  if (!areFinite(moments)) return { none: overflow };
  try {
    return { fit: fitOf(family, moments) };
  } catch (thrown) {
    if (!(thrown instanceof LabError)) throw thrown;
    const { code, expected, found } = thrown;
    if (code === "numerics") return { none: { outcome: "singular", found } };
    if (code !== "bad-shape") throw thrown;
    return { none: { outcome: "no-such-stitch", found: `${expected}: ${found}` } };
  }
}
