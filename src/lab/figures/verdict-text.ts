/** How a figure's claim fares here, in words. */
import type { Judged } from "../../experiment/sketch";

export interface VerdictText {
  /** What the paper has, and what ours shows. */
  readonly numbers: string;
  /** "holds" or "does not hold here", with the reason. */
  readonly verdict: string;
  /** "4 of 5 claims hold"; null where there is one claim only. */
  readonly count: string | null;
}

export function verdictText({
  statement,
  paper,
  ours,
  holds,
  because,
  held,
  claims,
}: Judged): VerdictText {
  // "not in the paper", "not measured" say so themselves.
  const theirs = paper.startsWith("not ") ? paper : `paper ${paper}`;
  const reason = because === undefined ? "" : `, ${because}`;
  return {
    numbers: holds
      ? `${theirs} · here ${ours}`
      : `${theirs}: “${statement.replace(/\.$/, "")}” · here ${ours}`,
    verdict: holds ? "holds" : `does not hold here${reason}`,
    count: claims === 1 ? null : `${held} of ${claims} claims hold`,
  };
}
