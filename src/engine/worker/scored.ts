/** Scorings that stopped half way. */
import { batchSize } from "../../experiment/protocol";
import type { Scored } from "../checkpoint";

/** What was scored before, if it can have been of `count` images; undefined otherwise. */
export function fittingScored(
  before: Scored | null | undefined,
  count: number,
): Scored | undefined {
  if (!before) return undefined;
  const { scored, wrong } = before;
  const whole = scored === count || (scored < count && scored % batchSize === 0);
  return wrong.length === count && whole ? before : undefined;
}

export function noneScored(): Scored {
  return { scored: 0, wrong: new Uint8Array() };
}
