/**
 * Recorded curves for an experiment: which files have them, and what they add to what was computed
 * here.
 */
import { presets, recordedNames, type PresetName } from "../../../experiment/figures";
import type { CurveReport, Recorded, Report, SiteResult } from "../../../experiment/report";
import {
  curvesOf,
  withSimilarityImages,
  type CurveSpec,
  type Spec,
} from "../../../experiment/spec";
import { presetOf } from "../experiment/preset";
import { curveResults, ofCurveReport, type CurveResults, type Results } from "./results";
import { reportOfCurve, serves } from "./shared-curves";

/** What is known of an experiment, and where it is from. */
export interface KnownResults {
  readonly results: Results;
  /** Where curves were recorded, by place in the spec; absent where all was computed here. */
  readonly source: ReadonlyMap<number, Recorded>;
  /** Whether every curve is recorded: nothing is missing, whatever was computed here. */
  readonly whole: boolean;
}

/** Whether the result shown at one site was recorded, and not computed here. */
export function isRecorded(
  results: Results,
  source: KnownResults["source"],
  { curve, site }: { readonly curve: number; readonly site: number },
): boolean {
  const shown = curveResults(results, curve).sites.get(site)?.result;
  return (
    shown !== undefined &&
    (source.get(curve)?.report.curves.some(({ sites }) => sites.includes(shown)) ?? false)
  );
}

/**
 * Returns the recorded files that an experiment's curves are in: the figure's own where it is one,
 * else as few as possible besides those that are here already.
 *
 * @param ready files that are here
 * @param failed files that cannot be had
 */
export function filesFor(
  spec: Spec,
  ready: ReadonlyMap<PresetName, unknown>,
  failed: ReadonlyMap<PresetName, unknown>,
): readonly PresetName[] {
  const own = presetOf(spec);
  if (own !== null && !failed.has(own)) return [own];
  const names = recordedNames.filter((name) => !failed.has(name));
  const files: PresetName[] = [];
  let left: readonly CurveSpec[] = curvesOf(spec);
  for (const among of [names.filter((name) => ready.has(name)), names]) {
    for (;;) {
      const [best] = among
        .map((name) => ({ name, rest: left.filter((curve) => !isIn(name, curve)) }))
        .sort((a, b) => a.rest.length - b.rest.length);
      if (best === undefined || best.rest.length === left.length) break;
      files.push(best.name);
      left = best.rest;
    }
  }
  return files;
}

function isIn(name: PresetName, curve: CurveSpec): boolean {
  // Files may have similarity on either images.
  const spec = withSimilarityImages(presets[name].spec, curve.similarityImages ?? "test");
  return curvesOf(spec).some((recorded) => serves(recorded, curve));
}

/**
 * Returns a recorded file with similarity on the images that are asked for; the same file where it
 * has no others.
 */
function onImagesOf({ similarityImages }: Spec, file: Recorded): Recorded {
  const { report, similarity } = file;
  const isOther = similarityImages === "train" && report.spec.similarityImages !== "train";
  if (!isOther || similarity?.train.length !== report.curves.length) return file;
  const [first, ...others] = report.curves.map((curve, index) =>
    withSimilarity(curve, similarity.train[index] ?? []),
  );
  if (!first) return file;
  const spec = withSimilarityImages(report.spec, "train");
  return { ...file, report: { ...report, spec, curves: [first, ...others] } };
}

function withSimilarity(
  curve: CurveReport,
  measured: readonly Pick<SiteResult, "site" | "similarity">[],
): CurveReport {
  return {
    ...curve,
    sites: curve.sites.map((result) => {
      const { similarity = {} } = measured.find(({ site }) => site === result.site) ?? {};
      return { ...result, cka: similarity.linearCka ?? null, similarity };
    }),
  };
}

/** Returns what was computed here and, wherever that has nothing, what is recorded. */
export function withRecorded(
  spec: Spec,
  here: Results,
  recorded: readonly Recorded[],
): KnownResults {
  if (here.report !== null || recorded.length === 0) {
    return { results: here, source: new Map(), whole: false };
  }
  const files = recorded.map((file) => onImagesOf(spec, file));
  const curves = new Map(here.curves);
  const source = new Map<number, Recorded>();
  const reports: CurveReport[] = [];
  let recordedCurves = 0;
  for (const [index, curve] of curvesOf(spec).entries()) {
    for (const file of files) {
      const report = reportOfCurve(file.report, curve);
      if (report === null) continue;
      recordedCurves++;
      const recorded = ofCurveReport(report);
      const merged = overlaid(recorded, curveResults(here, index));
      curves.set(index, merged);
      const sites = [...recorded.sites];
      if (sites.some(([site, found]) => merged.sites.get(site) === found)) source.set(index, file);
      if (sites.every(([site, found]) => merged.sites.get(site) === found)) reports.push(report);
      break;
    }
  }
  const report = wholeReport(spec, files, reports);
  const whole = recordedCurves === spec.curves.length;
  return { results: { curves, report }, source, whole };
}

/** Returns a recorded curve with the sites that were computed here in place of the recorded ones. */
function overlaid(recorded: CurveResults, here: CurveResults): CurveResults {
  const sites = new Map(recorded.sites);
  for (const [site, found] of here.sites) {
    if (found.result || found.failure || !sites.has(site)) sites.set(site, found);
  }
  return {
    top: here.top ?? recorded.top,
    bottom: here.bottom ?? recorded.bottom,
    sites,
    probes: recorded.probes.length > 0 ? recorded.probes : here.probes,
  };
}

/**
 * Returns the report of an experiment that is recorded as a whole; null where a curve is missing, or
 * was computed on another backend than the first.
 */
function wholeReport(
  spec: Spec,
  files: readonly Recorded[],
  curves: readonly CurveReport[],
): Report | null {
  const [first, ...others] = curves;
  const [file, ...rest] = files;
  if (!first || !file || curves.length < spec.curves.length) return null;
  const figure = presetOf(spec);
  const own = files.find(({ report }) => figure !== null && presetOf(report.spec) === figure);
  if (own !== undefined) return own.report;
  const { format, backend, adapter } = file.report;
  const isOneBackend = rest.every(
    ({ report }) => report.backend === backend && report.adapter === adapter,
  );
  return isOneBackend ? { format, spec, backend, adapter, curves: [first, ...others] } : null;
}
