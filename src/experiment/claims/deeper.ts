import type { Claim } from "./claim";
import { isBeyond, curveOf, largest, penaltyText, isWithin } from "./penalties";

export const deeper: readonly Claim[] = [
  {
    statement: "Networks of 164 layers stitch at every depth.",
    paper: "−1 to +5",
    verdict(report) {
      const worst = largest(curveOf(report));
      return { ours: `at most ${penaltyText(worst)}`, holds: isWithin(worst, 5) };
    },
  },
  {
    statement: "An untrained bottom does not.",
    paper: "not in the paper at this depth",
    verdict(report) {
      const worst = largest(curveOf(report, 1));
      return { ours: `up to ${penaltyText(worst)}`, holds: isBeyond(worst, 20) };
    },
  },
];
