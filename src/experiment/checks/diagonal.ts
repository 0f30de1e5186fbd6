import type { SiteResult } from "../report";
import { nothingYet, ownCurve, percentText, type Check } from "./check";

/** Share of the top's layers whose best partner must be of the same depth. */
const leastOnDiagonal = 0.7;

export const diagonal: Check = {
  title: "Is each layer’s best partner the one of its depth?",
  threshold: `Passed if that is so for ${100 * leastOnDiagonal}% of the top’s layers or more.`,
  meaning:
    "If other depths fit as well, the penalty does not tell layers apart: later layers often stitch into earlier ones.",
  source: "Hernandez et al. 2023; Kornblith et al. 2019, sec. 6.1",
  find(subject) {
    const { sites } = ownCurve(subject);
    if (subject.spec.layout !== "grid") {
      const measured = "Only layers of the same depth were stitched; a grid compares all of them.";
      return { outcome: "unknown", measured, remedy: "grid" };
    }
    if (sites.length === 0) return nothingYet;
    const rows = [...new Set(sites.map(topTap))].flatMap((tap) => {
      const row = sites.filter((site) => topTap(site) === tap);
      const hasOwn = row.some((site) => bottomTap(site) === tap);
      return hasOwn && row.length > 1 ? [{ tap, row }] : [];
    });
    if (rows.length === 0) {
      const measured = "No layer of the top has results with its own depth and another one yet.";
      return { outcome: "unknown", measured, remedy: "run" };
    }
    const best = rows.filter(({ tap, row }) => row.every((site) => !isBetter(site, tap, row)));
    const share = best.length / rows.length;
    return {
      outcome: share >= leastOnDiagonal ? "passed" : "failed",
      measured: `For ${best.length} of ${rows.length} layers of the top (${percentText(share)}), no other depth of the bottom fits better.`,
    };
  },
};

const topTap = ({ site, taps }: SiteResult): number => taps?.[1] ?? site;
const bottomTap = ({ site, taps }: SiteResult): number => taps?.[0] ?? site;

/** Whether a site does better than the one of the top's own depth, by twice the standard error. */
function isBetter(site: SiteResult, tap: number, row: readonly SiteResult[]): boolean {
  const own = row.find((other) => bottomTap(other) === tap);
  if (!own || own === site) return false;
  const error = Math.hypot(own.penaltyStandardError, site.penaltyStandardError);
  return own.penalty - site.penalty > 2 * error;
}
