import type { Claim } from "./claim";
import { curveOf, largest, penaltyText, isWithin } from "./penalties";

export const halves: readonly Claim[] = [
  {
    statement: "Networks trained on disjoint halves stitch at every layer.",
    paper: "within a few points",
    verdict(report) {
      const worst = largest(curveOf(report));
      return { ours: `at most ${penaltyText(worst)}`, holds: isWithin(worst, 5) };
    },
  },
];
