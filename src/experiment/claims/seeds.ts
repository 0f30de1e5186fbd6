import type { Claim } from "./claim";
import { isBeyond, curveOf, largest, penaltyText, isWithin } from "./penalties";

export const seeds: readonly Claim[] = [
  {
    statement: "Trained networks of different seeds stitch at every layer.",
    paper: "−1 to +5",
    verdict(report) {
      const worst = largest(curveOf(report));
      return { ours: `at most ${penaltyText(worst)}`, holds: isWithin(worst, 5) };
    },
  },
  {
    statement: "So do five-layer networks without skip connections.",
    paper: "not in the paper",
    verdict(report) {
      const worst = largest(curveOf(report, 3));
      return { ours: `at most ${penaltyText(worst)}`, holds: isWithin(worst, 5) };
    },
  },
  {
    statement: "So do Vision Transformers.",
    paper: "up to +5, worst near the middle",
    verdict(report) {
      const worst = largest(curveOf(report, 4));
      return { ours: `at most ${penaltyText(worst)}`, holds: isWithin(worst, 5) };
    },
  },
  {
    statement: "An untrained bottom does not, at the deepest layers.",
    paper: "about +34",
    verdict(report) {
      const worst = largest(curveOf(report, 1));
      return { ours: `up to ${penaltyText(worst)}`, holds: isBeyond(worst, 20) };
    },
  },
  {
    statement: "An untrained bottom is free at the first layers.",
    paper: "about 0 for the first fifth",
    verdict(report) {
      const [stem] = curveOf(report, 1).sites;
      if (!stem) throw new RangeError("sites: expected the stem, found none");
      return { ours: penaltyText(stem), holds: isWithin(stem, 3) };
    },
  },
];
