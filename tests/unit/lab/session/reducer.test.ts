import { describe, expect, test } from "vitest";
import type { Report } from "../../../../src/experiment/report";
import {
  defaultSpec,
  withFirstCurve,
  withOtherCurves,
  type Spec,
} from "../../../../src/experiment/spec";
import type { LabAction } from "../../../../src/lab/session/actions";
import { reduce } from "../../../../src/lab/session/reducer";
import { curveResults } from "../../../../src/lab/session/results/results";
import { rowsOf } from "../../../../src/lab/session/results/rows";
import {
  initialState,
  workbenchOf,
  type LabState,
  type Workbench,
} from "../../../../src/lab/session/state";
import { tapsOf } from "../../../../src/core/nets/taps";
import { choice, curveReport, found, model, modelResult, report, siteResult, zoo } from "../fakes";

const spec = defaultSpec("resnet18-w16-s0", "resnet18-w16-s1");
const opened: LabAction = {
  type: "opened",
  models: zoo.models,
  address: { spec, backend: null },
  problems: [],
};
const sites = tapsOf(model("resnet18-w16-s0").architecture);

describe("results", () => {
  test("arrive in any order and are kept side by side", () => {
    const { results } = after([
      opened,
      { type: "run-started", paused: false },
      event(
        found({
          type: "least-squares",
          site: 3,
          testError: 0.3,
          penalty: 0.2,
          penaltyStandardError: 0.03,
        }),
      ),
      event(found({ type: "baseline", role: "top", result: modelResult("resnet18-w16-s0", 0.1) })),
      event(found({ type: "similarity", site: 3, cka: 0.5, similarity: {} })),
      event(found({ type: "similarity", site: 0, cka: null, similarity: {} })),
    ]);
    const rows = rowsOf(curveResults(results), sites);
    expect(rows[3]).toEqual({
      site: 3,
      name: "block 3",
      penalty: null,
      leastSquares: { value: 0.2, standardError: 0.03, testError: 0.3 },
      similarity: { status: "known", value: 0.5 },
      similarityNull: null,
      training: null,
      failure: null,
    });
    expect(rows[0]?.similarity).toEqual({ status: "undefined" });
    expect(rows[1]?.similarity).toEqual({ status: "waiting" });
    expect(curveResults(results).top?.testError).toBe(0.1);
    expect(curveResults(results).bottom).toBeNull();
  });

  test("of other curves are kept separate from the first curve's, and a report fills them all", () => {
    const baseline = { role: "top", result: modelResult("resnet18-w16-s0", 0.1) } as const;
    const told = after([
      opened,
      event(found({ type: "similarity", site: 2, cka: 0.25, similarity: {} }, 2)),
      event(found({ type: "baseline", ...baseline }, 2)),
    ]).results;
    expect(curveResults(told).sites.size).toBe(0);
    expect([...told.curves.keys()]).toEqual([2]);
    expect(curveResults(told, 2).sites.get(2)?.cka).toBe(0.25);
    expect(curveResults(told, 2).top?.testError).toBe(0.1);

    const [first] = report(spec, [siteResult(1)]).curves;
    const second = curveReport(spec.curves[0], [siteResult(2, { penalty: 0.4 })]);
    const whole: Report = { ...report(spec, []), curves: [first, second] };
    const { results } = after([opened, event({ type: "finished", report: whole })]);
    expect([...curveResults(results).sites.keys()]).toEqual([1]);
    expect(curveResults(results, 1).sites.get(2)?.result?.penalty).toBe(0.4);
  });

  test("a stored site includes its similarity and its least-squares penalty", () => {
    const { results } = after([opened, event(found({ type: "site", result: siteResult(2) }))]);
    const row = rowsOf(curveResults(results), sites)[2];
    expect(row?.similarity).toEqual({ status: "known", value: 0.8 });
    expect(row?.penalty).toEqual({ value: 0.05, standardError: 0.01, testError: 0.15 });
    // The top's own error is 0.15 − 0.05, and the least-squares stitch errs on 0.25.
    expect(row?.leastSquares?.value).toBeCloseTo(0.15, 12);
  });

  test("the report alone is enough to show everything", () => {
    const all = sites.map(({ index }) => siteResult(index));
    const bench = after([opened, event({ type: "finished", report: report(spec, all) })]);
    expect(bench.results.report?.curves[0].sites).toHaveLength(9);
    expect(curveResults(bench.results).bottom?.testError).toBe(0.12);
    expect(
      rowsOf(curveResults(bench.results), sites).every(({ penalty }) => penalty !== null),
    ).toBe(true);
  });

  test("progress keeps the results object, so charts are not redrawn", () => {
    const before = after([opened, { type: "run-started", paused: false }]);
    const progress = event({
      type: "progress",
      fraction: 0.5,
      remainingMs: null,
      activity: "block 1",
      tensorBytes: 8e6,
    });
    const later = after([opened, { type: "run-started", paused: false }, progress]);
    expect(later.results).toBe(before.results);
    expect(later.activity).toMatchObject({
      progress: { stage: "working", fraction: 0.5, activity: "block 1" },
    });
  });

  test("changing the experiment clears them and the run", () => {
    const bench = after([
      opened,
      { type: "run-started", paused: false },
      event(found({ type: "site", result: siteResult(2) })),
      { type: "changed", address: { spec: withFirstCurve(spec, { seed: 1 }), backend: null } },
    ]);
    expect(bench.results.curves.size).toBe(0);
    expect(bench.activity).toEqual({ status: "idle" });
  });
});

describe("results of another experiment", () => {
  const [first] = spec.curves;
  const second = { ...first, bottom: "myrtle-w16-s1" };
  const both = withOtherCurves(spec, [second]);
  const on = (next: Spec, backend: "wasm" | "cpu" = "wasm") => ({ spec: next, backend });
  const openedBoth: LabAction = { ...opened, address: on(both) };

  test("stay for the curves that it shares", () => {
    const bench = after([
      openedBoth,
      event(found({ type: "site", result: siteResult(2) }, 0)),
      event(found({ type: "site", result: siteResult(3) }, 1)),
      { type: "changed", address: on({ ...spec, curves: [second] }) },
    ]);
    expect([...bench.results.curves.keys()]).toEqual([0]);
    expect([...curveResults(bench.results).sites.keys()]).toEqual([3]);
  });

  test("stay at the layers that it asks for", () => {
    const results = [1, 2, 3].map((site) =>
      event(found({ type: "site", result: siteResult(site) })),
    );
    const few: Spec = { ...spec, sites: [2, 4] };
    const bench = after([
      { ...opened, address: on(spec) },
      ...results,
      { type: "changed", address: on(few) },
    ]);
    expect([...curveResults(bench.results).sites.keys()]).toEqual([2]);
  });

  test("are its whole report where they have all of it, by Back or by a change", () => {
    const [one] = report(spec, [siteResult(1)]).curves;
    const two = curveReport(second, [siteResult(2)]);
    const whole: Report = { ...report(both, []), curves: [one, two] };
    const alone: Spec = { ...spec, curves: [second] };
    for (const next of [
      { type: "changed", address: on(alone) },
      { ...opened, address: on(alone) },
    ] as const) {
      const bench = after([openedBoth, event({ type: "finished", report: whole }), next]);
      expect(bench.results.report).toEqual({ ...whole, spec: alone, curves: [two] });
    }
  });

  test("are not shown for another backend", () => {
    const bench = after([
      openedBoth,
      event(found({ type: "site", result: siteResult(2) })),
      { type: "changed", address: on(both, "cpu") },
    ]);
    expect(bench.results.curves.size).toBe(0);
  });
});

describe("backend", () => {
  const asked = (backend: "webgpu" | "cpu"): LabAction => ({
    type: "opened",
    models: zoo.models,
    address: { spec, backend },
    problems: [],
  });

  test("a requested one that works stays", () => {
    const bench = after([asked("cpu"), { type: "probed", choice }]);
    expect(bench.address.backend).toBe("cpu");
    expect(bench.problems).toEqual([]);
  });

  test.each([
    ["before the probe answers", [asked("webgpu"), { type: "probed", choice }]],
    ["after it", [{ type: "probed", choice }, asked("webgpu")]],
  ] as const)("one that does not work here gives way, and that is said: %s", (_, actions) => {
    const bench = after(actions);
    expect(bench.address.backend).toBeNull();
    expect(bench.problems).toEqual([
      {
        parameter: "backend",
        found: "webgpu",
        expected: "a working backend (no adapter)",
        instead: "used wasm",
      },
    ]);
  });
});

test("a failed probe of its backend does not discard a run", () => {
  const bench = after([
    {
      type: "opened",
      models: zoo.models,
      problems: [],
      address: { spec, backend: "webgpu" },
    },
    { type: "run-started", paused: false },
    event(found({ type: "site", result: siteResult(2) })),
    { type: "probed", choice },
  ]);
  expect(bench.address.backend).toBe("webgpu");
  expect(bench.activity.status).toBe("running");
  expect(curveResults(bench.results).sites.size).toBe(1);
});

test("nothing but the zoo opens the workbench", () => {
  const state = reduce(initialState, { type: "run-started", paused: false });
  expect(workbenchOf(state)).toBeNull();
});

test("cancelling keeps the progress visible until the workers have stopped", () => {
  const progress = event({
    type: "progress",
    fraction: 0.5,
    remainingMs: 1,
    activity: "block 1",
    tensorBytes: 8e6,
  });
  const bench = after([
    opened,
    { type: "run-started", paused: false },
    progress,
    { type: "cancel-asked" },
  ]);
  expect(bench.activity).toMatchObject({
    status: "cancelling",
    progress: { fraction: 0.5 },
  });
});

function event(value: Extract<LabAction, { type: "event" }>["event"]): LabAction {
  return { type: "event", event: value };
}

function after(actions: readonly LabAction[]): Workbench {
  const state = actions.reduce<LabState>(reduce, initialState);
  const bench = workbenchOf(state);
  if (bench === null) throw new Error("the workbench is not open");
  return bench;
}
