import type { Claim } from "./claim";
import { curveOf, largest, penaltyText, isWithin } from "./penalties";
import { leastAlike } from "./similarities";

export const simclr: readonly Claim[] = [
  {
    statement: "A self-supervised bottom serves a supervised top.",
    paper: "at most about 3",
    verdict(report) {
      const worst = largest(curveOf(report));
      return { ours: `at most ${penaltyText(worst)}`, holds: isWithin(worst, 3) };
    },
  },
  {
    statement: "A supervised bottom serves a self-supervised top.",
    paper: "at most about 3",
    verdict(report) {
      const worst = largest(curveOf(report, 1));
      return { ours: `at most ${penaltyText(worst)}`, holds: isWithin(worst, 3) };
    },
  },
  {
    statement: "CKA falls all the same.",
    paper: "down to 0.35",
    verdict(report) {
      const least = leastAlike(curveOf(report));
      return { ours: `down to ${least.text}`, holds: least.value < 0.6 };
    },
  },
];
