/** Operators of some size, with the multiplications and additions that one counts by hand. */
import { hostBools, hostFloats } from "../../../../../src/core/graph/host-tensor";
import { between, images, integers, single, weights, type Example } from "./operator-call";
import { example, last } from "./operator-examples";

/** 1,024 numbers. */
const map = images(2, 8, 8, 8);
const size = 1024;

export const costs: readonly (readonly [name: string, example: Example, flops: number])[] = [
  ["Add", example("Add", [map, images(2, 8, 8, 8)]), size],
  [
    "AveragePool, two by two",
    example("AveragePool", [map], { kernel_shape: [2, 2], strides: [2, 2], ...last }),
    // A sum of four and a division for each of 256.
    4 * 256,
  ],
  [
    "AveragePool with padding",
    example("AveragePool", [map], { kernel_shape: [3, 3], pads: [1, 1, 1, 1], ...last }),
    9 * size,
  ],
  [
    "BatchNormalization",
    example("BatchNormalization", [map, weights(8), weights(8), weights(8), between8()], last),
    2 * size,
  ],
  ["Cast", example("Cast", [map], { to: 1 }), 0],
  ["ChannelShuffle", example("ChannelShuffle", [map], { ...last, groups: 4 }), 0],
  ["Clip", example("Clip", [map, single(-0.5), single(0.5)]), 2 * size],
  ["Concat", example("Concat", [map, images(2, 8, 8, 8)], { axis: 3 }), 0],
  [
    "Conv, three by three",
    example("Conv", [map, weights(4, 8, 3, 3), weights(4)], { ...last, pads: [1, 1, 1, 1] }),
    // For each of 2 · 8 · 8 · 4 a sum of 72 products.
    2 * 512 * 72,
  ],
  [
    "Conv of each channel",
    example("Conv", [map, weights(8, 1, 3, 3)], { ...last, group: 8, pads: [1, 1, 1, 1] }),
    2 * size * 9,
  ],
  ["Div", example("Div", [map, between(1, 2, 2, 8, 8, 8)]), size],
  ["Dropout", example("Dropout", [map]), 0],
  ["EqualPart", example("EqualPart", [map], { axis: 3, part: 1, parts: 2 }), 0],
  ["Erf", example("Erf", [map]), size],
  ["Exp", example("Exp", [map]), size],
  ["Expand", example("Expand", [images(2, 8, 1, 8), integers(2, 8, 8, 8)]), 0],
  ["Flatten", example("Flatten", [map]), 0],
  ["Gather", example("Gather", [map, integers(3, 1)], { axis: 1 }), 0],
  ["Gelu", example("Gelu", [map]), 10 * size],
  ["Gemm", example("Gemm", [images(32, 32), weights(32, 16)]), 2 * 512 * 32],
  // Each number is added once, and a sum is divided for each channel of each image: 63 + 1.
  ["GlobalAveragePool", example("GlobalAveragePool", [map], last), size],
  // α x + β, at least 0, at most 1.
  ["HardSigmoid", example("HardSigmoid", [map]), 4 * size],
  ["HardSwish", example("HardSwish", [map]), 5 * size],
  ["Identity", example("Identity", [map]), 0],
  [
    "InstanceNormalization",
    example("InstanceNormalization", [map, weights(8), weights(8)], last),
    8 * size,
  ],
  ["LayerNormalization", example("LayerNormalization", [map, weights(8), weights(8)]), 8 * size],
  ["LeakyRelu", example("LeakyRelu", [map]), size],
  ["Linear", example("Linear", [map, weights(16, 8), weights(16)]), 2 * 2048 * 8],
  ["MatMul", example("MatMul", [images(2, 8, 32), images(2, 32, 8)]), 2 * 128 * 32],
  [
    "MatMul of batches that broadcast",
    example("MatMul", [images(2, 1, 8, 16), images(4, 16, 8)]),
    2 * 512 * 16,
  ],
  [
    "MaxPool",
    example("MaxPool", [map], {
      kernel_shape: [3, 3],
      strides: [2, 2],
      pads: [1, 1, 1, 1],
      ...last,
    }),
    9 * 256,
  ],
  ["Mul", example("Mul", [map, images(2, 8, 8, 8)]), size],
  [
    "MultiHeadAttention",
    example("MultiHeadAttention", [images(2, 16, 32), images(2, 16, 32), images(2, 16, 32)], {
      heads: 4,
    }),
    // Each of 16 tokens with each of 16, in both products.
    2 * 2 * 16 * 16 * 32 * 2,
  ],
  ["Neg", example("Neg", [map]), size],
  ["PRelu", example("PRelu", [map, images(8)]), size],
  ["Pad", example("Pad", [map, integers(0, 1, 1, 0, 0, 1, 1, 0)]), 0],
  ["Pad by the edge", example("Pad", [images(32, 32), integers(1, 0, 1, 0)], { mode: "edge" }), 0],
  ["Pow", example("Pow", [between(1, 2, 2, 8, 8, 8), images(2, 8, 8, 8)]), size],
  ["Pow of two", example("Pow", [map, single(2)]), size],
  ["ReduceMean", example("ReduceMean", [map], { axes: [1, 2] }), size],
  ["ReduceSum", example("ReduceSum", [map], { axes: [-1] }), size],
  ["Relu", example("Relu", [map]), size],
  ["Reshape", example("Reshape", [map, integers(0, -1)]), 0],
  [
    "Resize to the nearest",
    example("Resize", [map, undefined, hostFloats([4], [1, 1, 2, 2])], last),
    0,
  ],
  [
    "Resize by lines",
    example("Resize", [map, undefined, hostFloats([4], [1, 1, 2, 2])], { ...last, mode: "linear" }),
    // Two products and their sum, first for twice as many numbers and then for four times as many.
    3 * (2 * size + 4 * size),
  ],
  // 1 / (1 + exp(−x))
  ["Sigmoid", example("Sigmoid", [map]), 4 * size],
  ["Slice", example("Slice", [map, integers(1), integers(7), integers(1), integers(2)]), 0],
  ["Softmax", example("Softmax", [map]), 3 * size],
  ["Softmax over an inner axis", example("Softmax", [map], { axis: 1 }), 3 * size],
  ["Sqrt", example("Sqrt", [between(1, 2, 2, 8, 8, 8)]), size],
  ["Squeeze", example("Squeeze", [images(32, 1, 32), integers(1)]), 0],
  ["Sub", example("Sub", [map, images(2, 8, 8, 8)]), size],
  ["Tanh", example("Tanh", [map]), size],
  ["Transpose", example("Transpose", [map], { perm: [0, 2, 3, 1] }), 0],
  ["Unsqueeze", example("Unsqueeze", [map, integers(1)]), 0],
  [
    "Where",
    example("Where", [hostBools([8], [1, 0, 1, 0, 1, 1, 0, 0]), map, images(2, 8, 8, 8)]),
    0,
  ],
];

function between8(): ReturnType<typeof hostFloats> {
  return hostFloats([8], [1, 2, 0.5, 1, 1, 3, 1, 1]);
}
