import { curveKey } from "../spec";
import { nothingYet, ownCurve, pointsText, worstBy, type Check } from "./check";

/** Points that stitches of one layer from different seeds may differ by. */
const mostBetweenSeeds = 2;

export const stitchSeeds: Check = {
  title: "Is it the same from another seed of the stitch?",
  threshold: `Passed if no layer’s penalties differ by more than ${mostBetweenSeeds} points.`,
  meaning:
    "A standard error is over test images. How much a penalty depends on the order of the training images, only another seed shows.",
  source: "Bouthillier et al. 2021, “Accounting for variance in machine learning benchmarks”",
  find(subject) {
    const { curve, sites } = ownCurve(subject);
    if (sites.length === 0) return nothingYet;
    if (sites.every(({ steps }) => steps === 0)) {
      return { outcome: "passed", measured: "Nothing was trained: no seed matters." };
    }
    const relatives = subject.spec.curves.flatMap((other, index) =>
      index !== subject.curve && curveKey({ ...other, seed: curve.seed }) === curveKey(curve)
        ? [subject.curves[index] ?? []]
        : [],
    );
    const spreads = sites.flatMap((site) => {
      const others = relatives.flatMap((results) =>
        results.filter((one) => one.site === site.site),
      );
      const penalties = [site, ...others].map(({ penalty }) => penalty);
      const [low, high] = [Math.min(...penalties), Math.max(...penalties)];
      const error = Math.SQRT2 * site.penaltyStandardError;
      return others.length > 0
        ? [{ name: site.name, seeds: penalties.length, low, high, gap: high - low - 2 * error }]
        : [];
    });
    if (spreads.length === 0) {
      const measured = "Each stitch was trained from one seed.";
      return { outcome: "unknown", measured, remedy: relatives.length > 0 ? "run" : "seeds" };
    }
    const { name, seeds, low, high, gap } = worstBy(spreads, (spread) => spread.gap);
    return {
      outcome: 100 * gap > mostBetweenSeeds ? "failed" : "passed",
      measured: `${seeds} seeds differ most at ${name}: ${pointsText(low)} to ${pointsText(high)} points.`,
    };
  },
};
