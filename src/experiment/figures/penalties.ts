/** Penalties of recorded reports, for holding them against the paper. */
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

/** The site where it does best. */
export function smallest({ sites }: CurveReport): SiteResult {
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

/** Below a bound in points, as far as twice the standard error can tell. */
export function isWithin({ penalty, penaltyStandardError }: SiteResult, points: number): boolean {
  return 100 * (penalty - 2 * penaltyStandardError) <= points;
}

/** Above it, likewise. */
export function isBeyond({ penalty, penaltyStandardError }: SiteResult, points: number): boolean {
  return 100 * (penalty + 2 * penaltyStandardError) >= points;
}
