import { describe, expect, test } from "vitest";
import { seeded } from "../../../../src/core/random/generator";
import { penaltyPlot } from "../../../../src/lab/picture/model/penalty-plot";
import {
  stripValues,
  stripWords,
  valuePercent,
} from "../../../../src/lab/picture/plots/layer-plot";
import {
  farOffScale,
  paddedScale,
  stripDomain,
} from "../../../../src/lab/picture/model/plot-scale";
import { penaltyData, plotted } from "./plotted";

describe("a scale", () => {
  test("holds 0 and all values, with 4% of their range around them", () => {
    const { domain } = paddedScale([2, 10]);
    expect(domain).toEqual([-0.4, 10.4]);
    expect(paddedScale([-50, -5]).domain).toEqual([-52, 2]);
  });

  test("spans at least 4 points, so that noise about 0 does not fill the plot", () => {
    const [low, high] = paddedScale([-0.1, 0.2]).domain;
    expect(high - low).toBeCloseTo(4 * 1.08);
    expect(paddedScale([]).domain).toEqual([-0.16, 4.16]);
  });

  test("has round, even ticks, 0 among them, and no empty step at either end", () => {
    const random = seeded(11);
    for (let k = 0; k < 500; k++) {
      const values = Array.from(
        { length: 1 + random.below(12) },
        () => 120 * random.uniform() - 40,
      );
      const { domain, ticks } = paddedScale(values);
      const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
      const step = (ticks[1] ?? NaN) - (ticks[0] ?? NaN);
      expect(ticks).toContain(0);
      expect(ticks.length).toBeLessThanOrEqual(8);
      ticks.forEach((tick, at) => expect(tick).toBeCloseTo((ticks[0] ?? NaN) + at * step, 9));
      expect(low - domain[0]).toBeLessThan(step / 3);
      expect(domain[1] - Math.max(high, low + 4)).toBeLessThan(step / 3);
    }
  });
});

describe("a control", () => {
  const near = { values: [1, 8], control: false };

  test("leaves the scale where it is more than two and a half times as far out", () => {
    expect(farOffScale([near, { values: [3, 21], control: true }], [])).toEqual([false, true]);
    expect(farOffScale([near, { values: [3, 19], control: true }], [])).toEqual([false, false]);
    expect(farOffScale([near, { values: [-21], control: true }], [])).toEqual([false, true]);
  });

  test("stays next to a network's own error that is as far out", () => {
    expect(farOffScale([near, { values: [21], control: true }], [-20])).toEqual([false, false]);
  });

  test("stays where there is nothing but controls", () => {
    expect(farOffScale([{ values: [70], control: true }], [])).toEqual([false]);
  });
});

test("a strip holds its curves, above their numbers", () => {
  expect(stripDomain([20, 60])).toEqual([-60, 72]);
  expect(stripDomain([-60, -20])).toEqual([-120, 12]);
  // A dot of 4 pixels on a value near 0 clears the numbers, the lowest 16 of 50 pixels.
  const lowest = valuePercent(0, stripDomain([5, 69])) / 100;
  expect(50 * lowest + 4).toBeLessThan(50 - 16);
});

test("a strip says that its scale is its own, and every value of ten layers among many", () => {
  const far = [0.03, ...Array.from({ length: 9 }, () => 0.72)];
  const { strip } = penaltyPlot(
    penaltyData([plotted(0, [0.01]), plotted(1, far, { control: true, layers: 82 })]),
  );
  if (!strip) throw new Error("no strip");
  expect(stripWords(strip)).toEqual(["own", "scale", "0 to 72"]);
  expect(stripValues(strip).map(({ value }) => Math.round(value))).toEqual([
    3,
    ...far.slice(1).map(() => 72),
  ]);
});

test("a curve that is no control never leaves the scale", () => {
  const { strip, domain } = penaltyPlot(penaltyData([plotted(0, [0.01]), plotted(1, [0.7])]));
  expect(strip).toBeNull();
  expect(domain[1]).toBeGreaterThan(70);
});

describe("an untrained network far off", () => {
  const curves = [plotted(0, [0.01, 0.03]), plotted(1, [0.1, 0.7], { control: true })];

  test("is on the strip, with its name, and does not decide the scale", () => {
    const plot = penaltyPlot(penaltyData(curves));
    expect(plot.strip?.curves.map(({ index }) => index)).toEqual([1]);
    expect(plot.strip?.labels.map(({ curve }) => curve)).toEqual([1]);
    expect(plot.curves.map(({ index }) => index)).toEqual([0]);
    expect(plot.labels.map(({ curve }) => curve)).toEqual([0]);
    expect(plot.domain[1]).toBeLessThan(5);
  });

  test("is on the others' scale where all curves share one", () => {
    const plot = penaltyPlot(penaltyData(curves, { oneScale: true }));
    expect(plot.strip).toBeNull();
    expect(plot.curves.map(({ index }) => index)).toEqual([1, 0]);
    expect(plot.domain[1]).toBeGreaterThan(70);
  });

  test("stays on the scale as the curve in front", () => {
    expect(penaltyPlot(penaltyData(curves, { main: 1 })).strip).toBeNull();
  });

  test("leaves no strip when it is hidden", () => {
    expect(penaltyPlot(penaltyData(curves, { hidden: new Set([1]) })).strip).toBeNull();
  });
});
