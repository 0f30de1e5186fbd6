/**
 * Results and checkpoints that earlier versions stored are used: nothing is computed again, and
 * unfinished training resumes. tests/fixtures/formats/store-* are the command line's folders as the
 * version of commit dd6dcb3 left them.
 */
import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { diskStore } from "../../../../src/node/stores";
import { storedCheckpoint } from "../../../../src/engine/host/checkpoint-store";
import { storedResult } from "../../../../src/engine/host/result-store";
import { restoreExperiment } from "../../../../src/engine/host/restore";
import { runExperiment, type RunDeps } from "../../../../src/engine/host/run";
import { readLibraryFile } from "../../../../src/experiment/past";
import { reportSchema, type Report } from "../../../../src/experiment/report";
import type { ExperimentEvent } from "../../../../src/experiment/events";
import { specSchema, withOtherCurves, type Spec } from "../../../../src/experiment/spec";
import type { LeastSquaresTask, StitchTask } from "../../../../src/experiment/plan/task";
import { tinyDeps, tinySpec } from "../tiny-experiment";

const formats = resolve(import.meta.dirname, "../../../fixtures/formats");
let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "old-results-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A copy of what an old version left: a run may add to it. */
async function left(name: string) {
  await cp(join(formats, name), folder, { recursive: true });
  return diskStore(folder);
}

const noWorker = (): never => {
  throw new Error("a worker was started");
};

async function reportOf(
  spec: Spec,
  deps: RunDeps,
  hear: (activity: string) => void = () => undefined,
): Promise<Report> {
  for await (const event of runExperiment(spec, deps)) {
    if (event.type === "progress") hear(event.activity);
    if (event.type === "finished") return event.report;
  }
  throw new Error("no report");
}

/**
 * The experiment in the library whose results are in store-finished: several curves, one of a
 * family.
 */
async function finished(): Promise<Report> {
  const file = await readFile(join(formats, "library.json"), "utf8");
  const found = readLibraryFile(file, "library.json").find(({ name }) => name === null);
  if (!found) throw new Error("no experiment without a name");
  return found.report;
}

test("a finished experiment of an old version is restored from its store, without a worker", async () => {
  const { store, checkpoints } = await left("store-finished");
  const report = await finished();
  expect(report.curves).toHaveLength(3);
  const changes = { backend: "cpu", store, checkpoints, spawn: noWorker } as const;
  const again = await reportOf(report.spec, await tinyDeps(report.spec, changes));
  expect(withoutNoise(again)).toEqual(withoutNoise(report));
  let restored: Report | undefined;
  for await (const event of restoreExperiment(report.spec, await tinyDeps(report.spec, changes))) {
    if (event.type === "finished") restored = event.report;
  }
  expect(restored && withoutNoise(restored)).toEqual(withoutNoise(report));
});

test("what is stored of some curves is restored for every experiment that has them", async () => {
  const { store, checkpoints } = await left("store-finished");
  const { spec, curves } = await finished();
  const restored = async (next: Spec): Promise<ExperimentEvent[]> => {
    const deps = await tinyDeps(next, { backend: "cpu", store, checkpoints, spawn: noWorker });
    const events: ExperimentEvent[] = [];
    for await (const event of restoreExperiment(next, deps)) events.push(event);
    return events;
  };
  const [first, ...others] = spec.curves;
  const fewer = await restored(withOtherCurves(spec, others.slice(1)));
  expect(fewer.at(-1)).toMatchObject({
    type: "finished",
    report: { curves: [curves[0], curves[2]] },
  });

  const more = await restored(withOtherCurves(spec, [{ ...first, seed: 99 }, ...others]));
  const sites = more.flatMap((event) =>
    event.type === "curve" && event.event.type === "site" ? [event.curve] : [],
  );
  expect(sites).toEqual([0, 2, 3]);
  expect(more.some(({ type }) => type === "finished")).toBe(false);
});

test("old names in stored results of least squares and families become current names", async () => {
  const { store } = await left("store-finished");
  const keys = await readdir(join(folder, "results"));
  const stored = await Promise.all(keys.map((key) => store.get(key)));
  const old = stored.filter(
    (value): value is { type: "least-squares" | "family"; taps: { tap: number }[] } =>
      typeof value === "object" && value !== null && "taps" in value,
  );
  expect(old.map(({ type }) => type).sort()).toEqual(["family", "least-squares", "least-squares"]);
  for (const { type, taps, ...rest } of old) {
    expect(taps.map(({ tap }) => tap)).toEqual([1]);
    const sites = taps.map(({ tap, ...scores }) => ({ ...scores, site: tap }));
    const one = { get: () => Promise.resolve({ type, taps, ...rest }) };
    const found = await storedResult(one, "key", { ...leastSquares, type } as LeastSquaresTask);
    expect(found).toStrictEqual({ type, ...rest, sites });
  }
});

test("an unfinished refinement of an old version resumes from its checkpoint, to the same report", async () => {
  const spec = specSchema.parse({
    ...tinySpec("tiny-a", "tiny-b"),
    trainImages: 300,
    testImages: 64,
    similarityImages: "train",
    epochs: 8,
  });
  const stored = await left("store-interrupted");
  const [key = ""] = await readdir(join(folder, "checkpoints"));
  const checkpoint = await stored.checkpoints.get(key);
  expect(checkpoint).toMatchObject({
    training: { kind: "refinement", step: 5, vain: 0, everHelped: false },
  });
  const { training } = checkpoint as { training: { vain: number; everHelped: boolean } };
  const { vain, everHelped, ...same } = training;
  expect(await storedCheckpoint(stored.checkpoints, key, stitch)).toMatchObject({
    training: { ...same, roundsWithoutGain: vain, hasImproved: everHelped },
  });

  const steps: number[] = [];
  const resumed = await reportOf(
    spec,
    await tinyDeps(spec, { ...stored, backend: "cpu", workers: 1 }),
    (activity) => {
      const [, step] = /training, step (\d+)/.exec(activity) ?? [];
      if (step !== undefined) steps.push(Number(step));
    },
  );
  // Nothing of what was trained before is trained again.
  expect(Math.min(...steps)).toBe(6);
  expect(Math.max(...steps)).toBe(8);
  // As that version ended when nothing interrupted it.
  const file = await readFile(join(formats, "interrupted-report.json"), "utf8");
  expect(withoutNoise(resumed)).toEqual(withoutNoise(reportSchema.parse(JSON.parse(file))));
  // It went when its task ended.
  expect(await readdir(join(folder, "checkpoints"))).toEqual([]);
}, 240_000);

/** Without times and counts of errors, which that version did not report, and without the last digits, in which versions of Node may differ. */
function withoutNoise(report: Report): unknown {
  return JSON.parse(
    JSON.stringify(report, (name, value: unknown) => {
      if (name === "seconds") return 0;
      if (name === "errorOverlap") return undefined;
      return typeof value === "number" ? Number(value.toPrecision(9)) : value;
    }),
  );
}

const images = { count: 64, shards: ["0".repeat(64)] };
const networks = { bottom: "1".repeat(64), top: "2".repeat(64) };
const leastSquares: LeastSquaresTask = {
  type: "least-squares",
  ...networks,
  asked: [1],
  first: 0,
  end: 64,
  train: { split: "train", ...images },
  test: { split: "test", ...images },
};
const stitch: StitchTask = {
  type: "stitch",
  ...networks,
  site: 1,
  training: "refinement",
  epochs: 8,
  seed: 0,
  train: { split: "train", ...images },
  test: { split: "test", ...images },
};
