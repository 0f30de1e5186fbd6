import type { Claim } from "./claim";
import { curveOf, largest, smallest, told, within } from "./penalties";

export const transformer: readonly Claim[] = [
  {
    statement: "Somewhere a ResNet’s bottom serves the transformer better than its own.",
    paper: "not in the paper",
    verdict(report) {
      const best = smallest(curveOf(report, 0));
      const gains = best.penalty + 2 * best.penaltyStandardError < 0;
      return { ours: `best ${told(best)}`, holds: gains };
    },
  },
  {
    statement: "Two transformers are stitched at every layer.",
    paper: "ViT worst near the middle, up to +5",
    verdict(report) {
      const worst = largest(curveOf(report, 1));
      return { ours: `at most ${told(worst)}`, holds: within(worst, 5) };
    },
  },
];
