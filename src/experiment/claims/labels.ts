import type { CurveReport, SiteResult } from "../report";
import type { Claim } from "./claim";
import { isBeyond, curveOf, largest, penaltyText, isWithin } from "./penalties";

/** The worst site of the first half. */
function worstEarly({ top, bottom, sites }: CurveReport): SiteResult {
  return largest({ top, bottom, sites: sites.slice(0, Math.ceil(sites.length / 2)) });
}

function freeEarly(statement: string, curve = 0): Claim {
  return {
    statement,
    paper: "about 0 in the first half",
    verdict(report) {
      const worst = worstEarly(curveOf(report, curve));
      return { ours: `at most ${penaltyText(worst)}`, holds: isWithin(worst, 5) };
    },
  };
}

export const labels: readonly Claim[] = [
  freeEarly("Objects against animals: the first half is free."),
  freeEarly("A tenth of the labels random: the first half is free.", 1),
  freeEarly("Half of the labels random: the first half is free.", 2),
  {
    statement: "All labels random: useless at the top.",
    paper: "about 8 at a quarter of the depth, about 80 at the top",
    verdict(report) {
      const worst = largest(curveOf(report, 3));
      return { ours: `up to ${penaltyText(worst)}`, holds: isBeyond(worst, 50) };
    },
  },
];
