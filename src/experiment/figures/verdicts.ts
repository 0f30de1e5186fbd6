/**
 * What recorded reports show at their extremes, and the verdicts that several figures share. "Within"
 * and "beyond" allow for twice the standard error.
 */
import type { Claim } from "./figure";
import type { CurveReport, Report, SiteResult } from "../report";

/** Returns one curve of a report. @throws RangeError where there is none */
export function curveOf({ curves }: Report, index = 0): CurveReport {
  const curve = curves[index];
  if (!curve) {
    throw new RangeError(`curves: expected one at ${index}, found ${curves.length}`);
  }
  return curve;
}

/** The site where the stitched network does worst. @throws RangeError without sites */
export function largest({ sites }: CurveReport): SiteResult {
  return extreme(sites, (a, b) => b.penalty - a.penalty);
}

/** The site where the stitched network does best. */
function smallest({ sites }: CurveReport): SiteResult {
  return extreme(sites, (a, b) => a.penalty - b.penalty);
}

function extreme(
  sites: readonly SiteResult[],
  order: (a: SiteResult, b: SiteResult) => number,
): SiteResult {
  const [first] = [...sites].sort(order);
  if (!first) throw new RangeError("sites: expected at least one, found none");
  return first;
}

/** "+1.2 ± 0.3 at block 2", in percentage points. */
export function penaltyText({ penalty, penaltyStandardError, name }: SiteResult): string {
  const points = 100 * penalty;
  const sign = points < 0 ? "−" : "+";
  return `${sign}${Math.abs(points).toFixed(1)} ± ${(100 * penaltyStandardError).toFixed(1)} at ${name}`;
}

/** Whether a penalty is at most a bound in points, as far as its standard error can tell. */
export function isWithin({ penalty, penaltyStandardError }: SiteResult, points: number): boolean {
  return 100 * (penalty - 2 * penaltyStandardError) <= points;
}

/** Whether a penalty is at least a bound in points, likewise. */
export function isBeyond({ penalty, penaltyStandardError }: SiteResult, points: number): boolean {
  return 100 * (penalty + 2 * penaltyStandardError) >= points;
}

interface Extreme {
  readonly value: number;
  /** "0.35 at block 8" */
  readonly text: string;
}

/** The site where two representations are least alike. @throws RangeError where CKA is defined nowhere */
export function leastAlike({ sites }: CurveReport): Extreme {
  const known = sites.flatMap(({ cka, name }) => (cka === null ? [] : [{ value: cka, name }]));
  const [first, ...rest] = known;
  if (!first) throw new RangeError("sites: expected one with a CKA, found none");
  const least = rest.reduce((a, b) => (b.value < a.value ? b : a), first);
  return {
    value: least.value,
    text: `${least.value.toFixed(2).replace("-", "−")} at ${least.name}`,
  };
}

/** Holds where no stitch of a curve costs more than some points. */
export function costsAtMost(points: number, curve = 0): Claim["verdict"] {
  return (report) => {
    const worst = largest(curveOf(report, curve));
    // "At most −2.6" would read like a bound on the gain.
    const most = isGain(worst) ? "gains at every layer, least" : "at most";
    return { ours: `${most} ${penaltyText(worst)}`, holds: isWithin(worst, points) };
  };
}

/** Holds where some stitch of a curve costs at least some points. */
export function costsAtLeast(points: number, curve = 0): Claim["verdict"] {
  return (report) => {
    const worst = largest(curveOf(report, curve));
    return { ours: `up to ${penaltyText(worst)}`, holds: isBeyond(worst, points) };
  };
}

/** Holds where some stitch of a curve costs at least what the paper reports, which may be far less. */
export function costsAtLeastTheirs(theirs: number, curve = 0): Claim["verdict"] {
  return (report) => {
    const worst = largest(curveOf(report, curve));
    const holds = isBeyond(worst, theirs);
    return { ours: `${holds ? "at least that, up to" : "up to"} ${penaltyText(worst)}`, holds };
  };
}

/** Holds where some stitch of a curve improves the top, by twice the standard error. */
export function improvesSomewhere(curve = 0): Claim["verdict"] {
  return (report) => {
    const best = smallest(curveOf(report, curve));
    return { ours: `best ${penaltyText(best)}`, holds: isGain(best) };
  };
}

/** Holds where no stitch of a curve improves the top by more than some points. */
export function gainsAtMost(points: number, curve = 0): Claim["verdict"] {
  return (report) => {
    const best = smallest(curveOf(report, curve));
    return { ours: `best ${penaltyText(best)}`, holds: isBeyond(best, -points) };
  };
}

function isGain({ penalty, penaltyStandardError }: SiteResult): boolean {
  return penalty + 2 * penaltyStandardError < 0;
}
