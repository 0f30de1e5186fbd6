import { describe, expect, test } from "vitest";
import { roundScale } from "../../../../src/lab/format/scale";
import { seeded } from "../../../../src/core/random/generator";

describe("a value axis", () => {
  test("without values shows its smallest span", () => {
    expect(roundScale([], 5)).toEqual({ domain: [0, 5], ticks: [0, 1, 2, 3, 4, 5] });
  });

  test("keeps zero visible when every value is above or below it", () => {
    expect(roundScale([40, 60], 5).domain).toEqual([0, 60]);
    expect(roundScale([-22, -3], 5).domain[0]).toBeLessThanOrEqual(-22);
    expect(roundScale([-22, -3], 5).ticks).toContain(0);
  });

  test("contains every value, between few, even and ordered ticks", () => {
    const random = seeded(11);
    for (let k = 0; k < 500; k++) {
      const values = Array.from(
        { length: 1 + random.below(12) },
        () => 120 * random.uniform() - 40,
      );
      const { domain, ticks } = roundScale(values, 5);
      expect(Math.min(...values)).toBeGreaterThanOrEqual(domain[0]);
      expect(Math.max(...values)).toBeLessThanOrEqual(domain[1]);
      expect([ticks[0], ticks.at(-1)]).toEqual([...domain]);
      expect(ticks.length).toBeLessThanOrEqual(9);
      const steps = ticks.slice(1).map((tick, i) => tick - (ticks[i] ?? NaN));
      for (const step of steps) expect(step).toBeCloseTo(steps[0] ?? NaN, 9);
    }
  });
});
