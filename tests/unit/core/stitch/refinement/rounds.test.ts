import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  afterRound,
  splitHeldOut,
  firstRound,
  gainOver,
  isFiniteRound,
  type Round,
} from "../../../../../src/core/stitch/refinement/rounds";

describe("training images are divided", () => {
  test("into two parts, none empty, the held-out one at most a quarter and 1,000", () => {
    fc.assert(
      fc.property(fc.integer({ min: 128, max: 50_000 }), (images) => {
        const { fit, heldOut } = splitHeldOut(images);
        expect(fit + heldOut).toBe(images);
        expect(heldOut).toBeGreaterThan(0);
        expect(heldOut).toBeLessThanOrEqual(Math.min(1_000, images / 4));
      }),
    );
  });

  test("with a tenth held out where a tenth is neither too few nor too many", () => {
    expect(splitHeldOut(5_000)).toEqual({ fit: 4_500, heldOut: 500 });
  });
});

describe("rounds", () => {
  /** Plays rounds until they end, as `refine.ts` does. */
  function played(budget: number, clear: readonly boolean[]): { rounds: Round[]; end: string } {
    const rounds: Round[] = [];
    let round = firstRound(budget);
    let [stepsLeft, roundsWithoutGain, hasImproved] = [budget, 0, false];
    for (let k = 0; round !== null; k++) {
      rounds.push(round);
      stepsLeft -= round.steps;
      const helped = clear[k] ?? false;
      hasImproved ||= helped;
      roundsWithoutGain = helped ? 0 : roundsWithoutGain + 1;
      const next = afterRound({ round, hasImproved, roundsWithoutGain, stepsLeft });
      if (typeof next === "string") return { rounds, end: next };
      round = next;
    }
    return { rounds, end: "nothing to do" };
  }

  test("never take more steps than there are, and end, whatever happens in them", () => {
    fc.assert(
      fc.property(fc.nat(5_000), fc.array(fc.boolean()), (budget, clear) => {
        const { rounds } = played(budget, clear);
        expect(rounds.reduce((sum, { steps }) => sum + steps, 0)).toBeLessThanOrEqual(budget);
        for (const { steps } of rounds) expect(steps).toBeGreaterThan(0);
      }),
    );
  });

  test("that never help quarter the rate twice and leave the least-squares stitch", () => {
    const { rounds, end } = played(1_000, []);
    const [first = NaN, ...others] = rounds.map(({ peakRate }) => peakRate);
    expect(others).toEqual([first / 4, first / 16]);
    expect(end).toBe("least-squares");
  });

  test("grow twofold while they help, and use up the budget", () => {
    const { rounds, end } = played(112, [true, true, true]);
    expect(rounds.map(({ steps }) => steps)).toEqual([16, 32, 64]);
    expect(end).toBe("budget");
  });

  test("have settled when two in a row bring no clear gain", () => {
    expect(played(10_000, [true, false, true, false, false])).toMatchObject({
      rounds: { length: 5 },
      end: "settled",
    });
  });
});

describe("a gain", () => {
  test("is clear when every image's loss is lower by the same", () => {
    const gain = gainOver(Float32Array.of(1, 2, 3), Float32Array.of(0.5, 1.5, 2.5));
    expect(gain).toEqual({ mean: 0.5, clear: true });
  });

  test("is not clear when it lies within the standard error of the paired difference", () => {
    // Differences 4, −3, 1, −1: mean ¼, standard error √(27/4 − 1/16)/2 = 1.3.
    const gain = gainOver(Float32Array.of(5, 1, 3, 1), Float32Array.of(1, 4, 2, 2));
    expect(gain).toEqual({ mean: 0.25, clear: false });
  });

  test("is never one where a loss is not finite", () => {
    const { mean, clear } = gainOver(Float32Array.of(1, 1), Float32Array.of(0, NaN));
    expect(mean > 0).toBe(false);
    expect(clear).toBe(false);
  });
});

test("a round is finite only if its stitch and all of its losses are", () => {
  expect(isFiniteRound(Float32Array.of(1, -2), [0.5])).toBe(true);
  expect(isFiniteRound(Float32Array.of(1, NaN), [0.5])).toBe(false);
  expect(isFiniteRound(Float32Array.of(-Infinity, 1), [0.5])).toBe(false);
  expect(isFiniteRound(Float32Array.of(1, -2), [0.5, Infinity])).toBe(false);
});
