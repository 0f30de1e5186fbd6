/** The schedule of pruning, by hand and by its definition. */
import { describe, expect, test } from "vitest";
import {
  keptAfter,
  keptOf,
  largestWeights,
  pruningFits,
} from "../../../../../src/core/stitch/training/pruning-schedule";

describe("the weights that a share keeps", () => {
  test.each([
    [100, 0.07, 7],
    [100, 0.29, 29],
    [64, 0.1, 7],
    [16, 0.05, 1],
    [3, 0.0001, 1],
    [640, 1, 640],
  ])("are, of %i and a share of %f, %i: rounded up, exactly", (weights, share, kept) => {
    expect(keptOf(weights, share)).toBe(kept);
  });
});

describe("pruning", () => {
  test("follows the cubic schedule of Zhu & Gupta 2017 in eight rounds over half of the steps", () => {
    // s_t = s_f − s_f (1 − k/8)³ after round k, of 1,000 weights to s_f = 0.9.
    const left = [1, 2, 3, 4, 5, 6, 7, 8].map((k) => 1000 - 1000 * 0.9 * (1 - (1 - k / 8) ** 3));
    for (const [round, expected] of left.entries()) {
      // 160 steps: one round every ten.
      const found = keptAfter(10 * (round + 1), 160, 1000, 0.1);
      expect(found).toBeGreaterThanOrEqual(expected - 1e-9);
      expect(found).toBeLessThan(expected + 1);
      expect(keptAfter(10 * (round + 1) + 9, 160, 1000, 0.1)).toBe(found);
    }
    expect(keptAfter(9, 160, 1000, 0.1)).toBe(1000);
    expect(keptAfter(80, 160, 1000, 0.1)).toBe(100);
    expect(keptAfter(160, 160, 1000, 0.1)).toBe(100);
  });

  test.each([0, 1, 2, 3, 15])("ends at the share, in %i steps too", (steps) => {
    expect(keptAfter(steps, steps, 64, 0.25)).toBe(16);
  });

  test("takes the smallest first, the later of equal ones, and never brings one back", () => {
    const weights = Float32Array.of(3, -2, 0.5, 2, -4, 9);
    const kept = Uint8Array.of(1, 1, 1, 1, 1, 0);
    expect([...largestWeights(weights, kept, 3)]).toEqual([1, 1, 0, 0, 1, 0]);
    expect([...largestWeights(weights, kept, 1)]).toEqual([0, 0, 0, 0, 1, 0]);
  });

  test("resumes only from marks of its own step and share", () => {
    const marks = (ones: number, of = 64): Uint8Array => new Uint8Array(of).fill(1, 0, ones);
    expect(pruningFits(marks(16), 20, 20, 64, 0.25)).toBe(true);
    expect(pruningFits(marks(64), 0, 20, 64, 0.25)).toBe(true);
    expect(pruningFits(marks(17), 20, 20, 64, 0.25)).toBe(false);
    expect(pruningFits(marks(16, 60), 20, 20, 64, 0.25)).toBe(false);
    expect(pruningFits(undefined, 20, 20, 64, 0.25)).toBe(false);
    expect(pruningFits(undefined, 20, 20, 64, 1)).toBe(true);
    expect(pruningFits(marks(64), 20, 20, 64, 1)).toBe(false);
  });
});
