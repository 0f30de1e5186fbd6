import { expect, test } from "vitest";
import {
  accuracyChart,
  classPenaltyChart,
  crossEntropyWords,
  lossChart,
  spectrumChart,
} from "../../../../src/lab/inspector/charts/descriptions";

test("a loss that is not finite is a gap and is labelled as such", () => {
  const chart = lossChart(
    [
      { step: 10, loss: 2.5 },
      { step: 20, loss: NaN },
      { step: 390, loss: 0.5 },
    ],
    crossEntropyWords(10),
  );
  expect(chart.series[0]?.points.map(({ x, y }) => [x, y])).toEqual([
    [10, 2.5],
    [20, null],
    [390, 0.5],
  ]);
  expect(chart.positions[1]?.details).toEqual(["loss not finite"]);
  expect(chart.x.ticks.map(({ text }) => text)).toEqual(["0", "100", "200", "300", "390"]);
  expect(chart.lines.map(({ at }) => at)).toEqual([Math.log(10)]);
});

test("the chance line is left out if it is outside the scale", () => {
  const chart = lossChart([{ step: 1, loss: 0.2 }], crossEntropyWords(10));
  expect(chart.lines).toEqual([]);
  // A line over one point would be invisible.
  expect(chart.series[0]?.look.marker).toBe("dot");
});

test("test accuracy is in percent, a dot for each epoch, with the line of guessing", () => {
  const points = [0.25, 0.5, 0.625].map((accuracy, index) => ({ epoch: index + 1, accuracy }));
  const chart = accuracyChart(points, 0.1);
  expect(chart.series[0]?.points.map(({ x, y }) => [x, y])).toEqual([
    [1, 25],
    [2, 50],
    [3, 62.5],
  ]);
  expect(chart.lines.map(({ at }) => at)).toEqual([10]);
  expect(chart.positions[2]).toEqual({ at: 3, title: "Epoch 3", details: ["62.5% right"] });
});

test("two networks’ accuracies are drawn by the same epochs, each with its name", () => {
  const points = (...all: number[]) =>
    all.map((accuracy, index) => ({ epoch: index + 1, accuracy }));
  const top = { name: "frozen", its: "the top", points: points(0.2, 0.45, 0.75) };
  const chart = accuracyChart(points(0.25, 0.5), 0.1, top);
  expect(chart.series.map(({ points: own }) => own.map(({ x, y }) => [x, y]))).toEqual([
    [
      [1, 25],
      [2, 50],
    ],
    [
      [1, 20],
      [2, 45],
      [3, 75],
    ],
  ]);
  expect(chart.series[0]?.look.dashes).toBeUndefined();
  expect(chart.series[1]?.look.dashes).toBeDefined();
  expect(chart.legend.map(({ name }) => name)).toEqual(["frozen", "the top", "guessing"]);
  expect(chart.x.domain).toEqual([0, 3]);
  expect(chart.y.domain[1]).toBeGreaterThanOrEqual(75);
  expect(chart.positions.map(({ details }) => details)).toEqual([
    ["frozen: 25.0% right", "the top: 20.0% right"],
    ["frozen: 50.0% right", "the top: 45.0% right"],
    ["the top: 75.0% right"],
  ]);
});

test("classes are bars from the top down, on a scale with the penalty over all of them", () => {
  const bars = [
    { name: "cat", penalty: 12.5 },
    { name: "dog", penalty: -2.25 },
  ];
  const chart = classPenaltyChart(bars, 5.125, "Penalty");
  expect(chart.series[0]?.points.map(({ x, y }) => [x, y])).toEqual([
    [12.5, 0],
    [-2.25, 1],
  ]);
  const [low, high] = chart.x.domain;
  expect(low).toBeLessThanOrEqual(-2.25);
  expect(high).toBeGreaterThanOrEqual(12.5);
  expect(chart.y.domain[0]).toBeGreaterThan(chart.y.domain[1]);
  expect(chart.y.ticks.map(({ text }) => text)).toEqual(["cat", "dog"]);
  expect(chart.positions[1]).toEqual({ at: 1, title: "dog", details: ["−2.3 points"] });
});

test("singular values are numbered from 1, with the effective rank marked", () => {
  const chart = spectrumChart(Float64Array.of(3, 2, 0.0625), 2.5);
  expect(chart.series[0]?.points.map(({ x, y }) => [x, y])).toEqual([
    [1, 3],
    [2, 2],
    [3, 0.0625],
  ]);
  expect(chart.lines).toMatchObject([{ axis: "x", at: 2.5, text: "effective rank" }]);
  expect(chart.x.domain).toEqual([1, 3]);
  expect(spectrumChart([0, 0], null).lines).toEqual([]);
});
