import { isClosedForm, rankOf, trainedRankOf } from "../family";
import { curveKey } from "../spec";
import { nothingYet, ownCurve, worstBy, type Check } from "./check";

/** Share of what a stitch gains over guessing that the rank has to keep. */
const gainKept = 0.95;

export const rank: Check = {
  title: "How many directions does the top need?",
  threshold: null,
  meaning:
    "Few of them, such as one less than there are classes, carry the answer and little else of what the bottom represents.",
  source: "Smith, Mannering & Marcu 2025",
  find(subject) {
    const { curve, sites } = ownCurve(subject);
    const { spec, curves, classes } = subject;
    if (sites.length === 0) return nothingYet;
    const swept = spec.curves.flatMap((other, index) => {
      const { family } = other;
      const own = isClosedForm(family) ? rankOf(family) : trainedRankOf(family);
      const isRelative = curveKey({ ...other, family: "affine" }) === curveKey(curve);
      return own !== undefined && isRelative ? [{ rank: own, sites: curves[index] ?? [] }] : [];
    });
    const needed = sites.flatMap((site) => {
      const guessing = 1 - 1 / (classes ?? 10);
      const allowed = site.testError + (1 - gainKept) * (guessing - site.testError);
      const enough = swept.filter(({ sites: others }) =>
        others.some((other) => other.site === site.site && other.testError <= allowed),
      );
      return enough.length > 0
        ? [{ name: site.name, rank: Math.min(...enough.map((each) => each.rank)) }]
        : [];
    });
    if (swept.length === 0 || classes === undefined) {
      const measured =
        "Stitches of low rank were not measured; “Sweep ranks”, inside a stitch, does that.";
      return { outcome: "unknown", measured, remedy: "ranks" };
    }
    if (needed.length === 0) {
      return { outcome: "noted", measured: "No rank that was measured keeps 95% of the gain." };
    }
    const { name, rank: most } = worstBy(needed, (site) => site.rank);
    return {
      outcome: "noted",
      measured: `At ${name}, a stitch of rank ${most} keeps 95% of what the stitch gains over guessing; ${classes} classes differ in ${classes - 1} directions.`,
    };
  },
};
