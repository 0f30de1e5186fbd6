import type { Claim } from "./claim";
import { isBeyond, curveOf, largest, penaltyText, isWithin } from "./penalties";

export const adversarial: readonly Claim[] = [
  {
    statement: "A robust bottom serves a usual top in the first half.",
    paper: "not in the paper",
    verdict(report) {
      const curve = curveOf(report);
      const early = curve.sites.slice(0, Math.ceil(curve.sites.length / 2));
      const worst = largest({ ...curve, sites: early });
      return { ours: `at most ${penaltyText(worst)}`, holds: isWithin(worst, 5) };
    },
  },
  {
    statement: "Near the top it costs more than another seed does.",
    paper: "not in the paper",
    verdict(report) {
      const worst = largest(curveOf(report));
      const seed = largest(curveOf(report, 2));
      return {
        ours: `up to ${penaltyText(worst)}; another seed ${penaltyText(seed)}`,
        holds: isBeyond(worst, 100 * seed.penalty),
      };
    },
  },
];
