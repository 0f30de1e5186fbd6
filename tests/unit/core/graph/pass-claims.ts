/** Graphs for tests of passes, and the claim that a pass changes nothing but the nodes. */
import { expect } from "vitest";
import type { Attribute, Graph, GraphNode, Pass } from "../../../../src/core/graph/graph";
import { graphSegments } from "../../../../src/core/graph/graph-segments";
import type { HostTensor } from "../../../../src/core/graph/host-tensor";
import { seeded } from "../../../../src/core/random/generator";
import { tf } from "../../../../src/core/tensor/tf";
import { largestDifference, uniformArray } from "../numbers";

export type Line = readonly [
  output: string,
  operator: string,
  inputs: readonly string[],
  attributes?: Record<string, Attribute>,
];

const shape = [3, 4, 6];

/** A graph of [n, 3, 4, 6] that ends in the last line. */
export function graphOf(
  lines: readonly Line[],
  constants: Readonly<Record<string, HostTensor>>,
): Graph {
  const nodes = lines.map(([output, operator, inputs, attributes = {}]): GraphNode => ({
    name: output,
    operator,
    inputs,
    output,
    attributes,
  }));
  return {
    name: "net.onnx",
    input: "x",
    imageShape: shape,
    output: nodes.at(-1)?.output ?? "x",
    nodes,
    constants: new Map(Object.entries(constants)),
  };
}

/** Output and gradient for two random images. */
function valuesOf(graph: Graph): Float32Array[] {
  const segment = graphSegments(graph, [])[0]?.();
  const values = tf.tidy(() => {
    const x = tf.tensor(uniformArray(seeded(1), 144, -3, 3), [2, ...shape]);
    const traced = segment?.trace(x);
    const output = traced?.output ?? x;
    const upstream = tf.tensor(uniformArray(seeded(2), output.size), output.shape);
    const gradient = traced?.pullback(upstream);
    return [traced?.output, gradient].map((part) => Float32Array.from(part?.dataSync() ?? []));
  });
  segment?.dispose();
  return values;
}

/** Applies a pass. @returns the graph after it, which has these operators and the same values */
export function expectSame(before: Graph, pass: Pass, operators: readonly string[]): Graph {
  const after = pass(before);
  expect(after.nodes.map(({ operator }) => operator)).toEqual(operators);
  const [found, expected] = [valuesOf(after), valuesOf(before)];
  expected.forEach((values, at) => {
    expect(largestDifference(found[at] ?? [], values)).toBeLessThan(1e-5);
  });
  return after;
}
