/** What has arrived of one experiment: a fold over its events. */
import type { ExperimentEvent, ResultEvent, LeastSquaresScore } from "../../experiment/events";
import type {
  CurveReport,
  ModelResult,
  Report,
  SiteFailure,
  SiteResult,
} from "../../experiment/report";

/** What is known at one site so far. */
export interface SiteResults {
  /** Null where it is undefined; absent until it arrives. */
  readonly cka?: number | null;
  readonly leastSquares?: Omit<LeastSquaresScore, "site">;
  readonly result?: SiteResult;
  /** There is no stitch here, and why. */
  readonly failure?: SiteFailure;
}

/** What is known of one curve so far. */
export interface CurveResults {
  readonly top: ModelResult | null;
  readonly bottom: ModelResult | null;
  /** By site number. */
  readonly sites: ReadonlyMap<number, SiteResults>;
}

/** Of the first curve, and of the others. */
export interface Results extends CurveResults {
  /** By place in the spec's `also`. */
  readonly also: ReadonlyMap<number, CurveResults>;
  /** Present once everything is done. */
  readonly report: Report | null;
}

export const emptyCurveResults: CurveResults = { top: null, bottom: null, sites: new Map() };
export const emptyResults: Results = { ...emptyCurveResults, also: new Map(), report: null };

/** Results with one event more; the same object when the event brings none. */
export function withEvent(results: Results, event: ExperimentEvent): Results {
  switch (event.type) {
    case "assets":
    case "progress":
    case "paused":
    case "resumed":
    case "recovered":
      return results;
    case "baseline":
    case "similarity":
    case "least-squares":
    case "site":
    case "site-failed":
      return { ...results, ...withFinding(results, event) };
    case "also":
      return withAlso(results, event.curve, (curve) => withFinding(curve, event.finding));
    case "finished": {
      const { report } = event;
      const first: Results = { ...results, ...withCurveReport(results, report), report };
      return (report.also ?? []).reduce(
        (whole, curve, index) => withAlso(whole, index, (before) => withCurveReport(before, curve)),
        first,
      );
    }
    default:
      return event satisfies never;
  }
}

export function isEmpty({ top, bottom, sites, also }: Results): boolean {
  return top === null && bottom === null && sites.size === 0 && also.size === 0;
}

function withAlso(
  results: Results,
  index: number,
  change: (curve: CurveResults) => CurveResults,
): Results {
  const also = new Map(results.also);
  also.set(index, change(also.get(index) ?? emptyCurveResults));
  return { ...results, also };
}

function withFinding(curve: CurveResults, finding: ResultEvent): CurveResults {
  switch (finding.type) {
    case "baseline":
      return { ...curve, [finding.role]: finding.result };
    case "similarity":
      return withSite(curve, finding.site, { cka: finding.cka });
    case "least-squares": {
      const { testError, penalty, penaltyStandardError } = finding;
      return withSite(curve, finding.site, {
        leastSquares: { testError, penalty, penaltyStandardError },
      });
    }
    case "site":
      return withSiteResult(curve, finding.result);
    case "site-failed":
      return withTapFailure(curve, finding.failure);
    default:
      return finding satisfies never;
  }
}

function withCurveReport(curve: CurveResults, report: CurveReport): CurveResults {
  const { top, bottom, sites, failures } = report;
  const whole = sites.reduce(withSiteResult, { sites: curve.sites, top, bottom });
  return (failures ?? []).reduce(withTapFailure, whole);
}

function withTapFailure(curve: CurveResults, failure: SiteFailure): CurveResults {
  return withSite(curve, failure.site, { failure });
}

function withSiteResult(curve: CurveResults, result: SiteResult): CurveResults {
  // A stored result repeats what else is known at its site, and may come without those events.
  const topError = result.testError - result.penalty;
  return withSite(curve, result.site, {
    result,
    cka: result.cka,
    leastSquares: {
      testError: result.leastSquaresTestError,
      penalty: result.leastSquaresTestError - topError,
      penaltyStandardError: result.leastSquaresPenaltyStandardError,
    },
  });
}

function withSite(
  { top, bottom, sites }: CurveResults,
  site: number,
  found: SiteResults,
): CurveResults {
  const changed = new Map(sites);
  changed.set(site, { ...sites.get(site), ...found });
  return { top, bottom, sites: changed };
}
