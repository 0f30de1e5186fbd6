import type { Claim } from "./claim";
import { beyond, curveOf, largest, told, within } from "./penalties";

export const random: readonly Claim[] = [
  {
    statement: "At the deepest layers no stitch makes an untrained bottom useful.",
    paper: "about +34",
    verdict(report) {
      const worst = largest(curveOf(report));
      return { ours: `up to ${told(worst)}`, holds: beyond(worst, 20) };
    },
  },
  {
    statement: "The network’s own bottom, beneath a stitch that must be learnt, costs nothing.",
    paper: "a control; not in the figure",
    verdict(report) {
      const worst = largest(curveOf(report, 0));
      return { ours: `at most ${told(worst)}`, holds: within(worst, 1) };
    },
  },
];
