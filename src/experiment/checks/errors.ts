import { errorConsistency, ownErrors } from "../../core/scoring/error-overlap";
import { consistencyText, nothingYet, ownCurve, percentText, worstBy, type Check } from "./check";

/** How far a stitched network's consistency may fall below that of its two networks. */
const consistencyBelow = 0.1;

export const errors: Check = {
  title: "Does it make the errors of its networks?",
  threshold: `Passed if one of the two consistencies is at most ${consistencyBelow} below the networks’ own.`,
  meaning:
    "A network that combines the two errs where one of them errs. Errors of its own show that its answers come about in another way.",
  source: "Geirhos, Meding & Wichmann 2020, error consistency (Cohen’s κ)",
  find(subject) {
    const { sites } = ownCurve(subject);
    if (sites.length === 0) return nothingYet;
    const counted = sites.flatMap(({ name, errorOverlap: overlap }) => {
      if (!overlap) return [];
      const between = errorConsistency(overlap, "top and bottom");
      const withTop = errorConsistency(overlap, "stitched and top");
      const withBottom = errorConsistency(overlap, "stitched and bottom");
      if (between === null || withTop === null || withBottom === null) return [];
      const closest = Math.max(withTop, withBottom);
      return [{ name, between, withTop, withBottom, closest, own: ownErrors(overlap) ?? 0 }];
    });
    if (counted.length === 0) {
      const measured = "The report does not say which images each network gets wrong.";
      return { outcome: "unknown", measured, remedy: "run" };
    }
    const { name, between, withTop, withBottom, closest, own } = worstBy(
      counted,
      (site) => site.between - site.closest,
    );
    return {
      outcome: between - closest > consistencyBelow ? "failed" : "passed",
      measured: `At ${name}, consistency with the top is ${consistencyText(withTop)} and with the bottom ${consistencyText(withBottom)}; between the two it is ${consistencyText(between)}. ${percentText(own)} of the stitched network’s errors are its own.`,
    };
  },
};
