/**
 * Reads the recorded reports, and puts a curve, or other measures of similarity, into one without
 * computing the rest again.
 */
import { isDeepStrictEqual } from "node:util";
import { LabError } from "../core/errors";
import {
  type BackendName,
  type CurveReport,
  type Recorded,
  type Report,
  type SiteResult,
  recordedSchema,
} from "../experiment/report";
import type { ProbeResult } from "../experiment/probes";
import { curvesOf, specOf, withProbes, type CurveSpec, type Spec } from "../experiment/spec";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { presetNames, presets, type PresetName } from "../experiment/figures";
import type { Preset } from "../experiment/figures/figure";
import { claims } from "../experiment/figures/claims";
import type { Details } from "../engine/details/read";
import { errorOverlap } from "../core/scoring/error-overlap";
import { judgedBy, sketchOf, type Sketches } from "../experiment/sketch";
import { readJson } from "../node/files";

/**
 * Returns the spec of the curve to compute. Called before hours of work, it refuses a curve that
 * {@link withCurve} could not put in.
 *
 * @param recorded with or without that curve
 * @param spec the preset's
 * @param place of the curve among the spec's; never 0, the first one, which
 *   every report has
 * @throws LabError `bad-input` where there is no such place, or the report's other curves are not
 *   the spec's
 */
export function curveToPut(recorded: Recorded, spec: Spec, place: number): Spec {
  const wanted = curvesOf(spec);
  const curve = wanted[place];
  if (curve === undefined || place === 0) {
    throw badInput("curve", `a place from 1 to ${wanted.length - 1}`, String(place));
  }
  const there = curvesOf(recorded.report.spec).toSpliced(place, replaced(recorded, spec));
  mustBe("the recorded report", wanted.toSpliced(place, 1), there);
  return specOf(curve);
}

/**
 * @param report of {@link curveToPut} alone
 * @param date when it was computed, ISO 8601
 * @returns the recorded report with that curve; its spec is the preset's
 * @throws LabError `bad-input` as {@link curveToPut} does, and where the report is of another curve
 */
export function withCurve(
  recorded: Recorded,
  spec: Spec,
  place: number,
  report: Report,
  date: string,
): Recorded {
  mustBe("the curve’s report", curveToPut(recorded, spec, place), report.spec);
  const [first, ...before] = recorded.report.curves;
  const after = before.toSpliced(place - 1, replaced(recorded, spec), report.curves[0]);
  const others = (recorded.apart ?? []).filter((other) => other.curve !== place);
  const apart = [...others, { curve: place, backend: report.backend, date }];
  return {
    ...recorded,
    report: { ...recorded.report, spec, curves: [first, ...after] },
    apart: apart.sort((a, b) => a.curve - b.curve),
  };
}

/** A curve as a file has it, without its probes; undefined where none of that backend has it. */
function recordedCurve(
  curve: CurveSpec,
  files: readonly Pick<Recorded, "report" | "date">[],
  backend: BackendName,
): { readonly report: CurveReport; readonly date: string } | undefined {
  for (const { report, date } of files) {
    const index = curvesOf(withProbes(report.spec, [])).findIndex((other) =>
      isDeepStrictEqual(other, curve),
    );
    const result = report.curves[index];
    if (report.backend === backend && report.adapter === null && result) {
      const { probes: _, ...rest } = result;
      return { report: rest, date };
    }
  }
  return undefined;
}

/**
 * Returns the experiment of the curves that no file has; null where all are known.
 *
 * @param spec the preset's, without probes
 */
export function withoutKnown(
  spec: Spec,
  files: readonly Recorded[],
  backend: BackendName,
): Spec | null {
  const wanted = curvesOf(spec);
  const missing = spec.curves.filter((_, place) => {
    const curve = wanted[place];
    return curve && !recordedCurve(curve, files, backend);
  });
  const [first, ...others] = missing;
  return first ? { ...spec, curves: [first, ...others] } : null;
}

/**
 * Returns the report of a preset without its probes, every curve from a file that has it.
 *
 * @param spec the preset's
 * @throws LabError `not-found` for a curve that is in no file of that backend
 */
export function assembled(
  spec: Spec,
  files: readonly Pick<Recorded, "report" | "date">[],
  backend: BackendName,
): Omit<Recorded, "command" | "details" | "similarity"> {
  const plain = withProbes(spec, []);
  const found = curvesOf(plain).map((curve, place) => {
    const known = recordedCurve(curve, files, backend);
    if (known) return known;
    const input = `curve ${place}`;
    const expected = `a recorded report that has it, on ${backend}`;
    throw new LabError({ code: "not-found", input, expected, found: "none" });
  });
  const [first, ...others] = found;
  if (!first) throw badInput("spec", "one curve at least", "none");
  const apart = others.flatMap(({ date }, k) =>
    date === first.date ? [] : [{ curve: k + 1, backend, date }],
  );
  return {
    format: "stitch-lab-recorded-1",
    date: first.date,
    report: {
      format: "stitch-lab-report-3",
      spec: plain,
      backend,
      adapter: null,
      curves: [first.report, ...others.map(({ report }) => report)],
    },
    ...(apart.length > 0 && { apart }),
  };
}

/**
 * @param spec the preset's, which the report has but for its probes
 * @param probes by curve
 * @throws LabError `bad-input` where the report is of another experiment
 */
export function withRecordedProbes<R extends Omit<Recorded, "command">>(
  recorded: R,
  spec: Spec,
  probes: readonly (readonly ProbeResult[])[],
  when: { readonly backend: BackendName; readonly date: string },
): R {
  const { report } = recorded;
  mustBe("the recorded report", withProbes(spec, []), withProbes(report.spec, []));
  const [first, ...others] = report.curves.map((curve, index) => ({
    ...curve,
    probes: [...(probes[index] ?? [])],
  }));
  if (!first) throw badInput("the recorded report", "one curve at least", "none");
  return { ...recorded, report: { ...report, spec, curves: [first, ...others] }, probes: when };
}

/** Every measure of similarity at one site of a curve. */
export interface MeasuredSite {
  /** Index among the spec's curves. */
  readonly curve: number;
  readonly site: number;
  readonly similarity: SiteResult["similarity"];
}

/**
 * @param spec the preset's
 * @param measured on the images that `spec` says
 * @param date when they were computed, ISO 8601
 * @returns the recorded report with these measures; its spec is the preset's
 * @throws LabError `bad-input` where the report is of another experiment, or a measure is missing
 */
export function withSimilarity(
  recorded: Recorded,
  spec: Spec,
  measured: readonly MeasuredSite[],
  { backend, date }: { readonly backend: BackendName; readonly date: string },
): Recorded {
  const { report } = recorded;
  mustBe("the recorded report", withoutImages(spec), withoutImages(report.spec));
  const measuredAt = (curve: number, site: number): SiteResult["similarity"] => {
    const found = measured.find((one) => one.curve === curve && one.site === site);
    if (found) return found.similarity;
    throw badInput(`similarity of curve ${curve}`, `site ${site}`, "none");
  };
  const [first, ...others] = report.curves.map((curve, index) => ({
    ...curve,
    sites: curve.sites.map((result) => {
      const similarity = measuredAt(index, result.site);
      return { ...result, cka: similarity.linearCka ?? null, similarity };
    }),
  }));
  if (!first) throw badInput("the recorded report", "one curve at least", "none");
  const train =
    report.spec.similarityImages === "train"
      ? report.curves.map(({ sites }) =>
          sites.map(({ site, similarity }) => ({ site, similarity })),
        )
      : (recorded.similarity?.train ?? []);
  return {
    ...recorded,
    report: { ...report, spec, curves: [first, ...others] },
    similarity: { backend, date, train },
  };
}

/**
 * Counts whose errors each stitched network makes, from the answers that the details file has; sites
 * that it leaves out stay as they are.
 */
export function withErrorOverlap(
  recorded: Recorded,
  details: Pick<Details, "inspection">,
): Recorded {
  const { report } = recorded;
  const [first, ...others] = report.curves.map((curve, index) => ({
    ...curve,
    sites: curve.sites.map((result): SiteResult => {
      const { stitched, top, bottom } = details.inspection(index, result.site) ?? {};
      if (!stitched || !top || !bottom) return result;
      const overlap = errorOverlap(stitched.wrong, top.wrong, bottom.wrong);
      return { ...result, errorOverlap: [...overlap] };
    }),
  }));
  if (!first) throw badInput("the recorded report", "one curve at least", "none");
  return { ...recorded, report: { ...report, curves: [first, ...others] } };
}

function withoutImages({ similarityImages: _, ...rest }: Spec): object {
  return rest;
}

/** The number of curves that are replaced: one where the report has it already. */
function replaced({ report }: Recorded, spec: Spec): 0 | 1 {
  return report.curves.length === spec.curves.length ? 1 : 0;
}

/** @throws LabError `bad-input` */
function mustBe(input: string, expected: unknown, found: unknown): void {
  if (!isDeepStrictEqual(expected, found)) {
    throw badInput(input, JSON.stringify(expected), JSON.stringify(found));
  }
}

function badInput(input: string, expected: string, found: string): LabError {
  return new LabError({ code: "bad-input", input, expected, found });
}

/** @param folder public/recorded */
export async function readRecorded(folder: string): Promise<ReadonlyMap<PresetName, Recorded>> {
  const recorded = new Map<PresetName, Recorded>();
  for (const name of presetNames) {
    const path = join(folder, `${name}.json`);
    if (existsSync(path)) recorded.set(name, await readJson(path, recordedSchema));
  }
  return recorded;
}

export function sketchesOf(recorded: ReadonlyMap<PresetName, Recorded>): Sketches {
  return Object.fromEntries(
    [...recorded].map(([name, { report }]) => {
      const { main }: Preset = presets[name];
      return [name, { ...sketchOf(report), judged: judgedBy(claims[name], report, main) }];
    }),
  );
}

export function sketchesText(recorded: ReadonlyMap<PresetName, Recorded>): string {
  return `${JSON.stringify(sketchesOf(recorded))}\n`;
}
