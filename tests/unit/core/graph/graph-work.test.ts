/** The work of a graph between its taps, counted by hand. */
import { expect, test } from "vitest";
import type { Graph, GraphNode } from "../../../../src/core/graph/graph";
import { graphWork } from "../../../../src/core/graph/graph-work";
import { hostFloats } from "../../../../src/core/graph/host-tensor";
import { networkWork, type CostedNetwork } from "../../../../src/lab/run-time/network-cost";

const weight = (name: string, ...shape: number[]) =>
  [name, hostFloats(shape, new Float32Array(shape.reduce((a, b) => a * b, 1)))] as const;

function node(
  operator: string,
  inputs: readonly string[],
  output: string,
  attributes: GraphNode["attributes"] = {},
): GraphNode {
  return { name: output, operator, inputs, output, attributes };
}

/** Two convolutions, a residual connection, the mean of each channel, and a linear layer. */
const graph: Graph = {
  name: "hand-counted",
  input: "image",
  imageShape: [8, 8, 3],
  output: "logits",
  nodes: [
    node("Conv", ["image", "w1"], "first", { channelsLast: 1, pads: [1, 1, 1, 1] }),
    node("Conv", ["first", "w2"], "second", { channelsLast: 1, pads: [1, 1, 1, 1], group: 4 }),
    node("Add", ["first", "second"], "sum"),
    node("ReduceMean", ["sum"], "mean", { axes: [1, 2], keepdims: 0 }),
    node("Gemm", ["mean", "w3"], "logits"),
  ],
  constants: new Map([weight("w1", 4, 3, 3, 3), weight("w2", 4, 1, 3, 3), weight("w3", 4, 5)]),
};

const parts = [
  // Each of 8 × 8 × 4 numbers is a sum of 3 × 3 × 3 products.
  { convolutions: 2 * 27 * 256, outputs: 256, products: 0, others: 0 },
  // In four groups, 3 × 3 products; then the addition.
  { convolutions: 2 * 9 * 256, outputs: 256, products: 0, others: 256 },
  // The mean reads 256 numbers; four products for each of five logits.
  { convolutions: 0, outputs: 0, products: 0, others: 256 + 2 * 4 * 5 },
];

test("every operator is counted once, in the part that computes it", () => {
  expect(graphWork(graph, ["first", "sum"])).toEqual(parts);
});

test("a network of a file is costed by the table of the others", () => {
  const tap = { height: 8, width: 8, channels: 4 };
  const taps = ["first", "sum"].map((value) => ({ value, name: value, ...tap }));
  const costed: CostedNetwork = {
    architecture: { family: "graph", taps, classes: 5 },
    contents: { parameters: 164, operators: [], work: parts },
  };
  // Multiply-adds, and 200 for each number that a convolution gives.
  expect(networkWork(costed)).toEqual([27 * 256 + 200 * 256, 9 * 256 + 128 + 200 * 256, 128 + 20]);
});

test("products of tokens are weighed as a Vision Transformer’s", () => {
  const tokens: Graph = {
    ...graph,
    ...{ input: "tokens", imageShape: [64, 3], output: "out" },
    nodes: [node("Linear", ["tokens", "w"], "out")],
    constants: new Map([weight("w", 6, 3)]),
  };
  expect(graphWork(tokens, [])).toEqual([
    { convolutions: 0, outputs: 0, products: 2 * 64 * 3 * 6, others: 0 },
  ]);
});
