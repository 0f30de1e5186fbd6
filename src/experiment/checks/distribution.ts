import { usualOutside } from "../../core/stitched/out-of-distribution";
import { nothingYet, ownCurve, percentText, worstBy, type Check } from "./check";

/** Share of the images that may lie outside: three times as many as of the top's own. */
const mostOutside = 3 * usualOutside;

export const distribution: Check = {
  title: "Does the stitch stay within the top’s distribution?",
  threshold: `Passed if at most ${percentText(mostOutside)} of the images lie outside, at every layer.`,
  meaning:
    "If it does not, the top is driven to the right answers by activations that it never has itself.",
  source: "Balogh & Jelasity 2025; Mahalanobis distance as in Lee et al. 2018",
  find(subject) {
    const { curve, sites } = ownCurve(subject);
    if (sites.length === 0) return nothingYet;
    if (curve.family === "fresh-top") {
      return {
        outcome: "noted",
        measured: "There is no stitch: the top was trained from scratch.",
      };
    }
    const found = sites.flatMap(({ name, departure }) => {
      const { outsideAtSite: atSite = null, outsideAtPenultimate: atLast = null } = departure ?? {};
      return atSite === null || atLast === null ? [] : [{ name, atSite, atLast }];
    });
    if (found.length === 0) {
      const measured = `How many images leave the top’s distribution was not measured; of the top’s own, ${percentText(usualOutside)} would count.`;
      return { outcome: "unknown", measured, remedy: "departure" };
    }
    const stitch = worstBy(found, ({ atSite }) => atSite);
    const last = worstBy(found, ({ atLast }) => atLast);
    return {
      outcome: Math.max(stitch.atSite, last.atLast) > mostOutside ? "failed" : "passed",
      measured: `Up to ${percentText(stitch.atSite)} of the images lie outside at the stitch (${stitch.name}), up to ${percentText(last.atLast)} at the top’s last layer (stitched at ${last.name}); of the top’s own, ${percentText(usualOutside)}.`,
    };
  },
};
