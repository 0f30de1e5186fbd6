/**
 * What earlier versions wrote keeps opening. The files in tests/fixtures/formats are by the version
 * of commit dd6dcb3, the last one with reports of format 2 and specs of version 1: its files,
 * results and keys as it wrote them.
 */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { dataManifestSchema } from "../../../src/core/data/manifest";
import { sha256Hex } from "../../../src/core/weights/hash";
import { readAddress, writeAddress } from "../../../src/experiment/address/address";
import { libraryFile, readLibraryFile, reportIdentity } from "../../../src/experiment/past";
import type { ModelIdentity } from "../../../src/experiment/plan/check-networks";
import { planOf } from "../../../src/experiment/plan/plan";
import { batchSize } from "../../../src/experiment/protocol";
import {
  recordedSchema,
  reportSchema,
  type BackendName,
  type CurveReport,
  type Report,
} from "../../../src/experiment/report";
import { curvesOf, specSchema } from "../../../src/experiment/spec";
import { taskIdentity } from "../../../src/experiment/plan/task";
import { encoded } from "../../../src/storage/codec";

interface OldSite {
  readonly tap: number;
  readonly cell?: readonly number[];
}
interface OldCurve {
  readonly top: object;
  readonly bottom: object;
  readonly taps: readonly OldSite[];
  readonly failures?: readonly OldSite[];
}
interface OldCurveSpec {
  readonly top: string;
  readonly bottom: string;
  readonly seed: number;
  readonly family: string;
  readonly altered: string;
}
interface OldSpec extends OldCurveSpec {
  readonly version: 1;
  readonly taps: "all" | readonly number[];
  readonly also: readonly OldCurveSpec[];
}
interface OldReport extends OldCurve {
  readonly format: "stitch-lab-report-2";
  readonly spec: OldSpec;
  readonly backend: string;
  readonly adapter: string | null;
  readonly also?: readonly OldCurve[];
}

const folder = resolve(import.meta.dirname, "../../fixtures/formats");
const textOf = (name: string): string => readFileSync(resolve(folder, `${name}.json`), "utf8");
const jsonOf = (name: string): unknown => JSON.parse(textOf(name));

const library = jsonOf("library") as {
  experiments: { name: string | null; pinned: boolean; finishedAtMs: number; report: OldReport }[];
};
const ids = jsonOf("report-ids") as Record<"recorded-kernels" | "recorded-transformer", string> & {
  library: string[];
};
const recordedIn = (name: string): OldReport => (jsonOf(name) as { report: OldReport }).report;

/**
 * Several curves, chosen sites, pairs of layers, failures, perturbed bottoms; with the ids they are
 * stored under.
 */
const reports: [string, OldReport, string | undefined][] = [
  ["of chosen sites", recordedIn("recorded-kernels"), ids["recorded-kernels"]],
  ["of different kinds", recordedIn("recorded-transformer"), ids["recorded-transformer"]],
  ...library.experiments.map(({ name, report }, k): [string, OldReport, string | undefined] => [
    `in a library: ${name ?? "unnamed"}`,
    report,
    ids.library[k],
  ]),
];

test("the examples contain every renamed field", () => {
  const curves = reports.flatMap(([, report]) => [report, ...(report.also ?? [])]);
  expect(reports.map(([, { format, spec }]) => [format, spec.version])).toEqual(
    reports.map(() => ["stitch-lab-report-2", 1]),
  );
  expect(curves.length).toBeGreaterThan(reports.length);
  expect(curves.some(({ taps }) => taps.some(({ cell }) => cell !== undefined))).toBe(true);
  expect(curves.some(({ failures = [] }) => failures.length > 0)).toBe(true);
  expect(reports.some(([, { spec }]) => spec.taps !== "all")).toBe(true);
  const altered = reports.flatMap(([, { spec }]) => [spec, ...spec.also].map((one) => one.altered));
  expect(new Set(altered).size).toBeGreaterThan(2);
});

describe.each(reports)("a report of format 2 %s", (_, old, id) => {
  const report = reportSchema.parse(old);

  test("has the same curves, sites, failures and numbers", () => {
    expectSameFindings(report, old);
  });

  test("belongs to the same experiment", () => {
    expectSameSpec(specSchema.parse(old.spec), old.spec);
    expect(report.spec).toStrictEqual(specSchema.parse(old.spec));
  });

  test("is written in the current format, and reads back the same", () => {
    expect(report.format).toBe("stitch-lab-report-3");
    expect(reportSchema.parse(JSON.parse(JSON.stringify(report)))).toStrictEqual(report);
  });

  test("keeps the id that it is stored under", () => {
    expect(reportIdentity(report)).toStrictEqual(withoutTimes(old));
    expect(sha256Hex(encoded(reportIdentity(report)))).toBe(id);
  });
});

test.each(["recorded-kernels", "recorded-transformer"])("a recorded file opens: %s", (name) => {
  const { report: old, ...about } = jsonOf(name) as { report: OldReport };
  const { report, ...rest } = recordedSchema.parse(jsonOf(name));
  expect(rest).toStrictEqual({ ...about });
  expectSameFindings(report, old);
});

test("an exported library is read, and exported again in the current format", () => {
  const read = readLibraryFile(textOf("library"), "library.json");
  expect(read).toHaveLength(2);
  for (const [k, { report: old, ...about }] of library.experiments.entries()) {
    const { report, ...rest } = read[k] ?? {};
    expect(rest).toStrictEqual(about);
    expect(report).toStrictEqual(reportSchema.parse(old));
  }
  expect(readLibraryFile(libraryFile(read), "again.json")).toStrictEqual(read);
});

const { models, data, tasks } = jsonOf("tasks") as {
  models: ModelIdentity[];
  data: unknown;
  tasks: {
    name: string;
    spec: OldSpec;
    address: string;
    backend: BackendName;
    identities: string[];
  }[];
};
const manifest = dataManifestSchema.parse(data);

describe.each(tasks)("$name", ({ spec: old, address, backend, identities }) => {
  const spec = specSchema.parse(old);

  test("a spec of version 1 is the same experiment", () => {
    expectSameSpec(spec, old);
  });

  test("its old address gives it without a problem, and is written in the current form", () => {
    const reading = readAddress(address, models);
    expect(reading).toStrictEqual({ spec, backend, problems: [] });
    const written = writeAddress(reading);
    expect(written).toMatch(/^#v=3&.*&similarity=train/);
    expect(written).not.toMatch(/taps=|altered=/);
    expect(readAddress(written, models)).toStrictEqual(reading);
  });

  test("without its version it is of the test images", () => {
    const { spec: today } = readAddress(address.replace(/v=1&/, ""), models);
    const { similarityImages: _, ...rest } = spec;
    expect(today).toStrictEqual(rest);
  });

  test("its tasks are found by the keys that they were stored under", () => {
    const network = (ref: string): ModelIdentity => {
      const found = models.find(({ id }) => id === ref);
      if (!found) throw new Error(`no network ${ref}`);
      return found;
    };
    const found = curvesOf(spec).flatMap((curve) => {
      const plan = planOf(curve, network(curve.top), network(curve.bottom), manifest);
      return [
        plan.baselines.top,
        ...(plan.baselines.bottom ? [plan.baselines.bottom] : []),
        ...plan.closedForm,
        ...plan.leastSquares,
        ...plan.family,
        ...plan.stitches,
      ];
    });
    expect(found.map((task) => taskIdentity(task, batchSize, backend))).toEqual(identities);
  });
});

test("every type of task is among those whose keys are compared", () => {
  const all = tasks.flatMap(({ identities }) => identities).join("\n");
  for (const type of ["baseline", "closed-form", "least-squares", "family", "stitch"]) {
    expect(all).toContain(`"type":"${type}"`);
  }
  for (const field of ["cells", "altered", "taps", "tap", "side"]) {
    expect(all).toContain(`"${field}":`);
  }
});

const addresses = jsonOf("addresses") as [string, string][];

test.each(addresses)("%s is %s", (old, now) => {
  const reading = readAddress(old, models);
  expect(reading.problems).toEqual([]);
  expect(reading).toStrictEqual(readAddress(now, models));
  const written = writeAddress(reading);
  expect(written).toMatch(/^#v=3&.*&similarity=train/);
  expect(written.replace("&similarity=train", "").replace("v=3", "v=2")).toBe(now);
});

describe("of version 2", () => {
  const current = specSchema.parse(tasks[0]?.spec);
  const { version: _, similarityImages: __, ...setting } = current;

  test("a spec, a report and an address mean the training images", () => {
    const old = { ...setting, version: 2 };
    expect(specSchema.parse(old)).toStrictEqual({ ...current, similarityImages: "train" });
    const [, report] = reports[0] ?? [];
    const today = reportSchema.parse(report);
    const { similarityImages: ___, ...spec } = today.spec;
    const stored = { ...today, spec: { ...spec, version: 2 } };
    expect(reportSchema.parse(stored)).toStrictEqual(today);
    const [, address] = addresses[0] ?? [];
    expect(readAddress(address ?? "", models).spec.similarityImages).toBe("train");
  });

  test("a report keeps its id, which one on test images does not share", () => {
    const today = reportSchema.parse(reports[0]?.[1]);
    const { similarityImages: _train, ...spec } = today.spec;
    const id = (report: Report): string => sha256Hex(encoded(reportIdentity(report)));
    expect(id(today)).toBe(reports[0]?.[2]);
    expect(id({ ...today, spec })).not.toBe(id(today));
  });
});

function expectSameFindings(report: Report, old: OldReport): void {
  const oldCurves = [old, ...(old.also ?? [])];
  expect(report.curves).toHaveLength(oldCurves.length);
  const { backend, adapter } = old;
  expect(report).toMatchObject({ backend, adapter });
  for (const [k, before] of oldCurves.entries()) {
    const { top, bottom, sites, failures } = report.curves[k] ?? ({} as Partial<CurveReport>);
    expect({ top, bottom }).toStrictEqual({ top: before.top, bottom: before.bottom });
    expect(sites).toStrictEqual(before.taps.map(renamed));
    expect(failures).toStrictEqual(before.failures?.map(renamed));
  }
}

function renamed({ tap, cell, ...rest }: OldSite): object {
  return { ...rest, site: tap, ...(cell && { taps: cell }) };
}

function expectSameSpec(spec: Report["spec"], old: OldSpec): void {
  const { version: oldVersion, taps, also, top, bottom, seed, family, altered, ...setting } = old;
  const { version, curves, sites, ...rest } = spec;
  expect([oldVersion, version]).toEqual([1, 3]);
  expect(rest).toStrictEqual({ ...setting, similarityImages: "train" });
  expect(sites).toStrictEqual(taps);
  const before = [{ top, bottom, seed, family, altered }, ...also];
  expect(curves).toStrictEqual(
    before.map(({ altered: perturbation, ...curve }) => ({ ...curve, perturbation })),
  );
}

/** As the version of dd6dcb3 took the hash of a stored experiment. */
function withoutTimes(report: OldReport): object {
  const curve = ({ taps, ...rest }: OldCurve): object => ({
    ...rest,
    taps: taps.map((tap) => ({ ...tap, seconds: null })),
  });
  const { also, ...first } = report;
  return { ...first, ...curve(first), ...(also && { also: also.map(curve) }) };
}

describe("a damaged report of an old version", () => {
  const { report } = JSON.parse(
    readFileSync(resolve("tests/fixtures/formats/recorded-kernels.json"), "utf8"),
  ) as {
    report: Record<string, unknown>;
  };

  test.each(["taps", "also", "failures", "spec"])("is refused where %s is no list", (field) => {
    expect(reportSchema.safeParse(report).success).toBe(true);
    expect(reportSchema.safeParse({ ...report, [field]: "x" }).success).toBe(false);
  });

  test("is reported in a library by its current path, with its value", () => {
    const [site, ...others] = report.taps as { penalty: unknown }[];
    const broken = { ...report, taps: [{ ...site, penalty: "low" }, ...others] };
    const experiment = { name: null, pinned: false, finishedAtMs: 1, report: broken };
    const text = JSON.stringify({ format: "stitch-lab-library-1", experiments: [experiment] });
    expect(() => readLibraryFile(text, "file.json")).toThrow(
      /file\.json: experiments\[0\]\.report\.curves\[0\]\.sites\[0\]\.penalty: .*found "low"/,
    );
  });
});
