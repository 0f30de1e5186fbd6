/** Inspects stored stitches of whole experiments on the tiny networks. */
import { cifar10Form } from "../../../src/core/data/cifar10";
import { expect, test } from "vitest";
import { detailsOf } from "../../../src/cli/record-details";
import { changedImages } from "../../../src/core/scoring/changes";
import { lossPoints } from "../../../src/core/stitch/training/loss-curve";
import { effectiveRank, singularValues } from "../../../src/core/stitch/spectrum";
import { readDetails } from "../../../src/engine/details/read";
import { inspectStitch, type Inspection } from "../../../src/engine/host/inspect";
import type { ResultStore } from "../../../src/engine/host/result-store";
import { runExperiment } from "../../../src/engine/host/run";
import type { TaskResult } from "../../../src/engine/kinds/registry";
import type { Report } from "../../../src/experiment/report";
import {
  specSchema,
  withFirstCurve,
  withOtherCurves,
  type Curve,
  type Spec,
} from "../../../src/experiment/spec";
import { cifarImages } from "../fixtures";
import { tinyDeps, tinySpec, watchedStore } from "./tiny-experiment";

const quick: Spec = { ...tinySpec("tiny-a", "tiny-b"), trainImages: 600 };
const glance: Spec = { ...quick, protocol: "glance", epochs: 0 };

async function finished(spec: Spec, store: ResultStore): Promise<Report> {
  for await (const event of runExperiment(spec, await tinyDeps(spec, { store }))) {
    if (event.type === "finished") return event.report;
  }
  throw new Error("no report");
}

async function inspected(spec: Spec, store: ResultStore, curve = 0, site = 1): Promise<Inspection> {
  const found = await inspectStitch(spec, { curve, site }, await tinyDeps(spec, { store }));
  if (!found) throw new Error("nothing stored");
  return found;
}

/**
 * A store as an older version filled it: without what newer ones add, and by the first version's
 * names.
 */
function older(store: ResultStore): ResultStore {
  const without = (value: object): object =>
    Object.fromEntries(
      Object.entries(value)
        .filter(([name]) => name !== "predicted" && name !== "lossCurve")
        .map(([name, held]: [string, unknown]) => {
          if (name === "site") return ["tap", held];
          return name === "sites" && Array.isArray(held)
            ? ["taps", held.map(without)]
            : [name, held];
        }),
    );
  return {
    async get(key) {
      const kept = await store.get(key);
      return kept && without(kept);
    },
    put: (_key: string, result: TaskResult) => {
      throw new Error(`a ${result.type} task was computed again`);
    },
    delete: (key) => store.delete(key),
  };
}

test("a trained stitch: flipped images add up to the penalty, and answers agree with the flags", async () => {
  const store = watchedStore();
  const report = await finished(quick, store);
  const { top, bottom, stitched, place, lossCurve, matrix, shift } = await inspected(quick, store);
  const [site] = report.curves[0].sites;
  expect(place.name).toBe(site?.name);
  const { rightToWrong, wrongToRight } = changedImages(stitched.wrong, top.wrong);
  const penalty = (rightToWrong.length - wrongToRight.length) / quick.testImages;
  expect(penalty).toBeCloseTo(site?.penalty ?? NaN, 12);
  const { labels } = cifarImages("test", quick.testImages);
  for (const answers of [top, bottom, stitched]) {
    const wrong = answers?.predicted?.map((answer, k) => (answer === labels[k] ? 0 : 1));
    expect(wrong).toEqual(answers?.wrong);
  }
  expect(lossPoints(lossCurve ?? { stride: 1, steps: 0, sums: new Float64Array() })).toHaveLength(
    site?.steps ?? NaN,
  );
  expect(matrix).toMatchObject({ rows: shift?.ownMean.length, side: 1 });
});

test("the least-squares stitch: its residual is 1 − R² of the report, and its matrix is complete", async () => {
  const store = watchedStore();
  const [site] = (await finished(glance, store)).curves[0].sites;
  const { shift, matrix, lossCurve } = await inspected(glance, store);
  expect(shift?.residual).toBeCloseTo(1 - (site?.leastSquaresR2 ?? NaN), 9);
  expect(lossCurve).toBeNull();
  if (!matrix) throw new Error("no matrix");
  const values = singularValues(matrix.values, matrix.rows, matrix.columns);
  const squares = matrix.values.reduce((sum, value) => sum + value ** 2, 0);
  expect(values.reduce((sum, value) => sum + value ** 2, 0)).toBeCloseTo(squares, 6);
});

test("a network stitched to itself by the identity: no image flips, no channel shifts", async () => {
  const self = withFirstCurve(quick, { bottom: "tiny-a", family: "identity" });
  const store = watchedStore();
  await finished(self, store);
  const { top, stitched, matrix, shift } = await inspected(self, store);
  expect(changedImages(stitched.wrong, top.wrong)).toEqual({ rightToWrong: [], wrongToRight: [] });
  expect(stitched.predicted).toEqual(top.predicted);
  expect(shift?.frechet).toBeCloseTo(0, 9);
  expect(shift?.residual).toBeCloseTo(0, 5);
  if (!matrix) throw new Error("no matrix");
  const values = singularValues(matrix.values, matrix.rows, matrix.columns);
  expect(effectiveRank(values)).toBeCloseTo(matrix.columns, 9);
});

test("a larger kernel has a matrix of all its positions, and no shift", async () => {
  const paper: Spec = { ...quick, protocol: "paper", epochs: 1 };
  const kernel = specSchema.parse(withFirstCurve(paper, { family: "kernel-3" }));
  const store = watchedStore();
  await finished(kernel, store);
  const { matrix, shift } = await inspected(kernel, store);
  expect(matrix?.side).toBe(3);
  expect(matrix?.values).toHaveLength((matrix?.rows ?? NaN) * (matrix?.columns ?? NaN));
  expect((matrix?.rows ?? NaN) % 9).toBe(0);
  expect(shift).toBeNull();
});

test("a recorded experiment’s details file gives what its records give", async () => {
  const store = watchedStore();
  const report = await finished(quick, store);
  const { labels } = cifarImages("test", quick.testImages);
  const deps = await tinyDeps(quick, { store });
  const { file, leftOut } = await detailsOf(
    { format: "stitch-lab-recorded-1", command: "", date: "2026-01-02", report },
    {
      labels,
      classes: cifar10Form.classes,
      inspect: (stitch) => inspectStitch(quick, stitch, deps),
    },
  );
  expect(leftOut).toEqual([]);
  const live = await inspected(quick, store);
  const saved = (await readDetails(file, "tiny.details.bin")).inspection(0, 1);
  if (!saved?.matrix || !live.matrix) throw new Error("no matrix");
  const { place, top, bottom, stitched, trainImages } = live;
  expect(saved).toMatchObject({ place, top, bottom, stitched, trainImages });
  saved.matrix.values.forEach((value, at) =>
    expect(value).toBeCloseTo(live.matrix?.values[at] ?? NaN, 2),
  );
  expect(saved.matrix.bias).toEqual(live.matrix.bias.map(Math.fround));
  expect(saved.shift?.stitchedMean).toEqual(live.shift?.stitchedMean.map(Math.fround));
  expect(saved.lossCurve?.steps).toBe(live.lossCurve?.steps);
});

test("results of an older version are read, not recomputed for their answers", async () => {
  const store = watchedStore();
  const report = await finished(quick, store);
  const before = older(store);
  expect(await finished(quick, before)).toEqual(report);
  const { stitched, top, lossCurve, matrix, shift } = await inspected(quick, before);
  expect([stitched.predicted, top.predicted, lossCurve]).toEqual([null, null, null]);
  const whole = await inspected(quick, store);
  expect(stitched.wrong).toEqual(whole.stitched.wrong);
  expect({ matrix, shift }).toEqual({ matrix: whole.matrix, shift: whole.shift });
});

test("a stitch of another curve belongs to that curve", async () => {
  const other: Curve = {
    top: "tiny-a",
    bottom: "tiny-a",
    seed: 0,
    family: "affine",
    perturbation: "none",
  };
  const both = specSchema.parse(withOtherCurves(glance, [other]));
  const store = watchedStore();
  const report = await finished(both, store);
  const { stitched } = await inspected(both, store, 1);
  const wrong = stitched.wrong.reduce((sum, flag) => sum + flag, 0);
  expect(wrong / both.testImages).toBeCloseTo(report.curves[1]?.sites[0]?.testError ?? NaN, 12);
});

test("a stitch that is not computed yet is null, and a site that does not exist is refused", async () => {
  const deps = await tinyDeps(quick, { store: watchedStore() });
  expect(await inspectStitch(quick, { curve: 0, site: 1 }, deps)).toBeNull();
  await expect(inspectStitch(quick, { curve: 0, site: 99 }, deps)).rejects.toMatchObject({
    code: "bad-input",
    input: "site",
    found: "99",
  });
  await expect(inspectStitch(quick, { curve: 3, site: 1 }, deps)).rejects.toMatchObject({
    code: "bad-input",
    input: "curve of the experiment",
    found: "3",
  });
});
