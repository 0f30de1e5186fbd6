/** Operators with inputs at which their gradients are smooth. */
import { hostBools, hostFloats, hostIntegers } from "../../../../../src/core/graph/host-tensor";
import { between, images, integers, single, weights, type Example } from "./operator-call";

export const example = (
  operator: string,
  inputs: Example["inputs"],
  attributes: Example["attributes"] = {},
): Example => ({ operator, inputs, attributes });

export const last = { channelsLast: 1 };
export const window = { kernel_shape: [3, 2], strides: [2, 1], pads: [1, 0, 1, 1], ...last };

/** Away from kinks, so that differences are of one side. */
export const smooth: readonly (readonly [name: string, example: Example])[] = [
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
  ["ChannelShuffle", example("ChannelShuffle", [images(2, 3, 1, 6)], { ...last, groups: 3 })],
  [
    "ChannelShuffle with channels first",
    example("ChannelShuffle", [images(2, 6, 2, 1)], { groups: 2 }),
  ],
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
  ["LayerNormalization without scale and shift", example("LayerNormalization", [images(2, 5)])],
  ["LeakyRelu", example("LeakyRelu", [between(0.1, 1, 4)])],
  ["LeakyRelu below zero", example("LeakyRelu", [between(-1, -0.1, 4)], { alpha: 0.3 })],
  ["Linear", example("Linear", [images(2, 1, 3, 4), weights(5, 4), weights(5)])],
  ["Linear without a bias", example("Linear", [images(3, 4), weights(2, 4)])],
  ["MatMul with a constant", example("MatMul", [images(2, 3, 4), weights(4, 5)])],
  ["MatMul of square weights", example("MatMul", [images(2, 3, 3), images(2, 3, 4)])],
  ["MatMul with a square result", example("MatMul", [images(2, 3, 4), images(2, 4, 3)])],
  ["MatMul of any sizes", example("MatMul", [images(2, 3, 4), images(2, 4, 5)])],
  ["MatMul of batches that broadcast", example("MatMul", [images(2, 1, 3, 4), images(3, 4, 2)])],
  ["MatMul of a vector", example("MatMul", [images(4), images(2, 4, 3)])],
  [
    "MultiHeadAttention",
    example("MultiHeadAttention", [images(2, 3, 4), images(2, 3, 4), images(2, 3, 2)], {
      heads: 2,
    }),
  ],
  [
    "MultiHeadAttention in windows",
    example("MultiHeadAttention", [
      images(4, 3, 2),
      images(4, 3, 2),
      images(4, 3, 2),
      weights(2, 1, 3, 3),
    ]),
  ],
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
