/** A finished experiment as it is remembered, and a file of many. */
import * as z from "../core/schema";
import { renameKeys } from "../core/schema";
import { LabError } from "../core/errors";
import { upgradedLibrary } from "./upgrade";
import { reportSchema, type CurveReport, type Report } from "./report";

/** Longer names fill lists and say no more. */
export const longestName = 120;

const pastShape = {
  /** Given by the visitor; null where the networks' names do. */
  name: z.nullable(z.string().check(z.minLength(1), z.maxLength(longestName))),
  pinned: z.boolean(),
  /** Unix time. */
  finishedAtMs: z.int().check(z.nonnegative()),
  report: reportSchema,
};

// A newer version of the lab may have added to it.
export const pastExperimentSchema = z.object(pastShape);
export type PastExperiment = z.infer<typeof pastExperimentSchema>;

const libraryFileSchema = z.strictObject({
  format: z.literal("stitch-lab-library-1"),
  experiments: z.array(z.strictObject(pastShape)),
});

/** All of a library as one file. */
export function libraryFile(experiments: readonly PastExperiment[]): string {
  const file: z.input<typeof libraryFileSchema> = {
    format: "stitch-lab-library-1",
    experiments: experiments.map(({ name, pinned, finishedAtMs, report }) => ({
      name,
      pinned,
      finishedAtMs,
      report,
    })),
  };
  return `${JSON.stringify(file, null, 1)}\n`;
}

/**
 * @param file how errors name it
 * @throws LabError `bad-file` naming the first entry and field that do not fit; nothing is read of
 *   such a file
 */
export function readLibraryFile(text: string, file: string): readonly PastExperiment[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (thrown) {
    const found = thrown instanceof Error ? thrown.message : String(thrown);
    throw refused(file, exported, found, thrown);
  }
  const parsed = libraryFileSchema.safeParse(json);
  if (parsed.success) return parsed.data.experiments;
  const issue = parsed.error.issues[0];
  const path = issue?.path ?? [];
  const place = path.map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`));
  if (path.length === 0 || path[0] === "format") {
    const found = path.length === 0 ? quoted(json) : "another kind of JSON";
    throw refused(file, exported, found, parsed.error);
  }
  const input = `${file}: ${place.join("").replace(/^\./, "")}`;
  throw refused(
    input,
    issue?.message.replace(/^Invalid input: expected /, "") ?? "another value",
    // The path has today's names.
    quoted(valueAt(upgradedLibrary(json), path)),
    parsed.error,
  );
}

const exported = "a library in JSON, exported by Stitch Lab";

/**
 * Returns what tells one finished experiment from another: its report without how long things took.
 * In the form of format 2, so that experiments stored in it keep their ids.
 */
export function reportIdentity({ spec, backend, adapter, curves }: Report): object {
  const { version, curves: specCurves, sites: taps, similarityImages = "test", ...setting } = spec;
  const [{ perturbation: altered, ...first }, ...others] = specCurves;
  const also = others.map(({ perturbation, ...curve }) => ({ ...curve, altered: perturbation }));
  const [firstReport, ...otherReports] = curves.map(withoutTimes);
  return {
    format: "stitch-lab-report-2",
    // Up to version 2, training images were meant, and not named.
    spec: {
      version: 1,
      ...first,
      altered,
      ...setting,
      ...(similarityImages === "test" && { similarityImages }),
      taps,
      also,
    },
    backend,
    adapter,
    ...firstReport,
    ...(otherReports.length > 0 && { also: otherReports }),
  };
}

function withoutTimes({ top, bottom, sites, failures, probes }: CurveReport): object {
  const oldNames = { site: "tap", taps: "cell" };
  const renamed = (all: readonly object[]): unknown[] =>
    all.map((one) => renameKeys(one, oldNames));
  return {
    top,
    bottom,
    // Nor with the counts of errors, which older reports lack.
    taps: renamed(sites.map(({ errorOverlap: _, ...site }) => ({ ...site, seconds: null }))),
    ...(failures && { failures: renamed(failures) }),
    ...(probes && { probes }),
  };
}

function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === "object" && value !== null
        ? (value as Record<PropertyKey, unknown>)[step]
        : undefined,
    json,
  );
}

function quoted(value: unknown): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

function refused(input: string, expected: string, found: string, cause: unknown): LabError {
  return new LabError({ code: "bad-file", input, expected, found }, { cause });
}
