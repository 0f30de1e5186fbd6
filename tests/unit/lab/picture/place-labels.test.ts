import { expect, test } from "vitest";
import { seeded } from "../../../../src/core/random/generator";
import type { PlotLabel } from "../../../../src/lab/picture/plots/layer-plot";
import { placeLabels } from "../../../../src/lab/picture/plots/place-labels";

const domain = [0, 100] as const;

function labelsAt(...values: readonly (number | null)[]): readonly PlotLabel[] {
  return values.map((value, curve) => ({
    name: `curve ${curve}`,
    title: "",
    colour: "stitch",
    value,
    valueAt: null,
    curve,
  }));
}

test("a name that has room is at its line's end", () => {
  expect(placeLabels(labelsAt(80, 20), domain, 10).map(({ at, from }) => [at, from])).toEqual([
    [20, 20],
    [80, 80],
  ]);
});

test("names of one height go below each other, in the order of their lines", () => {
  expect(
    placeLabels(labelsAt(50, 51), domain, 10).map(({ label, at }) => [label.curve, at]),
  ).toEqual([
    [1, 49],
    [0, 59],
  ]);
});

test("a curve without a value has its name above the lowest line, which no name crosses", () => {
  const placesOf = (...values: (number | null)[]) =>
    placeLabels(labelsAt(...values), domain, 10).map(({ at, from }) => [at, from]);
  expect(placesOf(null, 80, 5)).toEqual([
    [20, 20],
    [85, null],
    [95, 95],
  ]);
  expect(placesOf(null)).toEqual([[95, null]]);
});

test("names never cover each other or leave the plot, as long as all of them fit", () => {
  const random = seeded(5);
  for (let k = 0; k < 300; k++) {
    const values = Array.from({ length: 1 + random.below(10) }, () => 140 * random.uniform() - 20);
    const places = placeLabels(labelsAt(...values), domain, 10).map(({ at }) => at);
    expect(Math.min(...places)).toBeGreaterThanOrEqual(5 - 1e-9);
    expect(Math.max(...places)).toBeLessThanOrEqual(95 + 1e-9);
    places.slice(1).forEach((at, before) => {
      expect(at - (places[before] ?? NaN)).toBeGreaterThanOrEqual(10 - 1e-9);
    });
  }
});

test("names that do not all fit share the plot evenly", () => {
  const places = placeLabels(labelsAt(...Array<number>(5).fill(90)), domain, 40);
  expect(places.map(({ at }) => Math.round(at))).toEqual([10, 30, 50, 70, 90]);
});
