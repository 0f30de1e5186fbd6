import { nothingYet, ownCurve, pointsText, worstBy, type Check } from "./check";

/** Points by which training for the task may beat least squares. */
const mostFromTraining = 5;

export const matched: Check = {
  title: "Does matching the top’s activations do as well?",
  threshold: `Passed if training gains at most ${mostFromTraining} points over least squares, at every layer.`,
  meaning:
    "A stitch trained for the task may find the answers in activations that do not match. What least squares reaches needs no labels.",
  source: "Balogh & Jelasity 2025; Csiszárik et al. 2021",
  find(subject) {
    const { sites } = ownCurve(subject);
    if (sites.length === 0) return nothingYet;
    if (sites.every(({ steps }) => steps === 0)) {
      return { outcome: "passed", measured: "Nothing was trained: the stitches are matched." };
    }
    const gaps = sites.map((site) => {
      const apart = site.leastSquaresTestError - site.testError;
      // As if the two were independent: they share their test images, so it is less.
      const error = Math.hypot(site.penaltyStandardError, site.leastSquaresPenaltyStandardError);
      return { ...site, gap: apart - 2 * error };
    });
    const { name, gap, penalty, testError, leastSquaresTestError } = worstBy(
      gaps,
      (site) => site.gap,
    );
    const byMatching = penalty + leastSquaresTestError - testError;
    return {
      outcome: 100 * gap > mostFromTraining ? "failed" : "passed",
      measured: `Training helps most at ${name}: ${pointsText(penalty)} points, ${pointsText(byMatching)} by least squares.`,
    };
  },
};
