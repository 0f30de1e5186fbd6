import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seeded, shuffled } from "../../../../../src/core/random/generator";
import { bestAssignment } from "../../../../../src/core/stitch/families/assignment";

/** Sum of the scores of a row for each column. */
function totalOf(scores: readonly number[], rowOf: ArrayLike<number>): number {
  return Array.from(rowOf).reduce(
    (sum, row, column) => sum + (scores[row * rowOf.length + column] ?? NaN),
    0,
  );
}

/** All orders of 0 … n − 1. */
function permutations(n: number): number[][] {
  if (n === 0) return [[]];
  return permutations(n - 1).flatMap((shorter) =>
    Array.from({ length: n }, (_, place) => [
      ...shorter.slice(0, place),
      n - 1,
      ...shorter.slice(place),
    ]),
  );
}

describe("the best assignment", () => {
  test.each([
    ["whole numbers, with many ties", fc.integer({ min: -3, max: 3 })],
    ["numbers of any size", fc.double({ min: -1e6, max: 1e6, noNaN: true })],
  ])("has the total of the best of all permutations, for %s", (_, score) => {
    const problems = fc
      .integer({ min: 1, max: 6 })
      .chain((n) => fc.array(score, { minLength: n * n, maxLength: n * n }));
    fc.assert(
      fc.property(problems, (scores) => {
        const n = Math.sqrt(scores.length);
        const rowOf = bestAssignment(scores, n);
        expect([...rowOf].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, k) => k));
        const best = Math.max(...permutations(n).map((order) => totalOf(scores, order)));
        expect(totalOf(scores, rowOf)).toBeCloseTo(best, 6);
      }),
    );
  });

  test("finds a planted permutation among two hundred", () => {
    const n = 200;
    const random = seeded(31);
    const planted = shuffled(n, random);
    const scores = Array.from({ length: n * n }, (_, at) =>
      planted[at % n] === Math.floor(at / n) ? 1 : 2 * random.uniform() - 1,
    );
    expect([...bestAssignment(scores, n)]).toEqual([...planted]);
  });

  test("is not the greedy one where that costs more later", () => {
    expect([...bestAssignment([10, 9, 9, 0], 2)]).toEqual([1, 0]);
  });

  test.each([NaN, Infinity])("refuses a score of %f", (score) => {
    expect(() => bestAssignment([1, score, 0, 1], 2)).toThrow(
      "assignment: expected 2 × 2 finite scores, found " + String(score) + " at row 0, column 1",
    );
  });
});
