import type { Claim } from "./claim";
import { curveOf, largest, smallest, penaltyText } from "./penalties";

export const data: readonly Claim[] = [
  {
    statement: "A bottom that saw 25,000 images improves a top that saw 10,000.",
    paper: "about −5 in the middle, −22 near the top",
    verdict(report) {
      const best = smallest(curveOf(report));
      const gains = 100 * (best.penalty + 2 * best.penaltyStandardError) < 0;
      return { ours: `best ${penaltyText(best)}`, holds: gains };
    },
  },
  {
    statement: "A bottom that saw 5,000 costs it a great deal.",
    paper: "+15 to +18",
    verdict(report) {
      const worst = largest(curveOf(report, 1));
      const costs = 100 * (worst.penalty - 2 * worst.penaltyStandardError) > 5;
      return { ours: `up to ${penaltyText(worst)}`, holds: costs };
    },
  },
];
