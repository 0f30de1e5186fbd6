/**
 * Curves that several experiments have. A curve has the same numbers in each of them, whatever else
 * is in the charts.
 */
import type { ProbeResult } from "../../../experiment/probes";
import type { CurveReport, Report } from "../../../experiment/report";
import { curvesOf, type CurveSpec, type Spec } from "../../../experiment/spec";
import { emptyResults, withEvent, type CurveResults, type Results } from "./results";

/**
 * Whether all that one curve has is among what another has, at the sites and with the probes that both
 * have. Permutations add to what there is.
 */
function isSameCurve(known: CurveSpec, asked: CurveSpec): boolean {
  const text = ({ sites, probes, permutations, ...rest }: CurveSpec): string =>
    JSON.stringify(Object.entries(rest).sort(([one], [other]) => (one < other ? -1 : 1)));
  const { permutations = asked.permutations } = known;
  return text(known) === text(asked) && permutations === asked.permutations;
}

/** Whether what is recorded of one curve is all that is asked of another. */
export function serves(recorded: CurveSpec, asked: CurveSpec): boolean {
  if (!isSameCurve(recorded, asked)) return false;
  if (recorded.permutations !== asked.permutations) return false;
  const { sites, probes = [] } = recorded;
  if (!(asked.probes ?? []).every((name) => probes.includes(name))) return false;
  return sites === "all" || (asked.sites !== "all" && asked.sites.every((k) => sites.includes(k)));
}

/** Returns what a report has of a curve, at the sites asked for; null where it does not have it. */
export function reportOfCurve(report: Report, asked: CurveSpec): CurveReport | null {
  const index = curvesOf(report.spec).findIndex((curve) => serves(curve, asked));
  const whole = report.curves[index];
  if (whole === undefined) return null;
  const found = withProbesOf(whole, asked);
  const { sites } = asked;
  if (sites === "all") return found;
  const isAsked = ({ site }: { readonly site: number }): boolean => sites.includes(site);
  const { failures, ...rest } = found;
  const failed = failures?.filter(isAsked) ?? [];
  return {
    ...rest,
    sites: rest.sites.filter(isAsked),
    ...(failed.length > 0 && { failures: failed }),
  };
}

function withProbesOf({ probes, ...rest }: CurveReport, asked: CurveSpec): CurveReport {
  const isAsked = ({ representation }: ProbeResult): boolean =>
    asked.probes?.includes(representation) ?? false;
  return asked.probes ? { ...rest, probes: probes?.filter(isAsked) ?? [] } : rest;
}

/** Returns what another experiment need not compute again, on the same backend. */
export function keptResults(results: Results, before: Spec, spec: Spec): Results {
  const { report } = results;
  const [first, ...others] = curvesOf(spec).flatMap(
    (curve) => (report && reportOfCurve(report, curve)) ?? [],
  );
  if (report && first && 1 + others.length === spec.curves.length) {
    const whole = { ...report, spec, curves: [first, ...others] } satisfies Report;
    return withEvent(emptyResults, { type: "finished", report: whole });
  }
  const known = curvesOf(before);
  const curves = new Map<number, CurveResults>();
  for (const [index, curve] of curvesOf(spec).entries()) {
    const found = results.curves.get(known.findIndex((other) => isSameCurve(other, curve)));
    if (found !== undefined) curves.set(index, atSites(found, curve.sites));
  }
  return { curves, report: null };
}

function atSites(curve: CurveResults, asked: Spec["sites"]): CurveResults {
  if (asked === "all") return curve;
  return { ...curve, sites: new Map([...curve.sites].filter(([site]) => asked.includes(site))) };
}
