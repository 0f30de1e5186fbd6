import { describe, expect, test } from "vitest";
import type { Architecture } from "../../../../src/core/nets/architecture-schema";
import { heatLayout, heatMapOf } from "../../../../src/lab/grid/heat-map";
import {
  contrast,
  shadeCount,
  shadeOf,
  type HeatKind,
  type HeatTheme,
} from "../../../../src/lab/grid/heat-scale";
import type { Row } from "../../../../src/lab/session/results/rows";
import { pairFor, gridRows } from "../results/grid-rows";

const resnet18: Architecture = { family: "resnet", blocks: [2, 2, 2, 2], width: 16 };
const myrtle: Architecture = { family: "myrtle", width: 16 };

describe.each<[HeatKind, HeatTheme]>([
  ["penalty", "light"],
  ["penalty", "dark"],
  ["similarity", "light"],
  ["similarity", "dark"],
])("%s, %s", (kind, theme) => {
  const shades = Array.from({ length: shadeCount + 1 }, (_, shade) => shadeOf(kind, theme, shade));

  test("text has a contrast of 4.5 or more at every shade", () => {
    for (const { ground, ink } of shades) expect(contrast(ground, ink)).toBeGreaterThanOrEqual(4.5);
  });

  test("a higher value is further from the page at every step", () => {
    const page = shades[0]?.ground ?? "";
    const distances = shades.map(({ ground }) => contrast(ground, page));
    for (const [place, distance] of distances.entries()) {
      if (place > 0) expect(distance).toBeGreaterThan(distances[place - 1] ?? NaN);
    }
  });
});

test("the scale reaches from the lowest to the highest penalty", () => {
  const pair = pairFor(myrtle, myrtle);
  const map = heatMapOf(
    "penalty",
    pair,
    gridRows(pair, (from, to) => 0.2 * (from - to)),
  );
  const shades = map.rows.map(({ cells }) => cells.map(({ shade }) => shade));
  expect(map.scale[0]).toBeCloseTo(-0.6);
  expect(map.scale[1]).toBeCloseTo(0.6);
  expect(shades[0]?.[3]).toBe(0);
  expect(shades[3]?.[0]).toBe(shadeCount);
  // All above half of what can be lost looked the same.
  expect(shades[2]?.[0]).toBeLessThan(shadeCount);
});

test("the layers at the same relative depth are paired", () => {
  const pair = pairFor(resnet18, myrtle);
  const { rows } = heatMapOf(
    "penalty",
    pair,
    gridRows(pair, () => 0),
  );
  const paired = rows.flatMap(({ cells }, from) =>
    cells.flatMap(({ paired: is }, to) => (is ? [[from, to]] : [])),
  );
  expect(paired).toEqual([
    [0, 0],
    [3, 1],
    [5, 2],
    [8, 3],
  ]);
});

test("the best partner of a layer has the lowest penalty, or the highest similarity", () => {
  const pair = pairFor(myrtle, myrtle);
  const rows = gridRows(pair, (from, to) => Math.abs(from - to - 1) / 10);
  const best = (kind: HeatKind): number[][] =>
    heatMapOf(kind, pair, rows).rows.flatMap(({ cells }, from) =>
      cells.flatMap(({ best: is }, to) => (is ? [[from, to]] : [])),
    );
  const expected = [
    [1, 0],
    [2, 1],
    [3, 2],
    [3, 3],
  ];
  expect(best("penalty")).toEqual(expected);
  expect(best("similarity")).toEqual(expected);
});

test("a cell without a stitch has no colour and says why", () => {
  const pair = pairFor(myrtle, myrtle);
  const [first, ...rest] = gridRows(pair, () => 0.1);
  if (!first) throw new Error("no row");
  const failed: Row = {
    ...first,
    penalty: null,
    failure: { site: 0, name: "", reason: "diverged", step: 7, seed: 0, found: "NaN" },
  };
  const cell = heatMapOf("penalty", pair, [failed, ...rest]).rows[0]?.cells[0];
  expect(cell).toMatchObject({ text: "none", shade: null, scored: false });
  expect(cell?.words).toContain("step 7");
});

describe("sizes", () => {
  const deep = heatMapOf(
    "penalty",
    pairFor(
      { family: "resnet", blocks: [27, 27, 27], width: 16 },
      { family: "resnet", blocks: [27, 27, 27], width: 16 },
    ),
    [],
  );
  const usual = heatMapOf("penalty", pairFor(resnet18, resnet18), []);
  const wide = ({ names, cell }: ReturnType<typeof heatLayout>, columns: number): number =>
    names + columns * (cell.width + 1);

  test("cells are at most 72 pixels wide", () => {
    expect(heatLayout(2_000, usual, false).cell.width).toBe(72);
  });

  test("82 layers by 82 fit a desktop, without numbers", () => {
    expect(deep.columns).toHaveLength(82);
    const layout = heatLayout(1_040, deep, false);
    expect(wide(layout, 82)).toBeLessThanOrEqual(1_040);
    expect(layout.numbers).toBe(false);
    expect(layout.every.column).toBeGreaterThan(1);
  });

  test("on a phone they are large enough for a finger, and scroll", () => {
    expect(heatLayout(358, deep, true).cell).toEqual({ width: 24, height: 24 });
  });

  test("nine layers by nine have numbers next to each other on a desktop", () => {
    const layout = heatLayout(504, usual, false);
    expect(layout.numbers).toBe(true);
    expect(wide(layout, 9)).toBeLessThanOrEqual(504);
  });
});
