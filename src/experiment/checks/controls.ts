import type { SiteResult } from "../report";
import type { Curve } from "../spec";
import { nothingYet, ownCurve, pointsText, type Check, type Subject } from "./check";

/** Points that a control must cost more than the curve, where the curve is to say something. */
const leastAboveCurve = 5;

/** Share of the layers at which every control has to. */
const leastControlled = 0.5;

export const controls: Check = {
  title: "Do controls fail?",
  threshold: `Passed if every control costs ${leastAboveCurve} points more than the curve at half of the layers or more.`,
  meaning:
    "Where a bottom that has learned nothing does as well, a low penalty says nothing about what the bottom has learned.",
  source: "Smith, Mannering & Marcu 2025, “Functional alignment can mislead”; Bansal et al. 2021",
  find(subject) {
    const { curve, sites } = ownCurve(subject);
    if (sites.length === 0) return nothingYet;
    const found = subject.spec.curves.flatMap((other, index) => {
      const isAlike = other.top === curve.top && other.family === curve.family;
      const name = isAlike && index !== subject.curve ? nameOf(other, subject) : null;
      const results = subject.curves[index] ?? [];
      const shared = sites.filter((site) => results.some((one) => one.site === site.site));
      return name === null || shared.length === 0 ? [] : [{ name, results, shared }];
    });
    if (found.length === 0) {
      const measured = "No control was measured, such as an untrained bottom.";
      return { outcome: "unknown", measured, remedy: "controls" };
    }
    const words = found.map(({ name, results, shared }) => {
      const failing = shared.filter((site) => fails(results, site));
      const most = results.reduce((a, b) => (b.penalty > a.penalty ? b : a));
      return {
        share: failing.length / shared.length,
        text: `${name} costs at least ${leastAboveCurve} points more at ${failing.length} of ${shared.length} layers, up to ${pointsText(most.penalty)} at ${most.name}`,
      };
    });
    return {
      outcome: words.every(({ share }) => share >= leastControlled) ? "passed" : "failed",
      measured: `${words.map(({ text }) => text).join(". ")}.`,
    };
  },
};

/** What kind of control a curve is; null for none. */
function nameOf(curve: Curve, { isUntrained }: Subject): string | null {
  if (curve.perturbation === "class-noise") return "Class-clustered noise";
  if (curve.objective === "shuffled-labels") return "A fit to shuffled labels";
  return isUntrained(curve) ? "An untrained bottom" : null;
}

function fails(control: readonly SiteResult[], site: SiteResult): boolean {
  const other = control.find((one) => one.site === site.site);
  if (!other) return false;
  const error = Math.hypot(other.penaltyStandardError, site.penaltyStandardError);
  return 100 * (other.penalty - site.penalty - 2 * error) >= leastAboveCurve;
}
