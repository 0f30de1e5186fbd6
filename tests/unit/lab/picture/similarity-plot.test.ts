import { expect, test } from "vitest";
import {
  similarityPlot,
  type SimilarityPlotData,
} from "../../../../src/lab/picture/model/similarity-plot";
import { bandPath } from "../../../../src/lab/picture/plots/curve-paths";
import { recordedReport } from "../recorded-report";
import { figurePicture } from "./figure-pictures";
import { axisOf, plotted, row } from "./plotted";
import { targetWords } from "../../../../src/lab/format/target-words";

test("every curve has its report's similarities", () => {
  const report = recordedReport("seeds");
  const { curves } = figurePicture("seeds").similarity;
  for (const [curve, { sites }] of report.curves.entries()) {
    expect(curves.find(({ index }) => index === curve)?.points.map(({ value }) => value)).toEqual(
      sites.map((site) => site.similarity.linearCka),
    );
  }
});

test("a hidden curve is in neither plot", () => {
  const { curves, labels, notes } = figurePicture("seeds", { hidden: new Set([1]) }).similarity;
  expect(curves.map(({ index }) => index)).not.toContain(1);
  expect(labels.map(({ curve }) => curve)).not.toContain(1);
  expect(notes).toEqual([]);
});

/** @param similarities null is a layer without variance */
function data(
  similarities: readonly (number | null)[],
  fields: Partial<SimilarityPlotData> = {},
): SimilarityPlotData {
  const rows = similarities.map((value, site) =>
    row(site, 0.01, {
      similarity: value === null ? { status: "undefined" } : { status: "known", value },
    }),
  );
  return {
    axis: axisOf(rows.length),
    curves: [plotted(0, [], { rows, layers: rows.length })],
    hidden: new Set(),
    main: 0,
    words: targetWords({}),
    measure: "linear CKA, debiased",
    images: "test images",
    chance: rows.map(() => 0),
    ...fields,
  };
}

test("a layer whose similarity is undefined is a gap", () => {
  const { curves } = similarityPlot(data([0.5, null, 0.25]));
  expect(curves.map(({ points }) => points.map(({ value }) => value))).toEqual([[0.5, null, 0.25]]);
});

test("unrelated representations are a line of their own, where they are not at 0", () => {
  const chance = [0.25, 0.25];
  const [level, main] = similarityPlot(data([0.5, 0.5], { chance })).curves;
  expect(level?.points.map(({ value }) => value)).toEqual(chance);
  expect(level?.marker).toBe("none");
  expect(main?.index).toBe(0);
  expect(similarityPlot(data([0.5, 0.5])).curves).toHaveLength(1);
});

test("a null by permutation is a band from 0 to its 95% level, in place of the line of theory", () => {
  const similarityNull = { mean: 0.2, high: 0.3, pValue: 1 / 201, calibrated: 0.4 };
  const known = { similarity: { status: "known", value: 0.5 }, similarityNull } as const;
  const rows = [row(0, 0.01, known), row(1, 0.01), row(2, 0.01, known)];
  const curves = [plotted(0, [], { rows, layers: 3 })];
  const axis = axisOf(3);
  const plot = similarityPlot(data([], { curves, axis, chance: [0.9, 0.9, 0.9] }));
  expect(plot.band?.points).toEqual([
    { at: 0, between: [0, 0.3] },
    { at: 1, between: null },
    { at: 2, between: [0, 0.3] },
  ]);
  expect(plot.curves.map(({ index }) => index)).toEqual([0]);
  const label = plot.labels.find(({ curve }) => curve === null);
  expect(label).toMatchObject({ name: "chance, 95%", value: 0.3, term: "chance" });
  expect(label?.valueAt?.get(2)).toBe("0.300");
  expect(similarityPlot(data([0.5])).band).toBeUndefined();
  // What is hidden has no band.
  expect(similarityPlot(data([], { curves, axis, hidden: new Set([0]) })).band).toBeUndefined();
});

test("a band is one area for each run of layers that have it", () => {
  const points = [
    { at: 0, between: [0, 1] },
    { at: 1, between: [0, 2] },
    { at: 2, between: null },
    { at: 3, between: [0, 3] },
    { at: 4, between: [0, 4] },
  ] as const;
  expect(bandPath({ points }, { x: String, y: String })).toBe("M0 1L1 2L1 0L0 0ZM3 3L4 4L4 0L3 0Z");
});

test("the scale reaches from 0 to 1, and below 0 only for values that do", () => {
  const { domain } = similarityPlot(data([0.5, 0.9]));
  expect(domain).toEqual([-0.04, 1.04]);
  expect(similarityPlot(data([-0.01])).domain).toEqual(domain);
  expect(similarityPlot(data([-0.25])).domain[0]).toBeCloseTo(-0.3);
});

test("nothing is said to cost much before its stitch is trained", () => {
  const similarity = { status: "known", value: 0.9 } as const;
  const leastSquares = { value: 0.5, standardError: 0.01, testError: 0.6 };
  const curves = [
    plotted(0, [], { rows: [row(0, null, { similarity, leastSquares })], layers: 1 }),
  ];
  expect(similarityPlot(data([], { curves, axis: axisOf(1) })).notes).toEqual([]);
});

test("a layer that looks alike and is of no use is pointed out once", () => {
  const similarity = { status: "known", value: 0.9 } as const;
  const rows = [row(0, 0.3, { similarity }), row(1, 0.5, { similarity })];
  const curves = [plotted(0, [], { rows, layers: 2 })];
  const { notes } = similarityPlot(data([], { curves, axis: axisOf(2) }));
  expect(notes).toMatchObject([
    { at: 1, value: 0.9, text: "curve 0: 0.90 similar, yet costs +50.0" },
  ]);
});

test("layers that are trained from scratch are not called stitched", () => {
  const similarity = { status: "known", value: 0.9 } as const;
  const rows = [row(0, 0.5, { similarity })];
  const curves = [plotted(0, [], { rows, layers: 1, stitched: false })];
  expect(similarityPlot(data([], { curves, axis: axisOf(1) })).notes).toEqual([]);
});
