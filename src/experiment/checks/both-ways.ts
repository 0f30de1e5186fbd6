import { curveKey } from "../spec";
import { nothingYet, ownCurve, pointsText, worstBy, type Check } from "./check";

/** Points that the two directions may differ by, besides twice the standard error. */
const mostBetweenWays = 5;

export const bothWays: Check = {
  title: "Does it cost the same the other way?",
  threshold: `Passed if no layer’s two penalties differ by more than ${mostBetweenWays} points.`,
  meaning:
    "If only one direction is cheap, one network holds what the other needs, and not the reverse.",
  source: "Grant 2025, “Model alignment search”",
  find(subject) {
    const { curve, sites } = ownCurve(subject);
    if (sites.length === 0) return nothingYet;
    const { top, bottom } = curve;
    if (top === bottom) {
      return { outcome: "passed", measured: "Both networks are the same one." };
    }
    const reverse = curveKey({ ...curve, top: bottom, bottom: top });
    const place = subject.spec.curves.findIndex((other) => curveKey(other) === reverse);
    const back = subject.curves[place] ?? [];
    const pairs = sites.flatMap((there) => {
      const here = back.find(({ name }) => name === there.name);
      return here ? [{ there, here, gap: gapOf(there, here) }] : [];
    });
    if (pairs.length === 0) {
      const measured = "Only one direction was measured.";
      return { outcome: "unknown", measured, remedy: place < 0 ? "other way" : "run" };
    }
    const { there, here, gap } = worstBy(pairs, (pair) => pair.gap);
    return {
      outcome: 100 * gap > mostBetweenWays ? "failed" : "passed",
      measured: `The directions differ most at ${there.name}: ${pointsText(there.penalty)} points this way, ${pointsText(here.penalty)} the other way.`,
    };
  },
};

interface Estimate {
  readonly penalty: number;
  readonly penaltyStandardError: number;
}

/** How much further apart two penalties are than twice the standard error of their difference. */
function gapOf(a: Estimate, b: Estimate): number {
  const error = Math.hypot(a.penaltyStandardError, b.penaltyStandardError);
  return Math.abs(a.penalty - b.penalty) - 2 * error;
}
