import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { presets, type PresetName } from "../../../../../src/experiment/figures";
import type { ProbeResult } from "../../../../../src/experiment/probes";
import { recordedSchema, type Recorded } from "../../../../../src/experiment/report";
import {
  withFirstCurve,
  withOtherCurves,
  withPermutations,
  withProbes,
  withSimilarityImages,
  type Spec,
} from "../../../../../src/experiment/spec";
import { withoutCurve } from "../../../../../src/lab/session/experiment/curves";
import { withProtocol } from "../../../../../src/lab/session/experiment/edits";
import {
  filesFor,
  isRecorded,
  withRecorded,
  type KnownResults,
} from "../../../../../src/lab/session/results/recorded-curves";
import {
  curveResults,
  emptyResults,
  withDigest,
  withEvent,
} from "../../../../../src/lab/session/results/results";
import { keptResults } from "../../../../../src/lab/session/results/shared-curves";
import { rowsOf } from "../../../../../src/lab/session/results/rows";
import { found, report, siteResult, zoo } from "../../fakes";

const none: ReadonlyMap<PresetName, unknown> = new Map();
const seeds = presets.seeds.spec;
const [first, untrained, third] = seeds.curves;
if (!untrained || !third) throw new Error("the opening figure has other curves");

function files(names: readonly PresetName[]): Recorded[] {
  return names.map((name) => {
    const text = readFileSync(`public/recorded/${name}.json`, "utf8");
    return recordedSchema.parse(JSON.parse(text));
  });
}

function known(spec: Spec, here = emptyResults): KnownResults {
  return withRecorded(spec, here, files(filesFor(spec, none, none)));
}

test("a figure needs its own file, and has its whole report", () => {
  expect(filesFor(seeds, none, none)).toEqual(["seeds"]);
  const { results, source } = known(seeds);
  expect(results.report).toEqual(files(["seeds"])[0]?.report);
  expect([...source.keys()]).toEqual([0, 1, 2, 3, 4]);
});

test("on the training images a figure has the similarity that its file has of them", () => {
  const asked = withSimilarityImages(presets.similar.spec, "train");
  const [file] = files(["similar"]);
  const { results, source, whole } = known(asked);
  expect(whole).toBe(true);
  expect(results.report?.spec).toEqual(asked);
  for (const [index, { sites }] of (results.report?.curves ?? []).entries()) {
    const train = file?.similarity?.train[index];
    expect(sites.map(({ site, similarity }) => ({ site, similarity }))).toEqual(train);
    expect(sites.map(({ cka }) => cka)).toEqual(train?.map((one) => one.similarity.linearCka));
    expect(sites.map(({ penalty }) => penalty)).toEqual(
      file?.report.curves[index]?.sites.map(({ penalty }) => penalty),
    );
  }
  expect(isRecorded(results, source, { curve: 0, site: 3 })).toBe(true);
});

test("without one of its curves a figure keeps the others, and a report of them", () => {
  const { results, source } = known(withoutCurve(seeds, 0));
  expect([...source.keys()]).toEqual([0, 1, 2, 3]);
  expect(curveResults(results, 1).bottom?.id).toBe(third.bottom);
  expect(results.report?.curves).toHaveLength(4);
  expect(results.report?.spec).toEqual(withoutCurve(seeds, 0));
});

test("one more curve leaves a gap, and the others stay", () => {
  const { results, source } = known(withOtherCurves(seeds, [{ ...first, seed: 7 }, untrained]));
  expect([...source.keys()]).toEqual([0, 2]);
  expect(curveResults(results, 1).sites.size).toBe(0);
  expect(curveResults(results, 2).sites.size).toBe(9);
  expect(results.report).toBeNull();
});

test("exchanging the networks keeps the further curves", () => {
  const spec = withFirstCurve(seeds, { top: first.bottom, bottom: first.top });
  expect([...known(spec).source.keys()]).toEqual([1, 2, 3, 4]);
});

test("fewer layers are served by a curve that was recorded at all of them", () => {
  const { results } = known({ ...seeds, sites: [2, 5] });
  expect([...curveResults(results).sites.keys()]).toEqual([2, 5]);
  expect(results.report?.curves[0].sites.map(({ site }) => site)).toEqual([2, 5]);
  // Recorded at every third layer only.
  const { source } = known({ ...presets.deep.spec, sites: [0, 1] });
  expect(source.size).toBe(0);
});

test("another protocol is another experiment", () => {
  expect(filesFor(withProtocol(seeds, "glance", zoo.models), none, none)).toEqual([]);
});

test("what is here already comes before another file, and a file that is lost is done without", () => {
  const alone = withOtherCurves(seeds, []);
  expect(filesFor(alone, new Map([["shuffled", true]]), none)).toEqual(["shuffled"]);
  expect(filesFor(withOtherCurves(seeds, [untrained]), none, none)).toHaveLength(1);
  const lost = new Map<PresetName, unknown>([["seeds", true]]);
  expect(filesFor(seeds, none, lost)).not.toContain("seeds");
  expect(filesFor(seeds, none, lost).length).toBeGreaterThan(0);
});

test("what was computed here takes the place of what is recorded, layer by layer", () => {
  const site = siteResult(4, { penalty: 0.25 });
  const events = [
    found({ type: "site", result: site }),
    found({ type: "similarity", site: 5, cka: 0.1, similarity: {} }),
  ];
  const { results, source } = known(seeds, events.reduce(withEvent, emptyResults));
  const { sites } = curveResults(results);
  expect(sites.get(4)?.result).toBe(site);
  // One number does not push out a whole result.
  expect(sites.get(5)?.result).toBeDefined();
  expect(sites.size).toBe(9);
  expect(results.report).toBeNull();
  expect([4, 5].map((at) => isRecorded(results, source, { curve: 0, site: at }))).toEqual([
    false,
    true,
  ]);
});

test("a figure of which some layers were computed here lacks nothing; one with another curve does", () => {
  const event = { type: "site", result: siteResult(4, { penalty: 0.25 }) } as const;
  const here = withEvent(emptyResults, { type: "curve", curve: 0, event });
  expect(known(seeds, here).whole).toBe(true);
  expect(known(seeds, here).results.report).toBeNull();
  expect(known(withOtherCurves(seeds, [{ ...first, seed: 7 }]), here).whole).toBe(false);
});

test("what was computed here as a whole leaves nothing recorded", () => {
  const here = withEvent(emptyResults, { type: "finished", report: report(seeds, []) });
  expect(known(seeds, here)).toEqual({ results: here, source: new Map(), whole: false });
});

test("what an address says stands in for curves of which nothing else is known", () => {
  const spec: Spec = { ...withOtherCurves(seeds, [untrained]), sites: [1, 4] };
  const here = withEvent(emptyResults, found({ type: "site", result: siteResult(4) }, 1));
  const theirs = [{ penalty: 0.02, standardError: 0.01, cka: 0.9 }, null];
  const { results, authors } = withDigest(here, spec, [theirs, theirs]);
  expect([...authors]).toEqual([0]);
  const [row, gap] = rowsOf(curveResults(results), [
    { index: 1, name: "block 1" },
    { index: 4, name: "block 4" },
  ]);
  expect(row?.penalty).toEqual({ value: 0.02, standardError: 0.01, testError: null });
  expect(row?.similarity).toEqual({ status: "known", value: 0.9 });
  expect(gap?.penalty).toBeNull();
  expect(curveResults(results, 1)).toBe(curveResults(here, 1));
});

test("a recorded curve without the probes that are asked for does not serve, and one with others is cut", () => {
  const probe: ProbeResult = {
    role: "top",
    tap: 0,
    name: "stem",
    representation: "pooled",
    features: 16,
    testError: 0.5,
    testErrorStandardError: 0.01,
    errorByRank: [0.8],
  };
  const [file] = files(["seeds"]);
  if (!file) throw new Error("no file");
  const pooled = withProbes(seeds, ["pooled"]);
  expect(withRecorded(pooled, emptyResults, [file]).whole).toBe(false);
  const [one, ...others] = file.report.curves.map((curve) => ({ ...curve, probes: [probe] }));
  if (!one) throw new Error("no curve");
  const probed: Recorded = {
    ...file,
    report: { ...file.report, spec: pooled, curves: [one, ...others] },
  };
  const found = withRecorded(pooled, emptyResults, [probed]);
  expect(found.whole).toBe(true);
  expect(curveResults(found.results).probes).toEqual([probe]);
  const without = withRecorded(seeds, emptyResults, [probed]);
  expect(without.whole).toBe(true);
  expect(curveResults(without.results).probes).toEqual([]);
});

test("an experiment with permutations keeps what is known without, but needs more than is recorded", () => {
  const permuted = withPermutations(seeds, 200);
  expect(known(permuted).source.size).toBe(0);
  const [file] = files(["seeds"]);
  if (!file) throw new Error("no file");
  const here = withEvent(emptyResults, { type: "finished", report: file.report });
  const kept = keptResults(here, seeds, permuted);
  expect(kept.report).toBeNull();
  expect(kept.curves.size).toBe(seeds.curves.length);
  // What has a null of its own is not shown for another one, or for none.
  for (const next of [seeds, withPermutations(seeds, 500)]) {
    expect(keptResults({ ...here, report: null }, permuted, next).curves.size).toBe(0);
  }
});

test("a measure that an older result lacks is not measured, one that is null undefined", () => {
  const sites = [{ index: 0, name: "stem" }];
  const older = siteResult(0, { similarity: { linearCka: 0.8, svcca: null } });
  const { curves } = withEvent(emptyResults, { type: "finished", report: report(seeds, [older]) });
  const [results] = [...curves.values()];
  if (!results) throw new Error("no curve");
  expect(rowsOf(results, sites, "cknna")[0]?.similarity).toEqual({ status: "unmeasured" });
  expect(rowsOf(results, sites, "svcca")[0]?.similarity).toEqual({ status: "undefined" });
});
