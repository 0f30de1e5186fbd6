import type { Claim } from "./claim";
import { isBeyond, curveOf, largest, penaltyText, isWithin } from "./penalties";

export const random: readonly Claim[] = [
  {
    statement: "At the deepest layers no stitch makes an untrained bottom useful.",
    paper: "about +34",
    verdict(report) {
      const worst = largest(curveOf(report));
      return { ours: `up to ${penaltyText(worst)}`, holds: isBeyond(worst, 20) };
    },
  },
  {
    statement: "The network’s own bottom, beneath a stitch that must be learnt, costs nothing.",
    paper: "a control; not in the figure",
    verdict(report) {
      const worst = largest(curveOf(report, 1));
      return { ours: `at most ${penaltyText(worst)}`, holds: isWithin(worst, 1) };
    },
  },
];
