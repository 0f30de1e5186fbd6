import type { Claim } from "./claim";
import { isBeyond, curveOf, smallest, penaltyText, isWithin } from "./penalties";

export const transformer: readonly Claim[] = [
  {
    statement: "At the input neither can use what the other computes.",
    paper: "not in the paper",
    verdict(report) {
      const inputs = [curveOf(report), curveOf(report, 1)].flatMap(({ sites }) => sites[0] ?? []);
      return {
        ours: inputs.map(penaltyText).join("; "),
        holds: inputs.every((site) => isBeyond(site, 20)),
      };
    },
  },
  {
    statement: "Somewhere a ResNet’s bottom serves the transformer better than its own.",
    paper: "not in the paper",
    verdict(report) {
      const best = smallest(curveOf(report, 1));
      const gains = best.penalty + 2 * best.penaltyStandardError < 0;
      return { ours: `best ${penaltyText(best)}`, holds: gains };
    },
  },
  {
    statement:
      "At the input a trained transformer serves a ResNet no better than an untrained one.",
    paper: "not in the paper",
    verdict(report) {
      const [trained] = curveOf(report).sites;
      const [untrained] = curveOf(report, 2).sites;
      if (!trained || !untrained) throw new RangeError("sites: expected a first one, found none");
      const gain = { ...trained, penalty: untrained.penalty - trained.penalty };
      return {
        ours: `${penaltyText(trained)}; untrained ${penaltyText(untrained)}`,
        holds: isWithin(gain, 2),
      };
    },
  },
];
