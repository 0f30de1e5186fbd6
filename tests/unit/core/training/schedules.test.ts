/** Learning rates by step: the schedules' own values, and those that a training takes its steps with. */
import { expect, test } from "vitest";
import type { TrainingRecipe } from "../../../../src/core/training/recipe";
import { schedules, type ScheduleName } from "../../../../src/core/training/schedules";
import { trainNetwork } from "../../../../src/core/training/train-network";

test.each([
  [0, 0],
  [0.125, 0.5],
  [0.25, 1],
  [0.625, 0.5],
  [0.85, 0.2],
  [1, 0],
])("one-cycle at %d of the training is %d of the peak", (done, share) => {
  expect(schedules["one-cycle"](done)).toBeCloseTo(share, 12);
});

test.each([
  [0, 1],
  [0.499, 1],
  [0.5, 0.2],
  [0.749, 0.2],
  [0.75, 0.04],
  [1, 0.04],
])("steps at %d of the training are %d of the peak", (done, share) => {
  expect(schedules.steps(done)).toBe(share);
});

test.each([
  [0, 1],
  [1 / 3, 0.75],
  [0.5, 0.5],
  [2 / 3, 0.25],
  [1, 0],
])("cosine at %d of the training is %d of the peak", (done, share) => {
  expect(schedules.cosine(done)).toBeCloseTo(share, 12);
});

/** Rates that plain SGD takes its steps with: the gradient is 1. */
async function ratesOf(schedule: ScheduleName, stop?: number): Promise<number[]> {
  const recipe: TrainingRecipe = {
    ...{ architecture: { family: "resnet", blocks: [1, 1, 1], width: 1 }, schedule, stop },
    // Eight steps in all.
    ...{ epochs: 2, batchSize: 8, parts: 1, peakRate: 0.3, optimizer: "sgd", momentum: 0 },
    ...{ weightDecay: 0, labelSmoothing: 0, augmented: false, seed: 0 },
  };
  const initial = {
    parameters: Float32Array.of(0),
    statistics: new Float32Array(),
    decays: Uint8Array.of(0),
  };
  const gradient = { loss: 1, gradient: Float32Array.of(1), statistics: new Float32Array() };
  const rates: number[] = [];
  let before = 0;
  const training = { recipe, images: 32, initial, gradients: () => Promise.resolve([gradient]) };
  for await (const { checkpoint } of trainNetwork(training)) {
    const [after = NaN] = checkpoint().parameters;
    rates.push(before - after);
    before = after;
  }
  return rates;
}

test("a training takes its steps by its schedule, from the first step’s share of 0 on", async () => {
  const shares = [0, 1 / 2, 1, 5 / 6, 4 / 6, 3 / 6, 2 / 6, 1 / 6];
  const rates = await ratesOf("one-cycle");
  expect(rates).toHaveLength(8);
  rates.forEach((rate, step) => expect(rate).toBeCloseTo(0.3 * (shares[step] ?? NaN), 6));

  const falls = await ratesOf("steps");
  [1, 1, 1, 1, 0.2, 0.2, 0.04, 0.04].forEach((share, step) =>
    expect(falls[step]).toBeCloseTo(0.3 * share, 6),
  );
});

test("an early self has the rates of the whole training", async () => {
  const early = await ratesOf("one-cycle", 1);
  expect(early).toEqual((await ratesOf("one-cycle")).slice(0, 4));
});
