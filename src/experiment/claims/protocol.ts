import type { Claim } from "./claim";
import { isBeyond, curveOf, largest, penaltyText, isWithin } from "./penalties";

export const protocol: readonly Claim[] = [
  {
    statement: "Four epochs are enough at the deepest layer.",
    paper: "trains to the end",
    verdict(report) {
      const last = curveOf(report).sites.at(-1);
      if (!last) throw new RangeError("sites: expected at least one, found none");
      return { ours: penaltyText(last), holds: isWithin(last, 1) };
    },
  },
  {
    statement: "They are not at the early ones.",
    paper: "trains to the end",
    verdict(report) {
      const worst = largest(curveOf(report));
      return { ours: `up to ${penaltyText(worst)}`, holds: isBeyond(worst, 10) };
    },
  },
];
