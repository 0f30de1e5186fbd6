import type { Claim } from "./claim";
import { isBeyond, curveOf, largest, penaltyText } from "./penalties";

export const shuffled: readonly Claim[] = [
  {
    statement: "CKA does not change.",
    paper: "invariant to any order of the features",
    verdict(report) {
      const plain = curveOf(report);
      const changes = curveOf(report, 1).sites.map(({ site, cka }) => {
        const before = plain.sites.find((other) => other.site === site)?.cka ?? NaN;
        return Math.abs((cka ?? NaN) - before);
      });
      const most = Math.max(...changes);
      return { ours: `by ${most.toFixed(4)} at most`, holds: most < 0.001 };
    },
  },
  {
    statement: "The penalty does.",
    paper: "the 1 × 1 stitch cannot put positions back",
    verdict(report) {
      const worst = largest(curveOf(report, 1));
      return { ours: `up to ${penaltyText(worst)}`, holds: isBeyond(worst, 20) };
    },
  },
];
