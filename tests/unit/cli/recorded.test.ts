import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import {
  assembled,
  withCurve,
  withSimilarity,
  withoutKnown,
  readRecorded,
  type MeasuredSite,
} from "../../../src/cli/recorded";
import { LabError } from "../../../src/core/errors";
import type { Recorded, Report } from "../../../src/experiment/report";
import {
  curvesOf,
  specOf,
  withFirstCurve,
  withOtherCurves,
  withSimilarityImages,
} from "../../../src/experiment/spec";

const recorded = (await readRecorded(resolve(import.meta.dirname, "../../../public/recorded"))).get(
  "transformer",
);
if (recorded?.report.curves.length !== 3) throw new Error("no recorded report of several curves");
const whole: Recorded = { ...recorded, apart: [] };
const { spec, curves } = whole.report;
const [first, ...others] = curves;
const date = "2026-01-02";

test.each([1, 2])("a curve is taken out and put in again at place %i", (place) => {
  const put = withCurve(without(place), spec, place, alone(place), date);
  expect(put).toEqual({ ...whole, apart: [{ curve: place, backend: "wasm", date }] });
});

test("an existing curve is replaced, and its separate run is recorded once", () => {
  const once = withCurve(whole, spec, 2, alone(2), date);
  const found = alone(2);
  const other: Report = {
    ...found,
    backend: "webgpu",
    curves: [{ ...found.curves[0], sites: [] }],
  };
  const twice = withCurve(withCurve(once, spec, 1, alone(1), date), spec, 2, other, "2026-03-04");
  expect(twice.report.curves).toEqual([first, others[0], { ...others[1], sites: [] }]);
  expect(twice.apart).toEqual([
    { curve: 1, backend: "wasm", date },
    { curve: 2, backend: "webgpu", date: "2026-03-04" },
  ]);
});

test.each([0, 3, -1])("there is no curve to put in at place %i", (place) => {
  expect(refusal(() => withCurve(whole, spec, place, alone(1), date))).toMatchObject({
    input: "curve",
    expected: "a place from 1 to 2",
    found: String(place),
  });
});

test("a preset is put together from the curves that files have and those that none has", () => {
  const files = [{ ...without(1), date: "2025-05-06" }];
  const missing = withoutKnown(spec, files, "wasm");
  expect(missing).toEqual({ ...spec, curves: [spec.curves[1]] });
  expect(withoutKnown(spec, files, "webgpu")).toEqual(spec);
  expect(withoutKnown(spec, [whole], "wasm")).toBeNull();
  const together = assembled(spec, [{ report: alone(1), date }, ...files], "wasm");
  expect(together.report).toEqual(whole.report);
  expect(together.date).toBe("2025-05-06");
  expect(together.apart).toEqual([{ curve: 1, backend: "wasm", date }]);
});

test("a report of another curve is refused, and so is one with curves not in the spec", () => {
  expect(refusal(() => withCurve(whole, spec, 2, alone(1), date)).input).toBe("the curve’s report");
  const otherSeed = { ...whole.report, spec: withFirstCurve(spec, { seed: 7 }) };
  const changed = { ...whole, report: otherSeed };
  expect(refusal(() => withCurve(changed, spec, 2, alone(2), date)).input).toBe(
    "the recorded report",
  );
});

describe("other measures of similarity", () => {
  const onTrain = withSimilarityImages(spec, "train");
  const onTest = withSimilarityImages(spec, "test");
  const before: Recorded = { ...whole, report: { ...whole.report, spec: onTrain } };
  const how = { backend: "wasm", date } as const;
  const measured = curves.flatMap(({ sites }, curve) =>
    sites.map(({ site }): MeasuredSite => {
      return { curve, site, similarity: { linearCka: curve + site / 100, svcca: null } };
    }),
  );

  test("are put in, and those on the training images are kept", () => {
    const put = withSimilarity(before, onTest, measured, how);
    expect(put.report.spec).toEqual(onTest);
    for (const [index, { sites, ...networks }] of put.report.curves.entries()) {
      const { sites: others, ...same } = curves[index] ?? first;
      expect(networks).toEqual(same);
      for (const [k, { cka, similarity, ...rest }] of sites.entries()) {
        expect(cka).toBe(index + rest.site / 100);
        expect(similarity).toEqual({ linearCka: cka, svcca: null });
        expect(others[k]).toMatchObject(rest);
      }
    }
    expect(put.similarity?.train).toEqual(
      curves.map(({ sites }) => sites.map(({ site, similarity }) => ({ site, similarity }))),
    );
    expect(withSimilarity(put, onTest, measured, how)).toEqual(put);
  });

  test("are refused for another experiment, and where one is missing", () => {
    const other = withFirstCurve(onTest, { seed: 7 });
    expect(refusal(() => withSimilarity(before, other, measured, how)).input).toBe(
      "the recorded report",
    );
    expect(refusal(() => withSimilarity(before, onTest, measured.slice(1), how))).toMatchObject({
      input: "similarity of curve 0",
      expected: "site 0",
    });
  });
});

function without(place: number): Recorded {
  const { report } = whole;
  const fewer = withOtherCurves(spec, spec.curves.slice(1).toSpliced(place - 1, 1));
  return {
    ...whole,
    report: { ...report, spec: fewer, curves: [first, ...others.toSpliced(place - 1, 1)] },
  };
}

function alone(place: number): Report {
  const { format, backend, adapter } = whole.report;
  const curve = curvesOf(spec)[place];
  const found = curves[place];
  if (!curve || !found) throw new Error(`no curve ${place}`);
  return { format, backend, adapter, spec: specOf(curve), curves: [found] };
}

function refusal(act: () => unknown): LabError {
  try {
    act();
  } catch (thrown) {
    if (thrown instanceof LabError) return thrown;
  }
  throw new Error("it was not refused");
}
