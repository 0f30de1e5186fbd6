/** Operators in the forms that they have in different opsets, of one image [1, 3, 2, 2] of the numbers 1 to 12. */
import { beforeAll, describe, expect, test } from "vitest";
import { graphSegments } from "../../../../src/core/graph/graph-segments";
import {
  hostBools,
  hostFloats,
  hostIntegers,
  type HostTensor,
} from "../../../../src/core/graph/host-tensor";
import { optimised } from "../../../../src/core/graph/optimise";
import { readOnnx } from "../../../../src/core/onnx/read-onnx";
import { tf } from "../../../../src/core/tensor/tf";
import { useBackend } from "../../backend";
import { onnxFile, type NodeLine } from "./onnx-writer";

beforeAll(() => useBackend("cpu"));

const oneToTwelve = Array.from({ length: 12 }, (_, at) => at + 1);
const list = (...numbers: number[]) => hostIntegers([numbers.length], numbers);
const number = (value: number) => hostFloats([], [value]);

const constants: Readonly<Record<string, HostTensor>> = {
  three: number(3),
  four: number(4),
  share: number(0.3),
  off: hostBools([], [0]),
  channels: list(1),
  positions: list(2, 3),
  last: list(3),
  middle: list(1),
  around: list(0, 0, 0, 1, 0, 0, 0, 0),
  left: list(1, 0),
  oneAndTwo: list(1, 2),
  nothing: hostFloats([0], []),
  doubled: hostFloats([4], [1, 1, 2, 2]),
  twice: hostFloats([2], [2, 2]),
  sides: list(4, 4),
  gamma: hostFloats([3], [1, 2, 3]),
  beta: hostFloats([3], [0, 0, 1]),
  mean: hostFloats([3], [1, 5, 9]),
  variance: hostFloats([3], [4, 4, 4]),
  pair: hostFloats([2], [1, 1]),
  flat: list(-1, 12),
  twelve: list(12),
};

const line = (
  operator: string,
  inputs: string,
  attributes: NodeLine["attributes"] = {},
  outputs = "y",
): NodeLine => ({
  operator,
  // A dot is an absent one.
  inputs: inputs.split(" ").map((name) => (name === "." ? "" : name)),
  outputs: outputs.split(" "),
  attributes,
});

interface Computed {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

function computed(opset: number, nodes: readonly NodeLine[]): Computed {
  const input = ["x", ["n", 3, 2, 2]] as const;
  const file = onnxFile({ opset, nodes, constants, input, output: ["y", ["n"]] });
  const [build] = graphSegments(optimised(readOnnx(file, "net.onnx")), []);
  const segment = build?.();
  const output = tf.tidy(() => {
    const x = tf.transpose(tf.tensor4d(oneToTwelve, [1, 3, 2, 2]), [0, 2, 3, 1]);
    return segment?.forward(x) ?? x;
  });
  const found = { shape: output.shape, values: Array.from(output.dataSync()) };
  output.dispose();
  segment?.dispose();
  return found;
}

function expectClose(found: readonly number[], expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length);
  expected.forEach((value, at) => expect(found[at]).toBeCloseTo(value, 4));
}

const pooled = line("GlobalAveragePool", "x", {}, "p");
const flatPooled = line("Flatten", "p", {}, "f");
const means = [2.5, 6.5, 10.5];
const softmaxOf = (values: readonly number[]): number[] => {
  const powers = values.map((value) => Math.exp(value - Math.max(...values)));
  return powers.map((power) => power / powers.reduce((a, b) => a + b, 0));
};
const repeated = (...values: number[]): number[] => {
  const [a = 0, b = 0, c = 0, d = 0] = values;
  return [a, a, b, b, a, a, b, b, c, c, d, d, c, c, d, d];
};
const resized = [repeated(1, 2, 3, 4), repeated(5, 6, 7, 8), repeated(9, 10, 11, 12)].flat();
const nearest = {
  mode: "nearest",
  coordinate_transformation_mode: "asymmetric",
  nearest_mode: "floor",
};
const padded = [0, 1, 2, 0, 3, 4, 0, 5, 6, 0, 7, 8, 0, 9, 10, 0, 11, 12];
const normed = oneToTwelve.map((value, at) => {
  const channel = Math.floor(at / 4);
  return ((value - 1 - 4 * channel) / 2) * (channel + 1) + (channel === 2 ? 1 : 0);
});
const average = { kernel_shape: [2, 2] };

type Form = readonly [opset: number, ...nodes: NodeLine[]];

const forms: readonly (readonly [
  claim: string,
  shape: readonly number[],
  expected: readonly number[],
  forms: readonly Form[],
])[] = [
  [
    "ReduceMean: axes as an attribute, from 18 on as an input",
    [1, 3],
    means,
    [
      [11, line("ReduceMean", "x", { axes: [2, 3], keepdims: 0 })],
      [17, line("ReduceMean", "x", { axes: [-1, -2], keepdims: 0 })],
      [18, line("ReduceMean", "x positions", { keepdims: 0 })],
      [21, line("ReduceMean", "x positions", { keepdims: 0, noop_with_empty_axes: 1 })],
    ],
  ],
  [
    "ReduceMean: without axes over none of them, where the node says so",
    [1, 3, 2, 2],
    oneToTwelve,
    [[18, line("ReduceMean", "x", { noop_with_empty_axes: 1 })]],
  ],
  [
    "ReduceSum: axes as an attribute, from 13 on as an input",
    [1, 1, 2, 2],
    [15, 18, 21, 24],
    [
      [11, line("ReduceSum", "x", { axes: [1] })],
      [13, line("ReduceSum", "x channels")],
    ],
  ],
  [
    "Squeeze: axes as an attribute, from 13 on as an input",
    [1, 3],
    means,
    [
      [11, pooled, line("Squeeze", "p", { axes: [2, 3] })],
      [13, pooled, line("Squeeze", "p positions")],
      [21, pooled, line("Squeeze", "p positions")],
    ],
  ],
  [
    "Unsqueeze: axes as an attribute, from 13 on as an input",
    [1, 1, 3],
    means,
    [
      [12, pooled, flatPooled, line("Unsqueeze", "f", { axes: [1] })],
      [13, pooled, flatPooled, line("Unsqueeze", "f middle")],
    ],
  ],
  [
    "Pad: all axes, from 18 on also some",
    [1, 3, 2, 3],
    padded,
    [
      [11, line("Pad", "x around")],
      [13, line("Pad", "x around .", { mode: "constant" })],
      [18, line("Pad", "x left . last")],
      [21, line("Pad", "x left . last")],
    ],
  ],
  [
    "Clip: either limit may be absent",
    [1, 3, 2, 2],
    [1, 2, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4],
    [
      [11, line("Clip", "x . four")],
      [13, line("Clip", "x . four")],
    ],
  ],
  [
    "Clip: with both limits",
    [1, 3, 2, 2],
    [3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4],
    [[12, line("Clip", "x three four")]],
  ],
  [
    "Dropout: its share as an attribute, from 12 on as an input",
    [1, 3, 2, 2],
    oneToTwelve,
    [
      [11, line("Dropout", "x", { ratio: { float: 0.3 } })],
      [13, line("Dropout", "x share off")],
      [13, line("Dropout", "x", {}, "y mask")],
    ],
  ],
  [
    "Split: sizes as an attribute, from 13 on as an input",
    [1, 2, 2, 2],
    [5, 6, 7, 8, 9, 10, 11, 12],
    [
      [11, line("Split", "x", { axis: 1, split: [1, 2] }, "first y")],
      [13, line("Split", "x oneAndTwo", { axis: 1 }, "first y")],
      [18, line("Split", "x oneAndTwo", { axis: 1 }, "first y")],
    ],
  ],
  [
    "Split: equal parts, of which from 18 on the last may be smaller",
    [1, 1, 2, 2],
    [9, 10, 11, 12],
    [
      [11, line("Split", "x", { axis: 1 }, "first second y")],
      [18, line("Split", "x", { axis: 1, num_outputs: 2 }, "first y")],
    ],
  ],
  [
    "Softmax: before 13 over an axis and all after it",
    [1, 3, 2, 2],
    softmaxOf(oneToTwelve),
    [
      [11, line("Softmax", "x")],
      [12, line("Softmax", "x", { axis: 1 })],
      [12, line("Softmax", "x", { axis: -3 })],
    ],
  ],
  [
    "Softmax: before 13 over height and width",
    [1, 3, 2, 2],
    [0, 1, 2].flatMap(() => softmaxOf([1, 2, 3, 4])),
    [[11, line("Softmax", "x", { axis: 2 })]],
  ],
  [
    "Softmax: before 13 over the last axis",
    [1, 3, 2, 2],
    oneToTwelve.map((value) => softmaxOf([1, 2])[(value - 1) % 2] ?? NaN),
    [[12, line("Softmax", "x", { axis: 3 })]],
  ],
  [
    "Softmax: from 13 on over one axis",
    [1, 3, 2, 2],
    oneToTwelve.map((_, at) => softmaxOf([0, 4, 8])[Math.floor(at / 4)] ?? NaN),
    [
      [13, line("Softmax", "x", { axis: 1 })],
      [21, line("Softmax", "x", { axis: -3 })],
    ],
  ],
  [
    "BatchNormalization: from 14 on it says that it does not train",
    [1, 3, 2, 2],
    normed,
    [
      [11, line("BatchNormalization", "x gamma beta mean variance")],
      [14, line("BatchNormalization", "x gamma beta mean variance", { training_mode: 0 })],
      [15, line("BatchNormalization", "x gamma beta mean variance", { momentum: { float: 0.9 } })],
    ],
  ],
  [
    "Resize: scales or sizes, from 18 on of some axes",
    [1, 3, 4, 4],
    resized,
    [
      [11, line("Resize", "x nothing doubled", nearest)],
      [13, line("Resize", "x . doubled", nearest)],
      [18, line("Resize", "x . twice", { ...nearest, axes: [2, 3], antialias: 0 })],
      [19, line("Resize", "x . . sides", { ...nearest, axes: [2, 3] })],
    ],
  ],
  [
    "AveragePool: from 19 on with dilations",
    [1, 3, 1, 1],
    means,
    [
      [11, line("AveragePool", "x", average)],
      [19, line("AveragePool", "x", { ...average, dilations: [1, 1] })],
    ],
  ],
  [
    "Reshape: from 14 on a 0 may be a size",
    [1, 12],
    oneToTwelve,
    [
      [11, line("Reshape", "x flat")],
      [14, line("Reshape", "x flat", { allowzero: 1 })],
    ],
  ],
  [
    "Shape: from 15 on a part of it",
    [1, 12],
    oneToTwelve,
    [
      [
        15,
        line("Shape", "x", { start: 0, end: 1 }, "n"),
        line("Concat", "n twelve", { axis: 0 }, "to"),
        line("Reshape", "x to"),
      ],
      [
        21,
        line("Shape", "x", { end: -3 }, "n"),
        line("Concat", "n twelve", { axis: 0 }, "to"),
        line("Reshape", "x to"),
      ],
    ],
  ],
  [
    "HardSwish, from 14 on",
    [1, 3, 2, 2],
    oneToTwelve.map((value) => value * Math.min(1, value / 6 + 0.5)),
    [[14, line("HardSwish", "x")]],
  ],
  [
    "LayerNormalization, from 17 on",
    [1, 3, 2, 2],
    oneToTwelve.map((value) => (value % 2 === 0 ? 1 : -1) * (0.5 / Math.sqrt(0.25 + 1e-5))),
    [[17, line("LayerNormalization", "x pair")]],
  ],
  [
    "Gelu, from 20 on",
    [1, 3, 2, 2],
    [0.841345, 1.9545, 2.99595, 3.999873, 4.999999, 6, 7, 8, 9, 10, 11, 12],
    [[20, line("Gelu", "x", { approximate: "none" })]],
  ],
];

describe.each(forms)("%s", (_, shape, expected, written) => {
  test.each(written.map(([opset, ...nodes]) => ({ opset, nodes })))(
    "as in opset $opset",
    ({ opset, nodes }) => {
      const found = computed(opset, nodes);
      expect(found.shape).toEqual(shape);
      expectClose(found.values, expected);
    },
  );
});

test.each([10, 22])("opset %i is refused", (opset) => {
  expect(() => computed(opset, [line("Relu", "x")])).toThrow("expected a version from 11 to 21");
});

test("a Dropout that trains is refused", () => {
  const training = { ...constants, off: hostBools([], [1]) };
  const nodes = [line("Dropout", "x share off")];
  const file = onnxFile({
    opset: 13,
    nodes,
    constants: training,
    input: ["x", ["n", 3, 2, 2]],
    output: ["y", ["n"]],
  });
  expect(() => optimised(readOnnx(file, "net.onnx"))).toThrow("a dropout that does nothing");
});
