/** What holds of the pictures of all recorded figures. */
import { describe, expect, test } from "vitest";
import {
  recordedNames,
  presetNames,
  presets,
  type PresetName,
} from "../../../../src/experiment/figures";
import type { Preset } from "../../../../src/experiment/figures/figure";
import { valuePercent, type PlotPoint } from "../../../../src/lab/picture/plots/layer-plot";
import { placeLabels } from "../../../../src/lab/picture/plots/place-labels";
import { figurePicture } from "./figure-pictures";

/** Of the plot of penalties on a wide screen, in CSS pixels. */
const plotHeight = 272;
/** Nearer than this, two lines are one. */
const apart = 6;

/**
 * Places where two curves that the claim compares differ by more than their standard errors, and
 * where neither the scale nor a strip can show it.
 */
const tooNear: Partial<Record<PresetName, readonly string[]>> = {
  // They differ by 0.4 to 1.1, next to the 76 of random labels, with which the claim compares both.
  labels: [
    "10% random labels, 50% random labels at 0",
    "10% random labels, 50% random labels at 1",
    "10% random labels, 50% random labels at 2",
  ],
  // The penalty of shuffled positions falls from 72 to 0.4, which is the point: here it is 0.9.
  shuffled: ["not shuffled, positions shuffled at 7"],
};

function presetOf(name: PresetName): Preset {
  return presets[name];
}

/** The pairs that a figure's claim compares, by index of their curves. */
function comparedIn(name: PresetName): readonly (readonly [number, number])[] {
  const { compared, names } = presetOf(name);
  return (
    compared ?? names.flatMap((_, a) => names.slice(a + 1).map((__, b) => [a, a + 1 + b] as const))
  );
}

test("a figure compares curves that it has", () => {
  for (const name of presetNames) {
    for (const [a, b] of comparedIn(name)) {
      expect([a, b].map((place) => presetOf(name).names[place])).not.toContain(undefined);
      expect(a, name).not.toBe(b);
    }
  }
});

describe.each(recordedNames)("%s", (name) => {
  const { penalty, similarity, axis, main, curves } = figurePicture(name);
  const [, highest] = penalty.domain;
  const compared = comparedIn(name);

  test("where two curves that the claim compares differ by more than their errors, one sees it", () => {
    const pixels = (value: number): number =>
      (plotHeight / 100) * valuePercent(value, penalty.domain);
    const isTooNear = (a: PlotPoint, b: PlotPoint): boolean =>
      a.value !== null &&
      b.value !== null &&
      // What is above the scale has its value written at the edge.
      Math.min(a.value, b.value) <= highest &&
      Math.abs(a.value - b.value) > (a.standardError ?? 0) + (b.standardError ?? 0) &&
      Math.abs(pixels(a.value) - pixels(b.value)) < apart;
    const trained = penalty.curves.filter(({ marker }) => marker === "dot");
    const found = compared.flatMap((pair) => {
      const [one, other] = pair.map((place) => trained.find(({ index }) => index === place));
      // On a strip of its own a curve is far from the others.
      if (!one || !other) return [];
      return one.points.flatMap((a) => {
        const b = other.points.find(({ at }) => at === a.at);
        return b && isTooNear(a, b) ? [`${one.name}, ${other.name} at ${a.at}`] : [];
      });
    });
    expect(found).toEqual(tooNear[name] ?? []);
  });

  test("from the zero line on, the curves that it is about use a third of the scale or more", () => {
    const about = new Set([main.index, ...compared.flat()]);
    const values = penalty.curves
      .filter(({ index, marker }) => marker === "dot" && about.has(index))
      .flatMap(({ points }) => points.flatMap(({ value }) => value ?? []))
      .map((value) => Math.min(value, highest));
    const used = Math.max(0, ...values) - Math.min(0, ...values);
    expect(used / (highest - penalty.domain[0])).toBeGreaterThan(1 / 3);
  });

  test("one or two notes say what to see", () => {
    const notes = [...penalty.notes, ...similarity.notes];
    expect(notes.length).toBeGreaterThanOrEqual(1);
    expect(notes.length).toBeLessThanOrEqual(2);
  });

  test("the scale has 4% around what it holds, and no empty step below zero", () => {
    const [low, high] = penalty.domain;
    const held = penalty.curves.flatMap(({ points, ribbon }) =>
      points.flatMap(({ value, standardError }) =>
        value === null || value > high ? [] : [value - (ribbon ? (standardError ?? 0) : 0)],
      ),
    );
    const lowest = Math.min(0, ...held, ...penalty.levels.map(({ value }) => value));
    // Where values are written at the upper edge, 8% more.
    const padded = penalty.beyond.length > 0 ? 1.16 : 1.08;
    expect(lowest - low).toBeCloseTo((0.04 * (high - low)) / padded);
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
