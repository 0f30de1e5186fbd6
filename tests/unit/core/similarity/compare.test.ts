import { describe, expect, test } from "vitest";
import { compareRepresentations } from "../../../../src/core/similarity/compare";

/** The design's float64 fixture, computed with NumPy. */
const x = Array.from({ length: 12 }, (_, i) =>
  [0, 1, 2].map((j) => Math.sin(1.3 * i + 0.7 * j + 0.2 * i * i)),
);
const y = Array.from({ length: 12 }, (_, i) =>
  [0, 1, 2, 3, 4].map((j) => Math.cos(0.9 * i - 0.4 * j * Math.sqrt(i + 1))),
);

describe("two arrays compared", () => {
  test("have the CKA that NumPy computes", () => {
    const { linearCka, biasedLinearCka } = compareRepresentations(x, y);
    expect(linearCka).toBeCloseTo(-0.1862945, 6);
    expect(biasedLinearCka).toBeCloseTo(0.0535173, 6);
  });

  test("are as similar as can be where one is the other moved, turned and scaled", () => {
    const [cos, sin] = [Math.cos(0.3), Math.sin(0.3)];
    const moved = x.map(([a = 0, b = 0, c = 0]) => [
      3 * (cos * a - sin * b) + 1,
      3 * (sin * a + cos * b) - 2,
      3 * c,
    ]);
    const { linearCka, biasedLinearCka, svcca, pwcca } = compareRepresentations(x, moved);
    for (const value of [linearCka, biasedLinearCka, svcca, pwcca]) {
      expect(value).toBeCloseTo(1, 9);
    }
  });

  test("have no CKA where one does not vary", () => {
    const still = x.map(() => [1, 2]);
    expect(compareRepresentations(x, still).linearCka).toBeNull();
  });

  test("must have the same samples, each with the same features", () => {
    expect(() => compareRepresentations(x, y.slice(1))).toThrow(
      /y: expected 12 samples, as x has, found 11/,
    );
    expect(() =>
      compareRepresentations([[1, 2], [1], [0, 0], [3, 4]], [[1], [2], [3], [4]]),
    ).toThrow(/x: expected 2 features, as in sample 0, found 1 in sample 1/);
  });
});
