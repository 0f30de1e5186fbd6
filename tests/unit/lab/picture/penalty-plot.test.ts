import { describe, expect, test } from "vitest";
import type { LayerPlot, PlotCurve } from "../../../../src/lab/picture/plots/layer-plot";
import { penaltyPlot, type PenaltyPlotData } from "../../../../src/lab/picture/model/penalty-plot";
import { bottomOf, recordedReport } from "../recorded-report";
import { figurePicture } from "./figure-pictures";
import { axisOf, penaltyData, plotted, row } from "./plotted";

const report = recordedReport("seeds");
const { penalty } = figurePicture("seeds", { oneScale: true });

/** Those of the experiment, in its order. */
function curvesOf({ curves }: Pick<LayerPlot, "curves">): readonly PlotCurve[] {
  return curves
    .filter(({ name }) => name !== "least squares")
    .toSorted((a, b) => a.index - b.index);
}

describe("the opening figure", () => {
  test("every curve has its report's penalties, in percentage points, with their errors", () => {
    const drawn = curvesOf(penalty);
    expect(drawn).toHaveLength(report.curves.length);
    for (const [curve, { sites }] of report.curves.entries()) {
      expect(
        drawn[curve]?.points.map(({ site, value, standardError }) => [site, value, standardError]),
      ).toEqual(
        sites.map((site) => [site.site, 100 * site.penalty, 100 * site.penaltyStandardError]),
      );
    }
  });

  test("the main curve lies above the others", () => {
    expect(penalty.curves.at(-1)).toMatchObject({ index: 0, look: { colour: "stitch" } });
  });

  test("every curve is named once, with its networks in full", () => {
    const { labels } = figurePicture("seeds").penalty;
    for (const { index, name, title } of figurePicture("seeds").curves) {
      const named = [...labels, ...(figurePicture("seeds").penalty.strip?.labels ?? [])].filter(
        ({ curve }) => curve === index,
      );
      expect(named).toMatchObject([{ name, title }]);
    }
  });

  test("the scale holds every value, the main curve's error and both networks' own errors", () => {
    const [low, high] = penalty.domain;
    const [top, bottom] = [report.curves[0].top, bottomOf(report.curves[0])];
    const ends = [
      ...report.curves.flatMap(({ sites }) => sites.map((site) => 100 * site.penalty)),
      ...report.curves[0].sites.flatMap(({ penalty: value, penaltyStandardError: error }) => [
        100 * (value - error),
        100 * (value + error),
      ]),
      100 * (bottom.testError - top.testError),
    ];
    expect(low).toBeLessThan(Math.min(0, ...ends));
    expect(high).toBeGreaterThan(Math.max(0, ...ends));
    expect(penalty.levels.map(({ value }) => value)).toEqual([
      0,
      100 * (bottom.testError - top.testError),
    ]);
    expect(penalty.ticks.map(({ text }) => text)).toContain("0");
  });

  test("one standard error to either side is shown for the main curve alone", () => {
    expect(curvesOf(penalty).map(({ ribbon }) => ribbon)).toEqual([
      true,
      ...report.curves.slice(1).map(() => false),
    ]);
  });

  test("a name says the penalty and its error at each layer", () => {
    const [stem] = report.curves[0].sites;
    const points = (100 * (stem?.penalty ?? NaN)).toFixed(1);
    const label = penalty.labels.find(({ curve }) => curve === 0);
    expect(label?.valueAt?.size).toBe(report.curves[0].sites.length);
    expect(label?.valueAt?.get(0)).toMatch(new RegExp(`^\\+${points} ± \\d\\.\\d$`));
  });

  test("a hidden curve leaves curves, names and scale, and the others keep their looks", () => {
    const control = report.spec.curves.findIndex(({ bottom }) => bottom.endsWith("-random"));
    const without = figurePicture("seeds", { oneScale: true, hidden: new Set([control]) }).penalty;
    expect(without.curves.map(({ index }) => index)).not.toContain(control);
    expect(without.labels.map(({ curve }) => curve)).not.toContain(control);
    expect(without.domain[1]).toBeLessThan(penalty.domain[1]);
    for (const curve of curvesOf(without)) {
      expect(curvesOf(penalty)[curve.index]?.look).toEqual(curve.look);
    }
  });
});

test("a layer without a value is a gap, and one that is not asked for has no point", () => {
  const some = plotted(0, [], { rows: [row(1, 0.1), row(3, null), row(4, 0.2)], layers: 5 });
  const plot = penaltyPlot(penaltyData([some]));
  expect(plot.curves.map(({ points }) => points.map(({ at, value }) => [at, value]))).toEqual([
    [
      [1, 10],
      [3, null],
      [4, 20],
    ],
  ]);
  // What is not known everywhere has no greatest value.
  expect(plot.notes).toEqual([]);
});

test("a network of another depth is spread over the axis, first on first and last on last", () => {
  const curves = [plotted(0, [0, 0, 0, 0, 0]), plotted(1, [0, 0.1, 0.2])];
  const shallow = penaltyPlot(penaltyData(curves)).curves.find(({ index }) => index === 1);
  expect(shallow?.points.map(({ at, value, site }) => [at, value, site])).toEqual([
    [0, 0, 0],
    [2, 10, 1],
    [4, 20, 2],
  ]);
});

test("a curve of another depth is read at each layer: its nearest one's value, and which that is", () => {
  const curves = [
    plotted(0, [0, 0, 0, 0, 0]),
    plotted(1, [0, 0.1, 0.2]),
    plotted(2, [0.3, 0.4, 0.5, 0.6]),
  ];
  const { labels } = penaltyPlot(penaltyData(curves));
  const said = (index: number): unknown =>
    labels
      .filter(({ curve }) => curve === index)
      .flatMap(({ valueAt, layerAt }) =>
        [0, 1, 2, 3, 4].map((layer) => [valueAt?.get(layer), layerAt?.get(layer)]),
      );
  expect(said(0)).toEqual(Array.from({ length: 5 }, () => ["0.0 ± 1.0", undefined]));
  expect(said(1)).toEqual([
    ["0.0 ± 1.0", "block 0"],
    ["0.0 ± 1.0", "block 0"],
    ["+10.0 ± 1.0", "block 1"],
    ["+10.0 ± 1.0", "block 1"],
    ["+20.0 ± 1.0", "block 2"],
  ]);
  // At 0, 1⅓, 2⅔ and 4.
  expect(said(2)).toEqual([
    ["+30.0 ± 1.0", "block 0"],
    ["+40.0 ± 1.0", "block 1"],
    ["+50.0 ± 1.0", "block 2"],
    ["+50.0 ± 1.0", "block 2"],
    ["+60.0 ± 1.0", "block 3"],
  ]);
});

test("a network of one layer has its point on the axis", () => {
  const plot = penaltyPlot(penaltyData([plotted(0, [0.1])], { axis: axisOf(9) }));
  expect(plot.curves[0]?.points.map(({ at }) => at)).toEqual([0]);
});

describe("before a stitch is trained", () => {
  const leastSquares = { value: 0.6, standardError: 0.02, testError: 0.8 };
  const plotOf = (penalties: readonly (number | null)[]): LayerPlot => {
    const rows = penalties.map((penalty, site) => row(site, penalty, { leastSquares }));
    const curve = plotted(0, [], { rows, layers: rows.length });
    return penaltyPlot(penaltyData([curve], { trained: true }));
  };

  test("its layer is a gap in the trained curve; only the least-squares curve has a value", () => {
    const { curves } = plotOf([0.1, null]);
    expect(curves.map(({ marker, points }) => [marker, points.map(({ value }) => value)])).toEqual([
      ["ring", [60, 60]],
      ["dot", [10, null]],
    ]);
  });

  test("no number is said of the trained curve, and the scale holds the least-squares one", () => {
    for (const plot of [plotOf([null, null]), plotOf([0.1, null])]) {
      expect(plot.notes).toEqual([]);
      expect(plot.domain[1]).toBeGreaterThan(60);
      expect(plot.labels.find(({ curve }) => curve === 0)?.valueAt?.get(1)).toBeUndefined();
      expect(plot.labels.find(({ name }) => name === "least squares")?.valueAt?.get(1)).toBe(
        "+60.0",
      );
    }
  });
});

test("the stitch before training does not decide the scale", () => {
  const leastSquares = { value: 0.9, standardError: 0.02, testError: 0.5 };
  const rows = [0, 1].map((site) => row(site, 0.1, { leastSquares }));
  const plot = penaltyPlot(penaltyData([plotted(0, [], { rows, layers: 2 })], { trained: true }));
  expect(plot.domain[1]).toBeLessThan(12);
});

test("networks of different questions have no difference of errors", () => {
  const plot = penaltyPlot(penaltyData([plotted(0, [0.1])], { topError: 0.25 }));
  expect(plot.levels.map(({ value }) => value)).toEqual([0]);
  expect(plot.labels.map(({ name }) => name)).toEqual(["curve 0", "A alone: 25.0% wrong"]);
});

test("what the paper reports is a range, cut to the scale", () => {
  const rangesOf = (paper: PenaltyPlotData["paper"]) =>
    penaltyPlot(penaltyData([plotted(0, [0.1, 0.2, 0.1, 0.1])], { paper })).ranges;
  const { domain } = penaltyPlot(penaltyData([plotted(0, [0.1, 0.2, 0.1, 0.1])]));
  expect(rangesOf([{ from: -1, to: 50 }])).toEqual([
    { from: domain[0], to: domain[1], left: 0, right: 100, text: "paper: −1 to +50" },
  ]);
  expect(rangesOf([{ from: 50, to: 60 }])).toEqual([]);
  // A quarter of four layers each.
  expect(rangesOf([{ from: 3, to: 5, words: "about +4", depths: [0.3, 1] }])).toEqual([
    { from: 3, to: 5, left: 25, right: 100, text: "paper: about +4" },
  ]);
});

describe("what is above the highest value of a scale", () => {
  const far = plotted(1, [0.01, 0.4, 0.02]);
  const further = plotted(2, [0.02, 0.6, 0.05]);
  const control = plotted(3, [0.02, 0.08, 0.2], { control: true });
  const curves = [plotted(0, [0.01, 0.03, 0.02]), far, further];

  test("is written at its edge, the largest first, and does not decide the scale", () => {
    const { domain, beyond, notes } = penaltyPlot(penaltyData(curves, { highest: 6 }));
    expect(domain[1]).toBeLessThan(6.5);
    expect(beyond).toEqual([
      {
        at: 1,
        values: [
          { text: "+60.0", colour: further.look.colour },
          { text: "+40.0", colour: far.look.colour },
        ],
      },
    ]);
    expect(notes).toMatchObject([{ text: "curve 0: at most +3.0", value: 3 }]);
    expect(penaltyPlot(penaltyData(curves)).beyond).toEqual([]);
  });

  test("has its words near the edge, where it is of the main curve", () => {
    const plot = penaltyPlot(penaltyData(curves, { highest: 6, main: 2 }));
    const [note] = plot.notes;
    expect(note?.text).toBe("curve 2: at most +60.0");
    // Below the value that is written at the edge.
    expect(note?.value).toBeLessThan(plot.domain[1]);
    expect(note?.value).toBeGreaterThan(0.9 * plot.domain[1]);
  });

  test("has no line, where it is a network's own error", () => {
    const errors = { topError: 0.1, bottomError: 0.9 };
    const levels = (highest: number | null) =>
      penaltyPlot(penaltyData(curves, { highest, ...errors })).levels.map(({ value }) => value);
    expect(levels(null)).toEqual([0, 80]);
    expect(levels(70)).toEqual([0]);
  });

  test("is on a strip, where it is of a control", () => {
    const plot = penaltyPlot(penaltyData([...curves, control], { highest: 6 }));
    expect(plot.strip?.curves.map(({ index }) => index)).toEqual([3]);
  });
});

describe("the words at the main curve", () => {
  const noteOf = (penalties: readonly number[]): unknown =>
    penaltyPlot(penaltyData([plotted(0, penalties)])).notes[0];

  test("name it, since others may go higher, and say how much it costs at most", () => {
    expect(noteOf([0.01, 0.05, 0.02])).toMatchObject({
      at: 1,
      value: 5,
      text: "curve 0: at most +5.0",
    });
  });

  test("say that it helps, where it does so by more than it costs elsewhere", () => {
    expect(noteOf([-0.01, -0.05, 0.02])).toMatchObject({
      at: 1,
      text: "curve 0: −5.0, better than A’s own layers",
    });
  });
});

test("what was recorded with other settings stays where nothing takes its place, without numbers", () => {
  const before = plotted(0, [0.1, 0.2, 0.3]).rows;
  const nothing = penaltyPlot(penaltyData([plotted(0, [null, null, null], { before })]));
  const [old, now] = nothing.curves;
  expect(old).toMatchObject({ before: true, marker: "none", ribbon: false });
  expect(old?.points.map(({ value }) => value)).toEqual([10, 20, 30]);
  expect(now?.before).toBeUndefined();
  expect(nothing.domain[1]).toBeGreaterThan(30);
  expect(nothing.labels[0]).toMatchObject({ name: "curve 0, as recorded", value: 30 });
  expect(nothing.labels[0]?.valueAt?.size).toBe(0);
  expect(nothing.notes).toEqual([]);

  const some = penaltyPlot(penaltyData([plotted(0, [null, 0.05, null], { before })]));
  expect(some.curves[0]?.points.map(({ value }) => value)).toEqual([10, null, 30]);
  expect(some.labels[0]).toMatchObject({ name: "curve 0", value: 5 });

  const all = penaltyPlot(penaltyData([plotted(0, [0.01, 0.05, 0.02], { before })]));
  expect(all.curves.filter((curve) => curve.before)).toEqual([]);
});

test("a layer where there is no stitch keeps nothing of what was recorded", () => {
  const failure = {
    site: 1,
    name: "block 1",
    code: "numerics",
    input: "",
    expected: "",
    found: "",
  };
  const rows = [row(0, 0.1), row(1, null, { failure: failure as never })];
  const before = plotted(0, [0.1, 0.2]).rows;
  const { curves } = penaltyPlot(penaltyData([plotted(0, [], { rows, before, layers: 2 })]));
  expect(curves.filter((curve) => curve.before)).toEqual([]);
});
