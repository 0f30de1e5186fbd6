import { expect, test } from "vitest";
import { seeded, boxMuller } from "../../../../src/core/random/generator";

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
