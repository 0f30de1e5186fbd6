import type { Claim } from "./claim";
import { beyond, curveOf, largest, told, within } from "./penalties";

export const adversarial: readonly Claim[] = [
  {
    statement: "A robust bottom serves a usual top in the first half.",
    paper: "not in the paper",
    verdict(report) {
      const curve = curveOf(report);
      const early = curve.taps.slice(0, Math.ceil(curve.taps.length / 2));
      const worst = largest({ ...curve, taps: early });
      return { ours: `at most ${told(worst)}`, holds: within(worst, 5) };
    },
  },
  {
    statement: "Near the top it costs more than another seed does.",
    paper: "not in the paper",
    verdict(report) {
      const worst = largest(curveOf(report));
      const seed = largest(curveOf(report, 1));
      return {
        ours: `up to ${told(worst)}; another seed ${told(seed)}`,
        holds: beyond(worst, 100 * seed.penalty),
      };
    },
  },
];
