/**
 * What the paper says of better bottoms, wider or trained longer: they cost nothing, and late they
 * gain a little.
 */
import { curveOf, largest, smallest, penaltyText, isWithin } from "./penalties";
import type { Claim } from "./figure";

/** @param nothingLost the first claim, in the preset's own words */
export function gainClaims(nothingLost: string): readonly Claim[] {
  return [
    {
      statement: nothingLost,
      paper: "gains under 1, none lost",
      verdict(report) {
        const worst = largest(curveOf(report));
        return { ours: `at most ${penaltyText(worst)}`, holds: isWithin(worst, 1) };
      },
    },
    {
      statement: "Late in the network it is a gain.",
      paper: "gains under 1, late",
      verdict(report) {
        const best = smallest(curveOf(report));
        const gains = best.penalty + 2 * best.penaltyStandardError < 0;
        return { ours: `best ${penaltyText(best)}`, holds: gains };
      },
    },
  ];
}
