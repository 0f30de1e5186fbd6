/** Executes a family task: the family's best stitch for every tap, all scored in one pass of the bottom. */
import type { ClosedFormSums } from "../../core/similarity/sums";
import { imageRange } from "../../core/data/image-set";
import { LabError } from "../../core/errors";
import type { FamilyFit } from "../../core/stitch/families/family";
import type { Moments } from "../../core/stitch/moments";
import type { ClosedFamily } from "../../experiment/family";
import type { FamilyTask } from "../../experiment/task";
import type { CheckpointOf } from "../checkpoint";
import { fitOf } from "../family-fit";
import type { TaskEvent } from "../messages";
import type { FamilyResult } from "../result";
import type { WorkerContext } from "./context";
import { missingSums } from "./execute-least-squares";
import { emptyScores, scoreFits } from "./score-fits";

/** @param sums one a tap of the task */
export async function* executeFamily(
  task: FamilyTask,
  sums: readonly ClosedFormSums[],
  from: CheckpointOf<"least-squares"> | undefined,
  context: WorkerContext,
): AsyncGenerator<TaskEvent> {
  const pair = await context.pair(task);
  const images = imageRange(await context.images(task.test), task.first, task.end);
  const solutions = task.asked.map((tap, k) => ({ tap, ...fitted(task.family, sums[k]?.moments) }));
  const fits = solutions.flatMap(({ tap, fit }) => (fit ? [{ tap, map: fit }] : []));
  const range = `${String(task.first)} to ${String(task.end)}`;
  const what = `${task.family} stitches on test images ${range}`;
  const scores = yield* scoreFits(pair, fits, images, from, what);
  const taps = solutions.map(({ tap, fit, none }): FamilyResult["sites"][number] =>
    fit
      ? { outcome: "scored", site: tap, ...(scores.get(tap) ?? emptyScores), r2: fit.r2 }
      : { ...none, site: tap },
  );
  yield { type: "result", result: { type: "family", sites: taps } };
}

type None = Omit<Exclude<FamilyResult["sites"][number], { outcome: "scored" }>, "site">;

/** The family's stitch, or why there is none. @throws LabError for sums that are missing */
function fitted(
  family: ClosedFamily,
  moments: Moments | undefined,
): { fit: FamilyFit; none?: undefined } | { fit?: undefined; none: None } {
  if (!moments) throw missingSums();
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
