import type { Claim } from "./claim";
import { beyond, curveOf, largest, told, within } from "./penalties";

export const deeper: readonly Claim[] = [
  {
    statement: "Networks of 164 layers stitch at every depth.",
    paper: "−1 to +5",
    verdict(report) {
      const worst = largest(curveOf(report));
      return { ours: `at most ${told(worst)}`, holds: within(worst, 5) };
    },
  },
  {
    statement: "An untrained bottom does not.",
    paper: "not in the paper at this depth",
    verdict(report) {
      const worst = largest(curveOf(report, 0));
      return { ours: `up to ${told(worst)}`, holds: beyond(worst, 20) };
    },
  },
];
