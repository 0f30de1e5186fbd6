import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import type { Architecture } from "../../../../src/core/nets/architecture-schema";
import { tapsOf } from "../../../../src/core/nets/taps";
import { zooManifestSchema } from "../../../../src/core/nets/zoo-manifest";
import type { BackendName, SiteResult } from "../../../../src/experiment/report";
import { recordedSchema, type Report } from "../../../../src/experiment/report";
import { batchSize } from "../../../../src/experiment/protocol";
import { curvesOf, defaultSpec, withProbes, type CurveSpec } from "../../../../src/experiment/spec";
import { unmeasured } from "../../../../src/engine/probe-result";
import { runSeconds, timeWords } from "../../../../src/lab/run-time/about-time";
import { curveWork, stitchWork } from "../../../../src/lab/run-time/experiment-work";
import { networkWork } from "../../../../src/lab/run-time/network-cost";
import {
  guessedPace,
  measuredPace,
  referenceWorkPerSecond,
} from "../../../../src/lab/run-time/pace";
import { pairOf, type ModelPair } from "../../../../src/lab/session/experiment/pair";
import { emptyResults, ofCurveReport } from "../../../../src/lab/session/results/results";

const root = resolve(import.meta.dirname, "../../../..");
const json = (path: string): unknown => JSON.parse(readFileSync(resolve(root, path), "utf8"));
const { models } = zooManifestSchema.parse(json("public/zoo/manifest.json"));

function pairIn(curve: Pick<CurveSpec, "top" | "bottom">): ModelPair {
  const pair = pairOf(curve, models);
  if (pair === null) throw new Error(`${curve.bottom} or ${curve.top} is not in the zoo`);
  return pair;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

interface RecordedCurve {
  readonly name: string;
  readonly curve: CurveSpec;
  readonly sites: readonly SiteResult[];
}

/** Recorded next to other work, three to thirty times slower than the others. */
const busy = ["fashion.json", "kernels.json", "protocol.json", "trained.json", "sparse.json"];

/** Curves recorded on WebAssembly; others take another pace. */
const recordedCurves = readdirSync(resolve(root, "public/recorded"))
  .filter((file) => file.endsWith(".json") && file !== "sketches.json")
  .filter((file) => !busy.includes(file))
  .flatMap((file): RecordedCurve[] => {
    const { report, apart = [] } = recordedSchema.parse(json(`public/recorded/${file}`));
    return curvesOf(report.spec).flatMap((curve, index) => {
      const backend = apart.find((other) => other.curve === index)?.backend ?? report.backend;
      const sites = report.curves[index]?.sites ?? [];
      const name = `${file} ${index}, ${curve.bottom} into ${curve.top}`;
      return backend === "wasm" ? [{ name, curve, sites }] : [];
    });
  });

test.each(recordedCurves)(
  "$name: stitches take within a factor of 3 of the recorded time",
  ({ curve, sites }) => {
    expect(sites.length).toBeGreaterThan(0);
    const ratios = sites.map(({ site, steps, seconds }) => {
      const work = stitchWork(curve, pairIn(curve), site, steps * batchSize);
      return (seconds ?? NaN) / (work / referenceWorkPerSecond);
    });
    // A median: single stitches waited minutes for a busy machine.
    expect(median(ratios)).toBeLessThan(3);
    expect(median(ratios)).toBeGreaterThan(1 / 3);
  },
);

describe("the work of a network", () => {
  const perNumber = 200;

  test("counts the multiply-adds of He et al.'s ResNet-18 for CIFAR and the numbers between", () => {
    const architecture: Architecture = { family: "resnet", blocks: [2, 2, 2, 2], width: 64 };
    const parts = networkWork({ architecture });
    expect(parts).toHaveLength(tapsOf(architecture).length + 1);
    const total = parts.reduce((sum, part) => sum + part, 0);
    // 0.56 GFLOPs in the tables of kuangliu's and others' CIFAR ResNets: multiply-adds.
    const numbers = 64 * 1024 * 5 + 128 * 256 * 5 + 256 * 64 * 5 + 512 * 16 * 5;
    expect((total - perNumber * numbers) / 1e9).toBeCloseTo(0.56, 2);
  });

  test.each<Architecture>([
    { family: "resnet", blocks: [3, 4, 6, 3], width: 64, expansion: 4, stem: "imagenet" },
    { family: "myrtle", width: 16 },
    { family: "vit", dim: 192, depth: 6, heads: 3, patch: 4 },
  ])("has a positive part for every tap of a $family", (architecture) => {
    const parts = networkWork({ architecture });
    expect(parts).toHaveLength(tapsOf(architecture).length + 1);
    expect(parts.every((part) => part > 0)).toBe(true);
  });

  test("of ResNet-50 on ImageNet is that of its 4.1 billion multiply-adds", () => {
    const parts = networkWork({
      architecture: {
        family: "resnet",
        blocks: [3, 4, 6, 3],
        width: 64,
        expansion: 4,
        stem: "imagenet",
        input: { height: 224, width: 224, channels: 3 },
        classes: 1000,
      },
    });
    const total = parts.reduce((sum, part) => sum + part, 0);
    // 11.1 million activations: torchvision's convolutions, as counted by fvcore.
    expect((total - perNumber * 11.1e6) / 1e9).toBeCloseTo(4.1, 1);
  });
});

describe("the time of an experiment", () => {
  const spec = defaultSpec("resnet18-w16-s0", "resnet18-w16-s1");
  const pace = { workPerSecond: referenceWorkPerSecond, isLowerBound: false };
  const seconds = (change: Partial<typeof spec>, workers = 1): number =>
    runSeconds({ ...spec, ...change }, models, emptyResults, { pace, workers }) ?? NaN;

  test("grows with epochs, images and curves, and shrinks with workers", () => {
    const once = seconds({});
    expect(seconds({ epochs: 8 })).toBeGreaterThan(1.3 * once);
    expect(seconds({ trainImages: 20_000, testImages: 10_000 })).toBeGreaterThan(5 * once);
    const [first] = spec.curves;
    expect(seconds({ curves: [first, { ...first, seed: 1 }] })).toBeCloseTo(2 * once, 5);
    expect(seconds({}, 2)).toBeCloseTo(once / 2, 5);
  });

  test("is never less than that of one stitch, however many workers there are", () => {
    const { stitches } = curveWork(curvesOf(spec)[0], pairIn(spec.curves[0]));
    const longest = Math.max(...stitches.values()) / referenceWorkPerSecond;
    expect(seconds({}, 1000)).toBeCloseTo(longest, 5);
  });

  test("counts no training where nothing is trained", () => {
    const [first] = spec.curves;
    const glance = defaultSpec(first.top, first.bottom, "glance");
    const closed = { ...spec, curves: [{ ...first, family: "orthogonal" as const }] as const };
    for (const curve of [...curvesOf(glance), { ...curvesOf(spec)[0], ...closed.curves[0] }]) {
      expect(curveWork(curve, pairIn(curve)).stitches.size).toBe(0);
    }
  });

  test("leaves out what is stored, and is unknown without the networks", () => {
    const { report } = recordedSchema.parse(json("public/recorded/adversarial.json"));
    const [curve] = report.curves;
    const half = { ...curve, sites: curve.sites.slice(0, 5) };
    const left = (stored: typeof curve): number | null =>
      runSeconds(
        report.spec,
        models,
        { curves: new Map([[0, ofCurveReport(stored)]]), report: null },
        { pace, workers: 2 },
        0,
      );
    expect(left(curve)).toBe(0);
    expect(left(half)).toBeGreaterThan(0);
    expect(left(half)).toBeLessThan(
      0.4 * (runSeconds(report.spec, models, emptyResults, { pace, workers: 2 }, 0) ?? NaN),
    );
    expect(runSeconds(spec, [], emptyResults, { pace, workers: 2 })).toBeNull();
  });
});

describe("the pace", () => {
  test("measured by a run does not mind one stitch during which a laptop slept", () => {
    const { report } = recordedSchema.parse(json("public/recorded/adversarial.json"));
    const slept = structuredClone<Report>(report);
    const [site] = slept.curves[0].sites;
    if (site) site.seconds = 50_000;
    const [measured, interrupted] = [measuredPace(report, models), measuredPace(slept, models)];
    expect(measured).toBeGreaterThan(referenceWorkPerSecond / 3);
    expect((interrupted ?? NaN) / (measured ?? NaN)).toBeGreaterThan(0.9);
  });

  test("of a GPU is taken from the probe as a lower bound; nobody guesses plain JavaScript's", () => {
    const probe = (backend: BackendName, elapsedMs: number | null) => ({
      ...unmeasured(backend, ""),
      usable: true,
      elapsedMs,
    });
    const choice = {
      chosen: "webgpu",
      reason: "",
      probes: [probe("cpu", null), probe("wasm", 50), probe("webgpu", 10)],
    } as const;
    expect(guessedPace("webgpu", choice)).toEqual({
      workPerSecond: 5 * referenceWorkPerSecond,
      isLowerBound: true,
    });
    expect(guessedPace("cpu", choice)).toBeNull();
  });
});

test.each([
  [5, "less than 1 min"],
  [70, "about 1 min"],
  [240, "about 4 min"],
  [330, "about 4 min"],
  [1500, "about 20 min"],
  [4000, "about 1 h"],
  [9000, "about 3 h"],
  [90_000, "about 1 d"],
  [900_000, "days"],
])("%d seconds are said as “%s”", (seconds, words) => {
  expect(timeWords(seconds, { isLowerBound: false })).toBe(words);
});

test("a time at a lower bound of the pace is an upper one", () => {
  expect(timeWords(240, { isLowerBound: true })).toBe("up to about 4 min");
});

test("probes add work for every layer and representation, and none to the stitches", () => {
  const spec = defaultSpec("resnet18-w16-s0", "resnet18-w16-s1");
  const works = [[], ["pooled"], ["pooled", "flattened"]] as const;
  const [none, one, both] = works.map((asked) => {
    const [curve] = curvesOf(withProbes(spec, asked));
    return curveWork(curve, pairIn(curve));
  });
  if (!none || !one || !both) throw new Error("three works");
  expect(one.passes).toBeGreaterThan(none.passes);
  expect(both.passes - one.passes).toBeCloseTo(one.passes - none.passes, -3);
  expect(both.stitches).toEqual(none.stitches);
});
