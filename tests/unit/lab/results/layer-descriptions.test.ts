import { expect, test } from "vitest";
import { layerPoints, otherPenalties } from "../../../../src/lab/results/charts/chart-data";
import type { ChartDescription, Series } from "../../../../src/lab/results/charts/description";
import {
  curveLegend,
  penaltyChart,
  type PenaltyChartData,
} from "../../../../src/lab/results/charts/penalty-description";
import { similarityChart } from "../../../../src/lab/results/charts/similarity-description";
import type { Row } from "../../../../src/lab/session/rows";
import { curveName, recordedCharts } from "../recorded";
import { recordedReport } from "../recorded-report";

const report = recordedReport("seeds");
const { penalty, similarity } = recordedCharts(report);

/** In the order of the experiment. */
function curvesOf({ series }: ChartDescription): readonly Series[] {
  return series
    .filter(({ curve }) => curve !== undefined)
    .toSorted((a, b) => (a.curve ?? 0) - (b.curve ?? 0));
}

test("every curve has its report's penalties, in percentage points, with their errors", () => {
  const drawn = curvesOf(penalty);
  expect(drawn).toHaveLength(report.curves.length);
  // Above the others.
  expect(penalty.series.at(-1)?.curve).toBe(0);
  for (const [curve, { sites }] of report.curves.entries()) {
    expect(
      drawn[curve]?.points.map(({ site, y, standardError }) => ({ site, y, standardError })),
    ).toEqual(
      sites.map((site) => ({
        site: site.site,
        y: 100 * site.penalty,
        standardError: 100 * site.penaltyStandardError,
      })),
    );
  }
});

test("every curve has its report's similarities", () => {
  const drawn = curvesOf(similarity);
  for (const [curve, { sites }] of report.curves.entries()) {
    expect(drawn[curve]?.points.map(({ y }) => y)).toEqual(
      sites.map((site) => site.similarity.linearCka),
    );
  }
});

test("both legends name every curve and show its marker", () => {
  for (const chart of [penalty, similarity]) {
    for (const [curve, { look }] of curvesOf(chart).entries()) {
      const entry = chart.legend.find(({ name }) => name.startsWith(curveName(report, curve)));
      expect(entry?.look).toEqual(look);
    }
  }
});

test("the scale contains every value with its error bar, and both networks' own errors", () => {
  const [low, high] = penalty.y.domain;
  const ends = report.curves.flatMap(({ sites }) =>
    sites.flatMap((site) => [
      100 * (site.penalty - site.penaltyStandardError),
      100 * (site.penalty + site.penaltyStandardError),
    ]),
  );
  expect(low).toBeLessThanOrEqual(Math.min(0, ...ends));
  expect(high).toBeGreaterThanOrEqual(Math.max(6.25, ...ends));
  expect(penalty.lines.map(({ at }) => at)).toEqual([0, 6.25]);
  expect(penalty.y.ticks.map(({ text }) => text)).toContain("0");
});

test("a hidden curve stays in the legend and leaves series, ends and scale", () => {
  const control = report.spec.curves.findIndex(({ bottom }) => bottom.endsWith("-random"));
  const out = curveName(report, control);
  const without = recordedCharts(report, new Set([out])).penalty;
  expect(without.series.map(({ name }) => name)).not.toContain(out);
  expect(without.ends.map(({ text }) => text)).not.toContain(out);
  expect(without.legend.find(({ name }) => name === out)?.toggle?.shown).toBe(false);
  expect(without.y.domain[1]).toBeLessThan(penalty.y.domain[1]);
  // The others keep hue and marker.
  for (const series of without.series) {
    expect(penalty.series.find(({ name }) => name === series.name)?.look).toEqual(series.look);
  }
});

test("every layer is a position with its numbers in words", () => {
  expect(penalty.positions.map(({ title }) => title)).toEqual(
    report.curves[0].sites.map(({ name }) => name),
  );
  const [stem] = report.curves[0].sites;
  const points = (100 * (stem?.penalty ?? NaN)).toFixed(1);
  expect(penalty.positions[0]?.details[0]).toBe(curveName(report, 0));
  expect(penalty.positions[0]?.details[1]).toMatch(new RegExp(`^\\+${points} ± \\d\\.\\d points$`));
  expect(penalty.positions[0]?.details[2]).toMatch(/^least squares \+/);
});

const row = (site: number, name: string, penaltyHere: number | null): Row => ({
  site,
  name,
  penalty:
    penaltyHere === null ? null : { value: penaltyHere, standardError: 0.01, testError: 0.5 },
  leastSquares: null,
  similarity: { status: "waiting" },
  training: null,
  failure: null,
});
const sites = Array.from({ length: 5 }, (_, index) => ({
  index,
  name: `block ${index}`,
  channels: 1,
  height: 1,
  width: 1,
}));
const some: PenaltyChartData = {
  title: "Penalty",
  sites,
  points: layerPoints([row(1, "block 1", 0.1), row(3, "block 3", null)], 5),
  others: [],
  label: null,
  trained: false,
  topError: null,
  bottomError: null,
};

test("layers that are not requested have no name and no point; one without a value is a gap", () => {
  const chart = penaltyChart(some);
  expect(chart.x.ticks.map(({ text }) => text)).toEqual(["block 1", "block 3"]);
  expect(chart.series.map(({ points }) => points.map(({ x, y }) => [x, y]))).toEqual([
    [
      [1, 10],
      [3, null],
    ],
  ]);
  expect(chart.lines.map(({ at }) => at)).toEqual([0]);
  expect(chart.ends).toEqual([]);
});

test("a network of another depth is spread over the axis, first on first and last on last", () => {
  const rows = [0, 1, 2].map((site) => row(site, `stage ${site}`, site / 10));
  const others = otherPenalties([{ label: "shallow", rows, tapCount: 3 }], 5);
  const chart = penaltyChart({ ...some, label: "first", others });
  expect(chart.series[0]?.points.map(({ x, y, site }) => [x, y, site])).toEqual([
    [0, 0, 0],
    [2, 10, 1],
    [4, 20, 2],
  ]);
  expect(chart.ends.map(({ text, y }) => [text, y])).toEqual([
    ["first", 10],
    ["shallow", 20],
  ]);
  expect(curveLegend({ ...some, label: "first", others }).map(({ name }) => name)).toEqual([
    "first",
    "shallow",
  ]);
});

test("chance is a line over many layers and a level at one", () => {
  const chart = (count: number) =>
    similarityChart({
      ...some,
      points: layerPoints(
        sites.slice(0, count).map(({ index, name }) => row(index, name, null)),
        5,
        sites.map(() => 0.25),
      ),
    });
  expect(chart(3).series[0]?.points.map(({ y }) => y)).toEqual([0.25, 0.25, 0.25]);
  expect(chart(3).lines).toEqual([]);
  expect(chart(1).series).toHaveLength(1);
  expect(chart(1).lines.map(({ axis, at }) => [axis, at])).toEqual([["y", 0.25]]);
});

test("names of many layers are shortened, and the axis says what the numbers are", () => {
  const many = Array.from({ length: 31 }, (_, index) => ({
    index,
    name: index === 0 ? "stem" : `block ${index}`,
    channels: 1,
    height: 1,
    width: 1,
  }));
  const rows = many.map(({ index, name }) => row(index, name, 0));
  const { x } = penaltyChart({ ...some, sites: many, points: layerPoints(rows, 31) });
  expect(x.shortNames).toEqual({ when: "always", note: "(numbers are blocks)" });
  expect(x.ticks.map(({ at }) => at)).toEqual([0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30]);
});
