/** What has arrived of one experiment: a fold over its events. */
import { siteAsked, type Digest, type DigestSite } from "../../../experiment/address/digest";
import type { ExperimentEvent, ResultEvent, LeastSquaresScore } from "../../../experiment/events";
import {
  errorOfBottom,
  type CurveReport,
  type ModelResult,
  type Report,
  type SiteFailure,
  type SiteResult,
} from "../../../experiment/report";
import type { ProbeResult } from "../../../experiment/probes";
import type { Spec } from "../../../experiment/spec";

/** What is known at one site so far. */
export interface SiteResults {
  /** Null where it is undefined; absent until it arrives. */
  readonly cka?: number | null;
  readonly leastSquares?: Omit<LeastSquaresScore, "site">;
  readonly result?: SiteResult;
  /** What the address's author found, where nothing else is known. */
  readonly author?: Pick<DigestSite, "penalty" | "standardError">;
  /** There is no stitch here, and why. */
  readonly failure?: SiteFailure;
}

/** What is known of one curve so far. */
export interface CurveResults {
  readonly top: ModelResult | null;
  /** Null also where it has no head. */
  readonly bottom: ModelResult | null;
  /** By site number. */
  readonly sites: ReadonlyMap<number, SiteResults>;
  /** Of both networks' layers, as far as any were asked for. */
  readonly probes: readonly ProbeResult[];
}

/** What has arrived of an experiment. */
export interface Results {
  /** By place in the spec. */
  readonly curves: ReadonlyMap<number, CurveResults>;
  /** Present once everything is done. */
  readonly report: Report | null;
}

const emptyCurveResults: CurveResults = {
  top: null,
  bottom: null,
  sites: new Map(),
  probes: [],
};
export const emptyResults: Results = { curves: new Map(), report: null };

/** Returns what has arrived of one curve; the first by default. */
export function curveResults({ curves }: Results, index = 0): CurveResults {
  return curves.get(index) ?? emptyCurveResults;
}

/** Adds one event to results; returns the same object when the event brings none. */
export function withEvent(results: Results, event: ExperimentEvent): Results {
  switch (event.type) {
    case "assets":
    case "progress":
    case "paused":
    case "resumed":
    case "recovered":
      return results;
    case "curve":
      return withCurve(results, event.curve, (curve) => withResult(curve, event.event));
    case "finished":
      return event.report.curves.reduce<Results>(
        (whole, curve, index) => withCurve(whole, index, (found) => withCurveReport(found, curve)),
        { ...results, report: event.report },
      );
    default:
      return event satisfies never;
  }
}

export function isEmpty({ curves }: Results): boolean {
  return curves.size === 0;
}

/** Returns results with what the address says of curves of which nothing else is known. */
export function withDigest(
  results: Results,
  spec: Spec,
  digest: Digest,
): { readonly results: Results; readonly authors: ReadonlySet<number> } {
  const curves = new Map(results.curves);
  const authors = new Set<number>();
  for (const [index, found] of digest.entries()) {
    if ((results.curves.get(index)?.sites.size ?? 0) > 0) continue;
    authors.add(index);
    const sites = found.flatMap((author, place): [number, SiteResults][] => {
      if (author === null) return [];
      const { cka, ...penalty } = author;
      return [[siteAsked(spec, place), { author: penalty, ...(cka !== undefined && { cka }) }]];
    });
    curves.set(index, { ...curveResults(results, index), sites: new Map(sites) });
  }
  return { results: { ...results, curves }, authors };
}

function withCurve(
  results: Results,
  index: number,
  change: (curve: CurveResults) => CurveResults,
): Results {
  const curves = new Map(results.curves);
  curves.set(index, change(curveResults(results, index)));
  return { ...results, curves };
}

function withResult(curve: CurveResults, event: ResultEvent): CurveResults {
  switch (event.type) {
    case "baseline":
      return { ...curve, [event.role]: event.result };
    case "similarity":
      return withSite(curve, event.site, { cka: event.cka });
    case "least-squares": {
      const { testError, penalty, penaltyStandardError } = event;
      return withSite(curve, event.site, {
        leastSquares: { testError, penalty, penaltyStandardError },
      });
    }
    case "probe":
      return withProbe(curve, event.result);
    case "site":
      return withSiteResult(curve, event.result);
    case "site-failed":
      return withSiteFailure(curve, event.failure);
    default:
      return event satisfies never;
  }
}

/** Returns what a report has of one curve. */
export function ofCurveReport(report: CurveReport): CurveResults {
  return withCurveReport(emptyCurveResults, report);
}

function withCurveReport(curve: CurveResults, report: CurveReport): CurveResults {
  const { top, bottom, sites, failures, probes = [] } = report;
  const alone = { top, bottom: errorOfBottom(bottom) };
  const probed = probes.reduce(withProbe, { ...curve, ...alone });
  const whole = sites.reduce(withSiteResult, probed);
  return (failures ?? []).reduce(withSiteFailure, whole);
}

function withProbe(curve: CurveResults, found: ProbeResult): CurveResults {
  const isOther = ({ role, tap, representation }: ProbeResult): boolean =>
    role !== found.role || tap !== found.tap || representation !== found.representation;
  return { ...curve, probes: [...curve.probes.filter(isOther), found] };
}

function withSiteFailure(curve: CurveResults, failure: SiteFailure): CurveResults {
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

function withSite(curve: CurveResults, site: number, found: SiteResults): CurveResults {
  const changed = new Map(curve.sites);
  changed.set(site, { ...curve.sites.get(site), ...found });
  return { ...curve, sites: changed };
}
