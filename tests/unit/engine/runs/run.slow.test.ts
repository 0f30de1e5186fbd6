import { expect, test } from "vitest";
import { LabError } from "../../../../src/core/errors";
import { measures } from "../../../../src/core/similarity/measures";
import { restoreExperiment } from "../../../../src/engine/host/restore";
import { runExperiment, type RunDeps } from "../../../../src/engine/host/run";
import type { ExperimentEvent } from "../../../../src/experiment/events";
import type { CurveReport, Report } from "../../../../src/experiment/report";
import { defaultSpec, type Spec } from "../../../../src/experiment/spec";
import { tinyDeps, tinySpec, watchedStore } from "../tiny-experiment";

const pair = tinySpec("tiny-a", "tiny-b");

async function reportOf(spec: Spec, deps: RunDeps): Promise<Report> {
  for await (const event of runExperiment(spec, deps)) {
    if (event.type === "finished") return event.report;
  }
  throw new Error("no report");
}

/** The pair's report by two workers, for tests that only look at it. */
let reported: Promise<Report> | undefined;
const reportOfPair = (): Promise<Report> =>
  (reported ??= tinyDeps(pair, { workers: 2 }).then((deps) => reportOf(pair, deps)));

/** Everything but the time it took. */
function untimed({ curves, ...rest }: Report): object {
  const untimedSites = ({ sites, ...networks }: CurveReport): object => ({
    ...networks,
    sites: sites.map((site) => ({ ...site, seconds: 0 })),
  });
  return { ...rest, curves: curves.map(untimedSites) };
}

/** Types of the events; for a curve's results, the result's type. */
async function eventTypes(events: AsyncIterable<ExperimentEvent>): Promise<string[]> {
  const types: string[] = [];
  for await (const event of events) {
    types.push(event.type === "curve" ? event.event.type : event.type);
  }
  return types;
}

test("the report has every measure of similarity at every site", async () => {
  const [{ sites }] = (await reportOfPair()).curves;
  for (const { cka, similarity } of sites) {
    expect(Object.keys(similarity)).toEqual(Object.keys(measures));
    expect(similarity.linearCka).toBeCloseTo(cka ?? NaN, 12);
    for (const value of Object.values(similarity)) expect(value).toBeLessThan(1);
  }
});

test("a single site has the same numbers as among all sites", async () => {
  const glance = {
    ...defaultSpec("tiny-a", "tiny-b", "glance"),
    trainImages: 300,
    testImages: 100,
  };
  const all = await reportOf(glance, await tinyDeps(glance));
  const alone = await reportOf({ ...glance, sites: [1] }, await tinyDeps(glance));
  expect(untimed(alone)).toMatchObject({
    curves: [{ sites: [{ ...all.curves[0].sites[1], seconds: 0 }] }],
  });
});

test("the report does not depend on how many workers there are", async () => {
  const one = await reportOf(pair, await tinyDeps(pair, { workers: 1 }));
  expect(untimed(await reportOfPair())).toEqual(untimed(one));
});

test("a stored experiment is restored without a worker", async () => {
  const store = watchedStore();
  const report = await reportOf(pair, await tinyDeps(pair, { store }));
  const spawn = (): never => {
    throw new Error("a worker was started");
  };
  expect(await reportOf(pair, await tinyDeps(pair, { store, spawn }))).toEqual(report);
});

test("workers start while files are still loading", async () => {
  const usual = await tinyDeps(pair);
  let start = (): void => undefined;
  const started = new Promise<void>((resolve) => {
    start = resolve;
  });
  const report = await reportOf(pair, {
    ...usual,
    spawn() {
      start();
      return usual.spawn();
    },
    // No file comes before the first worker.
    assets: { read: (asset) => started.then(() => usual.assets.read(asset)) },
  });
  expect(report.curves[0].sites).toHaveLength(1);
});

test("a stitch whose sums were lost is restored once they are computed again, and not trained again", async () => {
  const store = watchedStore();
  const report = await reportOf(pair, await tinyDeps(pair, { store }));
  store.lose("closed-form");
  const before = store.kept.length;
  const deps = await tinyDeps(pair, { store });
  const types = await eventTypes(restoreExperiment(pair, deps));
  expect(types).toContain("baseline");
  expect(types).not.toContain("site");
  expect(await reportOf(pair, deps)).toEqual(report);
  expect(store.kept.slice(before)).toEqual(["closed-form"]);
});

test("a network stitched to itself has its baseline computed once", async () => {
  const self = tinySpec("tiny-a", "tiny-a");
  const store = watchedStore();
  const report = await reportOf(self, await tinyDeps(self, { store }));
  expect(store.kept.filter((type) => type === "baseline")).toHaveLength(1);
  const [{ top, bottom, sites }] = report.curves;
  expect(bottom).toEqual(top);
  expect(sites[0]?.cka).toBeCloseTo(1, 6);
  for (const value of Object.values(sites[0]?.similarity ?? {})) {
    expect(value).toBeCloseTo(1, 4);
  }
});

test("cancelling ends the run at once with an error that says so", async () => {
  const abort = new AbortController();
  const deps = await tinyDeps(pair, { signal: abort.signal });
  const run = async (): Promise<void> => {
    for await (const event of runExperiment(pair, deps)) {
      if (event.type === "progress") abort.abort();
    }
  };
  const error: unknown = await run().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(LabError);
  expect((error as LabError).code).toBe("cancelled");
});
