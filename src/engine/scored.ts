/** Scorings that stopped half way. */
import type { ScoredBefore, ScoringEvent } from "../core/scoring/score";
import { batchSize } from "../experiment/protocol";
import type { Scored } from "./kinds/scoring";

/** What was scored before, if it can have been of `count` images; undefined otherwise. */
export function fittingScored(
  before: Scored | null | undefined,
  count: number,
): Scored | undefined {
  if (!before) return undefined;
  const { scored, wrong, predicted } = before;
  const whole = scored === count || (scored < count && scored % batchSize === 0);
  const complete = [wrong, predicted ?? wrong].every(({ length }) => length === count);
  return complete && whole ? before : undefined;
}

export function emptyScored(): Scored {
  return { scored: 0, wrong: new Uint8Array(), predicted: new Uint8Array() };
}

/** As `scoreNetwork` and its like go on from; undefined where nothing was scored. */
export function resumedFrom({ scored, wrong, predicted }: Scored): ScoredBefore {
  if (scored === 0) return undefined;
  return { scored, wrong: [wrong], predicted: predicted ? [predicted] : null };
}

/** What was scored of the only function, on memory of its own. */
export function scoredOf({ scored, wrong, predicted }: ScoringEvent): Scored {
  const classes = predicted?.[0]?.slice();
  const flags = wrong[0]?.slice() ?? new Uint8Array();
  return { scored, wrong: flags, ...(classes && { predicted: classes }) };
}

/** Classes as a result or a checkpoint has them. */
export function withPredicted(predicted: Uint8Array | undefined): { predicted?: Uint8Array } {
  return predicted ? { predicted } : {};
}
