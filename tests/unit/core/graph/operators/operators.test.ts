import { beforeAll, describe, expect, test } from "vitest";
import { LabError } from "../../../../../src/core/errors";
import { hostBools, hostFloats, hostIntegers } from "../../../../../src/core/graph/host-tensor";
import { tf } from "../../../../../src/core/tensor/tf";
import { useBackend } from "../../../backend";
import { largestDifference } from "../../numbers";
import {
  callOf,
  folded,
  images,
  integers,
  onDevice,
  operatorOf,
  single,
  weights,
  type Example,
} from "./operator-call";
import { example, last, smooth, window } from "./operator-examples";

beforeAll(() => useBackend("cpu"));

describe("on the device", () => {
  test.each(smooth)("%s has the gradient that differences have", (_, given) => {
    const before = tf.memory().numTensors;
    const { gradients, differences } = onDevice(given);
    given.inputs.forEach((input, at) => {
      if (!input || "type" in input) return;
      expect(largestDifference(gradients[at] ?? [], differences[at] ?? [])).toBeLessThan(3e-3);
    });
    expect(tf.memory().numTensors).toBe(before);
  });

  test.each(smooth)("%s gives what it folds to, of the size that it says", (_, given) => {
    const { shape, output } = onDevice(given);
    expect(shape).toEqual([...operatorOf(given).shape(callOf(given))]);
    const expected = folded(given);
    if (expected) {
      expect(expected.shape).toEqual(shape);
      expect(largestDifference(output, expected.data)).toBeLessThan(1e-5);
    }
  });
});

describe("a pool of the largest", () => {
  const pool = example("MaxPool", [images(2, 5, 5, 2)], window);

  test("has the gradient that differences have", () => {
    const { gradients, differences } = onDevice(pool, 1e-4);
    expect(largestDifference(gradients[0] ?? [], differences[0] ?? [])).toBeLessThan(2e-2);
  });

  test.each(["cpu", "wasm"] as const)(
    "on %s, of equal numbers takes the first",
    async (backend) => {
      await useBackend(backend);
      const call = callOf(
        example("MaxPool", [images(1, 2, 2, 1)], { kernel_shape: [2, 2], ...last }),
      );
      const runner = operatorOf(pool).prepare?.(call);
      const gradientOf = (...values: number[]): number[] =>
        tf.tidy(() => {
          const traced = runner?.trace([tf.tensor4d(values, [1, 2, 2, 1])], 1);
          return Array.from(traced?.pullback(tf.ones([1, 1, 1, 1]))[0]?.dataSync() ?? []);
        });
      expect(gradientOf(0, 0, 0, 0)).toEqual([1, 0, 0, 0]);
      // All below zero.
      expect(gradientOf(-3, -2, -1, -4)).toEqual([0, 0, 1, 0]);
      runner?.dispose();
      await useBackend("cpu");
    },
  );
});

describe("sizes for any number of images", () => {
  /** A list whose first number is 3 n. */
  const perImage = (...rest: number[]): Example["inputs"][number] => ({
    ...hostIntegers([1 + rest.length], [0, ...rest]),
    perImage: Float64Array.from([3, ...rest.map(() => 0)]),
  });

  test.each([
    ["Reshape", [images(2, 3, 4), perImage(4)], [6, 4]],
    ["Expand", [weights(1, 2), perImage(2)], [6, 2]],
    ["ConstantOfShape", [perImage(2)], [6, 2]],
  ] as const)("%s uses the batch's", (operator, inputs, expected) => {
    const runner = operatorOf(example(operator, inputs)).prepare?.(
      callOf(example(operator, inputs)),
    );
    const shape = tf.tidy(() => runner?.forward([tf.ones([2, 3, 4])], 2).shape);
    runner?.dispose();
    expect(shape).toEqual(expected);
  });
});

describe("what is refused", () => {
  test.each([
    ["an axis too many", example("Softmax", [images(2, 3)], { axis: 2 })],
    ["shapes that do not go together", example("Add", [images(2, 3), images(2)])],
    ["matrices that do not fit", example("MatMul", [images(2, 3), weights(4, 5)])],
    ["rows that do not fit a layer", example("Linear", [images(2, 3), weights(4, 5)])],
    [
      "heads that do not divide the columns",
      example("MultiHeadAttention", [images(2, 3), images(2, 3), images(2, 3)], { heads: 2 }),
    ],
    [
      "an addend of other windows",
      example("MultiHeadAttention", [
        images(4, 3, 2),
        images(4, 3, 2),
        images(4, 3, 2),
        weights(3, 1, 3, 3),
      ]),
    ],
    ["a shape of another size", example("Reshape", [images(2, 3), integers(4, -1)])],
    ["an index outside", example("Gather", [images(2, 3), integers(3)], { axis: 1 })],
    [
      "statistics of the batch",
      example(
        "BatchNormalization",
        [images(1, 2), weights(2), weights(2), weights(2), weights(2)],
        { training_mode: 1 },
      ),
    ],
    ["a dropout that drops", example("Dropout", [images(2), single(0.5), hostBools([], [1])])],
    ["a cast to whole numbers", example("Cast", [images(2)], { to: 7 })],
    ["an approximate Gelu", example("Gelu", [images(2)], { approximate: "tanh" })],
    [
      "a pool in three dimensions",
      example("MaxPool", [images(1, 2, 3, 4, 5)], { kernel_shape: [2, 2] }),
    ],
    [
      "anti-aliasing",
      example("Resize", [images(1, 4), undefined, hostFloats([2], [1, 0.5])], { antialias: 1 }),
    ],
    [
      "a mirror larger than its image",
      example("Pad", [images(1, 2), integers(0, 2, 0, 0)], { mode: "reflect" }),
    ],
    ["too many scales", example("Resize", [images(1, 4), undefined, hostFloats([3], [1, 1, 2])])],
  ])("%s, by the node's name", (_, given) => {
    const run = (): void => {
      const call = callOf(given);
      operatorOf(given).shape(call);
      operatorOf(given).prepare?.(call).dispose();
    };
    expect(run).toThrow(LabError);
    expect(run).toThrow(`node here (${given.operator})`);
  });
});
