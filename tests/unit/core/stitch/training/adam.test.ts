import { cosineRate } from "../../../../../src/core/stitch/training/cosine-rate";
import { expect, test } from "vitest";
import { initAdam, updateAdam, type AdamState } from "../../../../../src/core/stitch/training/adam";
import { tf, type Tensor1D } from "../../../../../src/core/tensor/tf";
import { describeOnEachBackend } from "../../../backend";

/** Parameters after each step, from 0, for these gradients of one parameter. */
async function path(gradients: number[], rate: number): Promise<number[]> {
  let parameters: Tensor1D = tf.zeros([1]);
  let state: AdamState = initAdam(1);
  const visited: number[] = [];
  for (const value of gradients) {
    const gradient = tf.tensor1d([value]);
    const updated = updateAdam(parameters, gradient, state, rate);
    tf.dispose([parameters, state.first, state.second, gradient]);
    ({ parameters, state } = updated);
    visited.push((await parameters.data())[0] ?? NaN);
  }
  tf.dispose([parameters, state.first, state.second]);
  return visited;
}

describeOnEachBackend("Adam", () => {
  test.each([3, -0.5, 1e-4])(
    "moves by its rate at the first step, whatever the gradient: %f",
    async (gradient) => {
      // m̂ = g and v̂ = g², so the step is rate · g / (|g| + ε).
      const [position = NaN] = await path([gradient], 0.01);
      expect(position).toBeCloseTo(-0.01 * Math.sign(gradient), 5);
    },
  );

  test("takes the second step that algorithm 1 gives by hand", async () => {
    // g = 1, −1: m = −0.01, m̂ = −0.01 / 0.19; v = 0.001999, v̂ = 1. The second step is + rate ·
    // 1/19.
    const [first = NaN, second = NaN] = await path([1, -1], 0.1);
    expect(first).toBeCloseTo(-0.1, 6);
    expect(second).toBeCloseTo(-0.1 + 0.1 / 19, 6);
  });

  test("takes the second step that algorithm 1 gives for unequal gradients", async () => {
    // g = 1, 3: m = 0.39, m̂ = 0.39 / 0.19; v = 0.009999, v̂ = 0.009999 / 0.001999.
    const [first = NaN, second = NaN] = await path([1, 3], 0.1);
    const step = (0.1 * (0.39 / 0.19)) / Math.sqrt(0.009999 / 0.001999);
    expect(second - first).toBeCloseTo(-step, 6);
  });

  test("does not move without a gradient", async () => {
    expect(await path([0, 0], 0.1)).toEqual([0, 0]);
  });

  test("leaves its arguments as they are", async () => {
    const [parameters, gradient] = [tf.tensor1d([1, 2]), tf.tensor1d([3, 4])];
    const state = initAdam(2);
    const updated = updateAdam(parameters, gradient, state, 0.1);
    expect([...(await parameters.data())]).toEqual([1, 2]);
    expect([...(await gradient.data())]).toEqual([3, 4]);
    expect([...(await state.first.data()), ...(await state.second.data())]).toEqual([0, 0, 0, 0]);
    expect(state.step).toBe(0);
    expect(updated.state.step).toBe(1);
    tf.dispose([parameters, gradient, state.first, state.second]);
    tf.dispose([updated.parameters, updated.state.first, updated.state.second]);
  });
});

test("the cosine starts at the peak, is half of it half-way and ends at 0", () => {
  expect(cosineRate(1e-3, 0, 20)).toBe(1e-3);
  expect(cosineRate(1e-3, 10, 20)).toBeCloseTo(5e-4, 12);
  expect(cosineRate(1e-3, 20, 20)).toBeCloseTo(0, 12);
});

test("the cosine only falls", () => {
  const rates = Array.from({ length: 21 }, (_, step) => cosineRate(1, step, 20));
  rates.slice(1).forEach((rate, step) => expect(rate).toBeLessThan(rates[step] ?? NaN));
});
