/** What holds of the pictures of all recorded figures. */
import { describe, expect, test } from "vitest";
import type { PresetName } from "../../../../src/experiment/figures";
import { valuePercent, type PlotPoint } from "../../../../src/lab/picture/plots/layer-plot";
import { placeLabels } from "../../../../src/lab/picture/plots/place-labels";
import { recordedNames } from "../recorded-report";
import { figurePicture } from "./figure-pictures";

/** Of the plot of penalties on a wide screen, in CSS pixels. */
const plotHeight = 272;
/** Nearer than this, two lines are one. */
const apart = 6;

/**
 * Places where a curve differs from the main one by more than their standard errors, and where the
 * scale cannot show it: its large penalties are the figure's point, and a strip is for controls.
 */
const tooNear: Partial<Record<PresetName, readonly string[]>> = {
  // Four epochs leave both seeds far from their best stitches, up to +72.
  protocol: ["a third seed at 3", "a third seed at 6"],
  // Networks of random labels and of two classes cost up to +76.
  labels: ["10% random labels at 0", "50% random labels at 0", "50% random labels at 1"],
  // Narrow networks cost up to +18, and the two curves differ by 0.4 here.
  scale: ["16 filters at 1"],
  // Untrained bottoms cost up to +64, which is the point.
  finetuning: ["untrained, fine-tuned at 1", "untrained, fine-tuned at 8"],
  // Shuffled positions cost up to +72.
  shuffled: ["not shuffled at 7"],
};

describe.each(recordedNames)("%s", (name) => {
  const { penalty, similarity, axis, main, curves } = figurePicture(name);
  const about = penalty.curves.find(({ index, ribbon }) => index === main.index && ribbon);

  test("where a curve differs from the main one by more than the error, one sees it", () => {
    const pixels = (value: number): number =>
      (plotHeight / 100) * valuePercent(value, penalty.domain);
    const isTooNear = (a: PlotPoint, b: PlotPoint | undefined): boolean =>
      b !== undefined &&
      a.value !== null &&
      b.value !== null &&
      Math.abs(a.value - b.value) > (a.standardError ?? 0) + (b.standardError ?? 0) &&
      Math.abs(pixels(a.value) - pixels(b.value)) < apart;
    const found = penalty.curves
      .filter(({ index }) => index !== main.index)
      .flatMap(({ name: curve, points }) =>
        points
          .filter((point) =>
            isTooNear(
              point,
              about?.points.find(({ at }) => at === point.at),
            ),
          )
          .map(({ at }) => `${curve} at ${at}`),
      );
    expect(found).toEqual(tooNear[name] ?? []);
  });

  test("the scale has 4% around what it holds, and no empty step below zero", () => {
    const [low, high] = penalty.domain;
    const held = penalty.curves.flatMap(({ points, ribbon }) =>
      points.flatMap(({ value, standardError }) =>
        value === null || value > high ? [] : [value - (ribbon ? (standardError ?? 0) : 0)],
      ),
    );
    const lowest = Math.min(0, ...held, ...penalty.levels.map(({ value }) => value));
    expect(lowest - low).toBeCloseTo((0.04 * (high - low)) / 1.08);
  });

  test("every curve is in both plots, and its name is next to it once", () => {
    const indices = curves.map(({ index }) => index);
    const labels = [...penalty.labels, ...(penalty.strip?.labels ?? [])];
    for (const named of [labels, similarity.labels]) {
      expect(named.flatMap(({ curve }) => curve ?? []).toSorted((a, b) => a - b)).toEqual(indices);
    }
    expect(new Set(curves.map(({ name: curve }) => curve)).size).toBe(curves.length);
    for (const curve of curves) expect(curve.name.length).toBeLessThanOrEqual(22);
  });

  test("names neither cover each other nor leave the plot", () => {
    const parts = [
      { ...penalty, lineShare: 6.4 },
      { ...penalty, lineShare: 8.6 },
      { ...similarity, lineShare: 14 },
      { ...similarity, lineShare: 18 },
      ...(penalty.strip === null ? [] : [{ ...penalty.strip, lineShare: 36 }]),
    ];
    for (const { labels, domain, lineShare } of parts) {
      const places = placeLabels(labels, domain, lineShare).map(({ at }) => at);
      expect(Math.min(...places)).toBeGreaterThanOrEqual(lineShare / 2 - 1e-9);
      expect(Math.max(...places)).toBeLessThanOrEqual(100 - lineShare / 2 + 1e-9);
      places.slice(1).forEach((place, before) => {
        expect(place - (places[before] ?? NaN)).toBeGreaterThanOrEqual(lineShare - 1e-9);
      });
    }
  });

  test("curves of one plot differ in colour or, in grey, in dashes", () => {
    for (const plotted of [penalty.curves, similarity.curves]) {
      const looks = plotted.map(({ look }) => `${look.colour} ${look.dashes ?? "solid"}`);
      expect(new Set(looks).size).toBe(looks.length);
    }
    expect(axis.names.length).toBeLessThanOrEqual(15);
  });
});
