import type { Claim } from "./claim";
import { curveOf, penaltyText } from "./penalties";

export const similar: readonly Claim[] = [
  {
    statement: "At the middle layer, the more data the bottom saw, the lower the penalty.",
    paper: "better networks are more alike",
    verdict(report) {
      // From the worst trained bottom to the best.
      const middles = [curveOf(report), curveOf(report, 1), curveOf(report, 2)].map(({ sites }) => {
        const site = sites[Math.floor(sites.length / 2)];
        if (!site) throw new RangeError("sites: expected a middle one, found none");
        return site;
      });
      const falls = middles.every(
        ({ penalty }, k) => k === 0 || penalty <= (middles[k - 1]?.penalty ?? NaN),
      );
      return { ours: middles.map(penaltyText).join("; "), holds: falls };
    },
  },
];
