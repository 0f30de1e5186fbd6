import type { Claim } from "./claim";
import { beyond, curveOf, smallest, told } from "./penalties";

export const transformer: readonly Claim[] = [
  {
    statement: "At the input neither can use what the other computes.",
    paper: "not in the paper",
    verdict(report) {
      const inputs = [curveOf(report), curveOf(report, 0)].flatMap(({ taps }) => taps[0] ?? []);
      return {
        ours: inputs.map(told).join("; "),
        holds: inputs.every((tap) => beyond(tap, 20)),
      };
    },
  },
  {
    statement: "Somewhere a ResNet’s bottom serves the transformer better than its own.",
    paper: "not in the paper",
    verdict(report) {
      const best = smallest(curveOf(report, 0));
      const gains = best.penalty + 2 * best.penaltyStandardError < 0;
      return { ours: `best ${told(best)}`, holds: gains };
    },
  },
];
