/** Scoring in parts, and resuming unfinished scoring. */
import type { ClassIndices } from "../core/data/form";
import type { ScoredBefore, ScoringEvent } from "../core/scoring/score";
import type { StitchTask } from "../experiment/plan/task";
import type { Scored, ScoringTask } from "./kinds/scoring";

/** What was scored before; undefined where it cannot belong to `count` images. */
export function fittingScored(
  before: Scored | null | undefined,
  count: number,
): Scored | undefined {
  if (!before) return undefined;
  const { scored, wrong, predicted } = before;
  const whole = scored <= count;
  const complete = [wrong, predicted ?? wrong].every(({ length }) => length === count);
  return complete && whole ? before : undefined;
}

export function emptyScored(): Scored {
  return { scored: 0, wrong: new Uint8Array(), predicted: new Uint8Array() };
}

/** The form in which `scoreNetwork` and its like resume; undefined where nothing was scored. */
export function resumedFrom({ scored, wrong, predicted }: Scored): ScoredBefore {
  if (scored === 0) return undefined;
  return { scored, wrong: [wrong], predicted: predicted ? [predicted] : null };
}

/** A copy of what was scored of the only function. */
export function scoredOf({ scored, wrong, predicted }: ScoringEvent): Scored {
  const classes = predicted?.[0]?.slice();
  const flags = wrong[0]?.slice() ?? new Uint8Array();
  return { scored, wrong: flags, ...(classes && { predicted: classes }) };
}

/** Classes in the form that a result or a checkpoint has. */
export function withPredicted(predicted: ClassIndices | undefined): { predicted?: ClassIndices } {
  return predicted ? { predicted } : {};
}

/** What was found of a stitch without finite logits, for people. */
export function notFiniteLogits(images: number): string {
  return `logits that are not finite for ${images} test image${images === 1 ? "" : "s"}`;
}

/** The part of a stitch task that any worker can do once the stitch is trained. */
export function scoringTask(
  { bottom, top, sites, perturbation, site, test }: StitchTask,
  stitch: ScoringTask["stitch"],
  { first, end }: Pick<ScoringTask, "first" | "end">,
): ScoringTask {
  return { type: "scoring", bottom, top, sites, perturbation, site, test, first, end, stitch };
}
