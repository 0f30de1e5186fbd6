import { beforeAll, expect, test } from "vitest";
import { seeded } from "../../../../src/core/random/generator";
import { tf } from "../../../../src/core/tensor/tf";
import { batchNormEpsilon, foldedConvolution } from "../../../../src/core/weights/fold";
import type { State } from "../../../../src/core/weights/state";
import { useBackend } from "../../backend";
import { largestDifference, uniformArray } from "../numbers";

const k = 3;
const c1 = 2;
const c2 = 4;
const side = 5;

beforeAll(() => useBackend("cpu"));

function randomState(): State {
  const random = seeded(1);
  return new Map([
    ["conv.weight", { shape: [c2, c1, k, k], values: uniformArray(random, c2 * c1 * k * k) }],
    ["bn.weight", { shape: [c2], values: uniformArray(random, c2, -2, 2) }],
    ["bn.bias", { shape: [c2], values: uniformArray(random, c2) }],
    ["bn.running_mean", { shape: [c2], values: uniformArray(random, c2) }],
    // A channel that hardly varies is where ε counts.
    ["bn.running_var", { shape: [c2], values: Float32Array.of(0, 1e-5, 0.3, 7) }],
  ]);
}

/** BatchNorm(conv(x)) from the definitions, padding 1, stride 1, in float64. */
function unfolded(state: State, x: Float32Array): Float64Array {
  const values = (name: string, index: number): number => state.get(name)?.values[index] ?? NaN;
  const output = new Float64Array(side * side * c2);
  output.forEach((_, index) => {
    const out = index % c2;
    const column = Math.floor(index / c2) % side;
    const row = Math.floor(index / (c2 * side));
    let sum = 0;
    for (let from = 0; from < c1; from++) {
      for (let cell = 0; cell < k * k; cell++) {
        const y = row + Math.floor(cell / k) - 1;
        const z = column + (cell % k) - 1;
        if (y < 0 || z < 0 || y >= side || z >= side) continue;
        const weight = values("conv.weight", (out * c1 + from) * k * k + cell);
        sum += weight * (x[(y * side + z) * c1 + from] ?? NaN);
      }
    }
    const deviation = Math.sqrt(values("bn.running_var", out) + batchNormEpsilon);
    const normalised = (sum - values("bn.running_mean", out)) / deviation;
    output[index] = normalised * values("bn.weight", out) + values("bn.bias", out);
  });
  return output;
}

test("a folded convolution is the convolution and its BatchNorm", async () => {
  const state = randomState();
  const x = uniformArray(seeded(2), side * side * c1);
  const { kernel, bias } = foldedConvolution(state, "conv", "bn", k, c1, c2);
  const output = tf.tidy(() => {
    const image = tf.tensor4d(x, [1, side, side, c1]);
    const weight = tf.tensor4d(kernel.data, [c2, c1, k, k]);
    const filter = tf.transpose(weight, [2, 3, 1, 0]);
    return tf.add(tf.conv2d(image, filter, 1, 1), tf.tensor1d(bias.data));
  });
  const expected = unfolded(state, x);
  const largest = Math.max(...expected.map(Math.abs));
  expect(largestDifference(await output.data(), expected) / largest).toBeLessThan(1e-6);
  output.dispose();
});

test("folding leaves the state as it is", () => {
  const state = randomState();
  const before = structuredClone(state);
  foldedConvolution(state, "conv", "bn", k, c1, c2);
  expect(state).toEqual(before);
});

test.each(["conv.weight", "bn.weight", "bn.bias", "bn.running_mean", "bn.running_var"])(
  "a state without %s is refused by that name",
  (name) => {
    const state = new Map(randomState());
    state.delete(name);
    expect(() => foldedConvolution(state, "conv", "bn", k, c1, c2)).toThrow(
      expect.objectContaining({ name: "LabError", code: "not-found", input: name }),
    );
  },
);
