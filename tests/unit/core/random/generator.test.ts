import { describe, expect, test } from "vitest";
import { seeded, shuffled, boxMuller } from "../../../../src/core/random/generator";

const draws = (seed: number, stream: number, count = 50): number[] => {
  const generator = seeded(seed, stream);
  return Array.from({ length: count }, () => generator.uniform());
};

/** Pearson's χ² of counts against equal ones. */
function chiSquare(counts: number[]): number {
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - mean) ** 2 / mean, 0);
}

/** Counts of 0 … cells − 1. */
function histogram(values: number[], cells: number): number[] {
  const counts = new Array<number>(cells).fill(0);
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

describe("a generator", () => {
  test("gives the same numbers for the same seed and stream", () => {
    expect(draws(7, 3)).toEqual(draws(7, 3));
  });

  test("gives unrelated numbers for neighbouring seeds and streams", () => {
    const all = [
      draws(7, 3),
      draws(8, 3),
      draws(7, 4),
      draws(3, 7),
      draws(0, 0),
      draws(0, 1),
    ].flat();
    expect(new Set(all).size).toBe(all.length);
  });

  test("gives every seed of a run its own stream of epochs", () => {
    const firsts = Array.from({ length: 40 }, (_, seed) =>
      Array.from({ length: 40 }, (_, stream) => seeded(seed, stream).uniform()),
    ).flat();
    expect(new Set(firsts).size).toBe(firsts.length);
  });

  test("stays within [0, 1) and below its limit", () => {
    const generator = seeded(1);
    for (let k = 0; k < 1000; k++) {
      const value = generator.uniform();
      expect(value >= 0 && value < 1).toBe(true);
      expect(generator.below(3)).toBeLessThan(3);
    }
    expect(generator.below(1)).toBe(0);
  });

  // 99 degrees of freedom: χ² beyond 149 happens once in a thousand.
  test("is uniform", () => {
    const cells = draws(5, 0, 20_000).map((value) => Math.floor(value * 100));
    expect(chiSquare(histogram(cells, 100))).toBeLessThan(149);
  });

  test("is uniform over integers", () => {
    const generator = seeded(6);
    const values = Array.from({ length: 20_000 }, () => generator.below(100));
    expect(chiSquare(histogram(values, 100))).toBeLessThan(149);
  });

  test("is uniform across seeds at its first number", () => {
    const firsts = Array.from({ length: 20_000 }, (_, seed) =>
      Math.floor(seeded(seed).uniform() * 100),
    );
    expect(chiSquare(histogram(firsts, 100))).toBeLessThan(149);
  });
});

describe("a shuffle", () => {
  test.each([0, 1, 2, 1000])("of %i is a permutation", (n) => {
    const order = shuffled(n, seeded(1));
    const all = Array.from({ length: n }, (_, index) => index);
    expect([...order].sort((a, b) => a - b)).toEqual(all);
  });

  test("is decided by its generator", () => {
    expect(shuffled(100, seeded(1, 2))).toEqual(shuffled(100, seeded(1, 2)));
    expect(shuffled(100, seeded(1, 2))).not.toEqual(shuffled(100, seeded(1, 3)));
    expect(shuffled(100, seeded(1, 2))).not.toEqual(shuffled(100, seeded(2, 2)));
  });

  // 23 degrees of freedom: χ² beyond 50 happens once in a thousand.
  test("gives each of the 24 orders of four as often as the others", () => {
    const generator = seeded(3);
    const orders = Array.from({ length: 12_000 }, () => shuffled(4, generator).join(""));
    const counts = new Map<string, number>();
    for (const order of orders) counts.set(order, (counts.get(order) ?? 0) + 1);
    expect(counts.size).toBe(24);
    expect(chiSquare([...counts.values()])).toBeLessThan(50);
  });
});

test("shares of normal numbers within one, two and three deviations", () => {
  const normal = boxMuller(seeded(7));
  const numbers = Array.from({ length: 100_000 }, normal);
  const within = (limit: number): number =>
    numbers.filter((value) => Math.abs(value) < limit).length / numbers.length;
  expect(within(1)).toBeCloseTo(0.6827, 2);
  expect(within(2)).toBeCloseTo(0.9545, 2);
  expect(within(3)).toBeCloseTo(0.9973, 2);
});

test("the same generator gives the same numbers", () => {
  const [a, b] = [boxMuller(seeded(1, 2)), boxMuller(seeded(1, 2))];
  expect([a(), a(), a()]).toEqual([b(), b(), b()]);
});
