import type { Claim } from "./claim";
import { beyond, curveOf, largest, told, within } from "./penalties";

export const protocol: readonly Claim[] = [
  {
    statement: "Four epochs are enough at the deepest layer.",
    paper: "trains to the end",
    verdict(report) {
      const last = curveOf(report).taps.at(-1);
      if (!last) throw new RangeError("taps: expected at least one, found none");
      return { ours: told(last), holds: within(last, 1) };
    },
  },
  {
    statement: "They are not at the early ones.",
    paper: "trains to the end",
    verdict(report) {
      const worst = largest(curveOf(report));
      return { ours: `up to ${told(worst)}`, holds: beyond(worst, 10) };
    },
  },
];
