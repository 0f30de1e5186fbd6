import { describe, expect, test } from "vitest";
import { recordedNames, presets } from "../../../../src/experiment/figures";
import type { Preset } from "../../../../src/experiment/figures/figure";
import { sketchOf } from "../../../../src/experiment/sketch";
import {
  offRange,
  sketchRange,
  sketchRoles,
  tickIn,
} from "../../../../src/lab/figures/sketch-scale";
import { recordedReport } from "../recorded-report";

test("an untrained bottom is off the scale of “Different seeds”", () => {
  const { penalty } = sketchOf(recordedReport("seeds"));
  const [low, high] = sketchRange(penalty, presets.seeds);
  expect(low).toBeGreaterThan(-0.01);
  expect(high).toBeLessThan(0.05);
  expect(sketchRoles(presets.seeds)).toEqual(["main", "control", "other", "other", "other"]);
  // Those that only know labels are controls, too, but for the one that the figure is about.
  expect(sketchRoles(presets.mislead)).toEqual(["other", "main", "control", "other"]);
});

test("it is on the scale of the figure that is about it", () => {
  const { penalty } = sketchOf(recordedReport("random"));
  expect(sketchRange(penalty, presets.random)[1]).toBeGreaterThan(0.6);
  expect(sketchRoles(presets.random)[0]).toBe("main");
});

describe.each(recordedNames)("%s", (name) => {
  test("its own curve uses much of its drawing, or costs next to nothing", () => {
    const preset: Preset = presets[name];
    const { penalty } = sketchOf(recordedReport(name));
    const [low, high] = sketchRange(penalty, preset);
    const main = (penalty[preset.main ?? 0] ?? []).filter((value) => value !== null);
    for (const value of main) {
      expect(value).toBeGreaterThanOrEqual(low);
      expect(value).toBeLessThanOrEqual(high);
    }
    const range = Math.max(...main) - Math.min(...main);
    // In a drawing of 72 pixels a difference of two points is at least five of them high.
    if (range > 0.02) expect((72 * range) / (high - low)).toBeGreaterThan(5);
  });
});

test("what leaves the range is named once at each edge, by its furthest value", () => {
  const range = [-0.1, 0.2] as const;
  expect(offRange([[0.1, null, -0.05]], range)).toEqual([]);
  expect(
    offRange(
      [
        [0.25, 0.6],
        [0.5, -0.3],
      ],
      range,
    ),
  ).toEqual([
    { curve: 0, layer: 1, value: 0.6, edge: "top" },
    { curve: 1, layer: 1, value: -0.3, edge: "bottom" },
  ]);
});

test("the tick is a round number within the range", () => {
  expect(tickIn([0, 0.042])).toBe(0.02);
  expect(tickIn([-0.1, 0.2])).toBe(0.2);
  expect(tickIn([0, 0.77])).toBe(0.6);
});
