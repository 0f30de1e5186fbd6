import { describe, expect, test } from "vitest";
import * as z from "../../../../src/core/schema";
import {
  gaussianOf,
  shareOutside,
  squaredMahalanobis,
} from "../../../../src/core/stitched/out-of-distribution";
import { fixture } from "../../fixtures";

const rows = z.array(z.array(z.number()));
const { learned, own, cases } = fixture(
  "out-of-distribution",
  z.object({
    learned: rows,
    own: rows,
    cases: z.array(
      z.object({ name: z.string(), rows, distances: z.array(z.number()), share: z.number() }),
    ),
  }),
);

describe("rows outside of a distribution", () => {
  test.each(cases)("$name: distances and share are NumPy's", ({ rows, distances, share }) => {
    const gaussian = gaussianOf(learned);
    if (!gaussian) throw new Error("the fixture varies");
    const found = squaredMahalanobis(gaussian, rows);
    distances.forEach((distance, row) => {
      expect(found[row]).toBeCloseTo(distance, 8 - Math.ceil(Math.log10(distance + 1)));
    });
    expect(shareOutside(gaussian, own, rows)).toBe(share);
  });

  test("a twentieth of the distribution's own rows is, and every row that is not finite", () => {
    const gaussian = gaussianOf(learned);
    if (!gaussian) throw new Error("the fixture varies");
    expect(shareOutside(gaussian, own, own)).toBe(0.05);
    expect(shareOutside(gaussian, own, [[NaN, 0, 0, 0, 0, 0], ...own.slice(0, 1)])).toBe(0.5);
  });

  test.each([
    ["no rows", []],
    ["rows that do not vary", [Float32Array.of(1, 2), Float32Array.of(1, 2)]],
    ["rows that are not finite", [Float32Array.of(1, Infinity), Float32Array.of(1, 2)]],
  ])("%s have no distribution", (_, none) => {
    expect(gaussianOf(none)).toBeNull();
  });
});
