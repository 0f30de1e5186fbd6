import { expect, test } from "vitest";
import type { Architecture } from "../../../../../src/core/nets/architecture-schema";
import { heatMapOf } from "../../../../../src/lab/grid/heat-map";
import { figureSizes, type FigureSize } from "../../../../../src/lab/share/charts/figure-size";
import { heatSvg } from "../../../../../src/lab/share/charts/svg/heat-svg";
import { gridRows, pairFor } from "../../results/grid-rows";

const count = (text: string, what: RegExp): number => text.match(what)?.length ?? 0;
const title = "Stitching penalty, in percentage points";
const svgOf = (architecture: Architecture, size: FigureSize = figureSizes.slide) => {
  const pair = pairFor(architecture, architecture);
  const rows = gridRows(pair, (from, to) => (from - to) / 100);
  const map = heatMapOf("penalty", pair, rows);
  return heatSvg({ title, map }, "https://example.org/#v=3", size);
};

test("a small grid is saved with its numbers, outlines and dots", () => {
  const { text } = svgOf({ family: "myrtle", width: 16 });
  expect(text).toContain(">Stitching penalty, in percentage points<");
  expect(count(text, />[+−]?\d+\.\d</g)).toBe(16 + 2);
  expect(count(text, /<circle/g)).toBe(4);
  expect(text).toContain(">stage 4<");
  expect(text).toContain("https://example.org/#v=3");
});

test("a grid of 82 layers by 82 is small squares without numbers", () => {
  const { text, width, height } = svgOf({ family: "resnet", blocks: [27, 27, 27], width: 16 });
  expect(count(text, /<circle/g)).toBe(82);
  expect(count(text, />[+−]?\d+\.\d</g)).toBe(2);
  expect(Math.max(width, height)).toBeLessThan(1_200);
});

test.each([figureSizes.column, figureSizes.page])("a grid fits a paper: $label", (size) => {
  const { text } = svgOf({ family: "resnet", blocks: [2, 2, 2, 2], width: 16 }, size);
  expect(text).toContain(`width="${size.suffix}"`);
  const letters = [...text.matchAll(/font-size="([\d.]+)"/g)].map(([, points]) => Number(points));
  expect(Math.min(...letters)).toBeGreaterThanOrEqual(7);
  expect(text.length).toBeLessThan(30_000);
});
