/** How a figure's claim fares here, in words. */
import type { Judged } from "../../experiment/sketch";

export interface VerdictText {
  /** What the paper has, and what ours shows. */
  readonly numbers: string;
  /** Whether the claim holds here. */
  readonly verdict: string;
  /** Why it does not, and of how many claims that is true; empty where all hold. */
  readonly more: string;
}

export function verdictText({ paper, ours, holds, because, held, claims }: Judged): VerdictText {
  // "not in the paper", "not measured" say so themselves.
  const theirs = paper.startsWith("not ") ? paper : `paper ${paper}`;
  const reason = because === undefined ? "" : `, ${because}`;
  const count = held === claims || claims === 1 ? "" : ` · ${held} of ${claims} claims hold`;
  return {
    numbers: `${theirs} · here ${ours}`,
    verdict: holds ? "holds" : "does not hold here",
    more: reason + count,
  };
}
