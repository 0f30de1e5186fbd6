import type { Claim } from "./claim";
import { curveOf, largest, penaltyText, isWithin } from "./penalties";

export const scale: readonly Claim[] = [32, 16, 8].map((width, index) => ({
  statement: `Networks of ${String(width)} filters stitch at every layer.`,
  paper: "−1 to +5, at 64 filters",
  verdict(report) {
    const worst = largest(curveOf(report, index));
    return { ours: `at most ${penaltyText(worst)}`, holds: isWithin(worst, 5) };
  },
}));
