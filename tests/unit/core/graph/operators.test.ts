import { beforeAll, describe, expect, test } from "vitest";
import { LabError } from "../../../../src/core/errors";
import { hostBools, hostFloats, hostIntegers } from "../../../../src/core/graph/host-tensor";
import { tf } from "../../../../src/core/tensor/tf";
import { useBackend } from "../../backend";
import { largestDifference } from "../numbers";
import {
  between,
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

beforeAll(() => useBackend("cpu"));

const example = (
  operator: string,
  inputs: Example["inputs"],
  attributes: Example["attributes"] = {},
): Example => ({ operator, inputs, attributes });

const last = { channelsLast: 1 };
const window = { kernel_shape: [3, 2], strides: [2, 1], pads: [1, 0, 1, 1], ...last };

/** Away from kinks, so that differences are of one side. */
const smooth: readonly (readonly [name: string, example: Example])[] = [
  ["Add of a row", example("Add", [images(2, 3, 4), weights(4)])],
  ["Add of two that broadcast each other", example("Add", [images(2, 1, 4), images(3, 1)])],
  ["AveragePool, padding not counted", example("AveragePool", [images(2, 5, 4, 2)], window)],
  [
    "AveragePool, padding counted",
    example("AveragePool", [images(1, 5, 4, 2)], { ...window, count_include_pad: 1 }),
  ],
  [
    "BatchNormalization",
    example("BatchNormalization", [
      images(2, 3, 2),
      weights(3),
      weights(3),
      weights(3),
      hostFloats([3], [1, 2, 0.5]),
    ]),
  ],
  ["Cast", example("Cast", [images(3)], { to: 1 })],
  ["Clip", example("Clip", [between(-3, 3, 4, 3), single(-1.23), single(1.57)])],
  [
    "Concat with a constant",
    example("Concat", [images(2, 3), weights(2, 2), images(2, 1)], { axis: -1 }),
  ],
  [
    "Conv",
    example("Conv", [images(1, 4, 4, 2), weights(3, 2, 3, 3), weights(3)], {
      ...last,
      strides: [2, 2],
    }),
  ],
  [
    "Conv of each channel",
    example("Conv", [images(1, 4, 4, 2), weights(2, 1, 3, 3)], {
      ...last,
      group: 2,
      pads: [1, 1, 1, 1],
    }),
  ],
  ["Div", example("Div", [images(2, 3), between(1, 2, 2, 3)])],
  ["Div of a constant", example("Div", [weights(3), between(1, 2, 2, 3)])],
  ["Dropout", example("Dropout", [images(3)])],
  ["EqualPart", example("EqualPart", [images(2, 5)], { axis: 1, part: 1, parts: 2 })],
  ["Erf", example("Erf", [images(2, 5)])],
  ["Exp", example("Exp", [images(2, 5)])],
  ["Expand", example("Expand", [images(2, 1, 3), integers(2, 4, 1)])],
  ["Flatten", example("Flatten", [images(2, 3, 2)], { axis: 1 })],
  [
    "Gather of one place",
    example("Gather", [images(2, 3, 2), hostIntegers([], [-1])], { axis: 1 }),
  ],
  ["Gather of a run", example("Gather", [images(4, 3), integers(1, 2)], { axis: 0 })],
  [
    "Gather in any order",
    example("Gather", [images(2, 3, 2), hostIntegers([2, 2], [2, 0, 0, 1])], { axis: 1 }),
  ],
  ["Gelu", example("Gelu", [images(2, 4)])],
  ["Gemm", example("Gemm", [images(2, 3), weights(4, 3), weights(4)], { transB: 1, alpha: 0.5 })],
  ["GlobalAveragePool", example("GlobalAveragePool", [images(2, 3, 2, 4)], last)],
  ["HardSigmoid", example("HardSigmoid", [images(2, 5)], { alpha: 0.3 })],
  ["HardSwish", example("HardSwish", [images(2, 5)])],
  ["Identity", example("Identity", [images(3)])],
  [
    "InstanceNormalization",
    example("InstanceNormalization", [images(2, 3, 2, 2), weights(2), weights(2)], last),
  ],
  [
    "InstanceNormalization of a sequence",
    example("InstanceNormalization", [images(2, 2, 5), weights(2), weights(2)]),
  ],
  ["LayerNormalization", example("LayerNormalization", [images(2, 2, 5), weights(5), weights(5)])],
  [
    "LayerNormalization over two axes",
    example("LayerNormalization", [images(2, 2, 3), weights(2, 3)], { axis: -2 }),
  ],
  ["LeakyRelu", example("LeakyRelu", [between(0.1, 1, 4)])],
  ["LeakyRelu below zero", example("LeakyRelu", [between(-1, -0.1, 4)], { alpha: 0.3 })],
  ["MatMul with a constant", example("MatMul", [images(2, 3, 4), weights(4, 5)])],
  ["MatMul of square weights", example("MatMul", [images(2, 3, 3), images(2, 3, 4)])],
  ["MatMul with a square result", example("MatMul", [images(2, 3, 4), images(2, 4, 3)])],
  ["MatMul of any sizes", example("MatMul", [images(2, 3, 4), images(2, 4, 5)])],
  ["MatMul of batches that broadcast", example("MatMul", [images(2, 1, 3, 4), images(3, 4, 2)])],
  ["MatMul of a vector", example("MatMul", [images(4), images(2, 4, 3)])],
  ["Mul", example("Mul", [images(2, 3), images(3)])],
  ["Neg", example("Neg", [images(3)])],
  ["PRelu", example("PRelu", [between(-2, -1, 2, 3), images(3)])],
  ["Pad with a number", example("Pad", [images(2, 3), integers(0, 1, 0, 2), single(5)])],
  ["Pad that cuts", example("Pad", [images(2, 4), integers(0, -1, 1, 1)])],
  ["Pad by reflection", example("Pad", [images(2, 4), integers(0, 2, 0, 3)], { mode: "reflect" })],
  ["Pad by the edge", example("Pad", [images(3, 2), integers(1, 0, 2, 1)], { mode: "edge" })],
  ["Pow of two", example("Pow", [images(2, 3), single(2)])],
  ["Pow", example("Pow", [between(1, 2, 2, 3), images(2, 3)])],
  ["ReduceMean", example("ReduceMean", [images(2, 3, 4)], { axes: [1] })],
  [
    "ReduceMean without its axes",
    example("ReduceMean", [images(2, 3, 4)], { axes: [-1, 0], keepdims: 0 }),
  ],
  ["ReduceSum", example("ReduceSum", [images(2, 3)])],
  ["Reshape", example("Reshape", [images(2, 3, 4), integers(0, -1, 2)])],
  [
    "Resize to the nearest",
    example("Resize", [images(1, 3, 2, 2), undefined, hostFloats([4], [1, 1, 2, 2])], last),
  ],
  [
    "Resize by lines",
    example("Resize", [images(1, 3, 4, 1), undefined, undefined, integers(1, 1, 5, 3)], {
      ...last,
      mode: "linear",
    }),
  ],
  [
    "Resize by cubes",
    example("Resize", [images(1, 5), undefined, hostFloats([2], [1, 1.6])], {
      mode: "cubic",
      exclude_outside: 1,
    }),
  ],
  ["Sigmoid", example("Sigmoid", [images(2, 3)])],
  [
    "Slice with steps",
    example("Slice", [images(2, 7), integers(1), integers(99), integers(1), integers(3)]),
  ],
  [
    "Slice backwards",
    example("Slice", [images(2, 5), integers(-1), integers(-99), integers(1), integers(-2)]),
  ],
  ["Softmax", example("Softmax", [images(2, 4)])],
  ["Softmax over an inner axis", example("Softmax", [images(2, 4, 3)], { axis: 1 })],
  ["Softmax over the rest", example("Softmax", [images(2, 2, 3)], { axis: 1, overRest: 1 })],
  ["Sqrt", example("Sqrt", [between(1, 2, 2, 3)])],
  ["Squeeze", example("Squeeze", [images(2, 1, 3), integers(1)])],
  ["Sub", example("Sub", [images(2, 3), images(2, 1)])],
  ["Tanh", example("Tanh", [images(2, 3)])],
  ["Transpose", example("Transpose", [images(2, 3, 4)], { perm: [1, 2, 0] })],
  ["Unsqueeze", example("Unsqueeze", [images(2, 3), integers(0, -1)])],
  ["Where", example("Where", [hostBools([3], [1, 0, 1]), images(2, 3), images(1)])],
];

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
