/** Graphs for tests of passes, and the claim that a pass changes nothing but the nodes. */
import { expect } from "vitest";
import type { Attribute, Graph, GraphNode, Pass } from "../../../../../src/core/graph/graph";
import { graphSegments } from "../../../../../src/core/graph/graph-segments";
import {
  hostFloats,
  hostIntegers,
  valueAt,
  type HostTensor,
} from "../../../../../src/core/graph/host-tensor";
import { spatialOperators } from "../../../../../src/core/graph/passes/channels-last";
import { operatorOf } from "../../../../../src/core/graph/passes/fold-constants";
import { seeded } from "../../../../../src/core/random/generator";
import { tf } from "../../../../../src/core/tensor/tf";
import { largestDifference, uniformArray } from "../../numbers";

export type Line = readonly [
  output: string,
  operator: string,
  inputs: readonly string[],
  attributes?: Record<string, Attribute>,
];

/** Constants drawn from a seed. */
export const values = (seed: number, ...shape: number[]) =>
  hostFloats(
    shape,
    uniformArray(
      seeded(seed),
      shape.reduce((a, b) => a * b, 1),
    ),
  );

/** A list of whole numbers, such as axes. */
export const list = (...numbers: number[]) => hostIntegers([numbers.length], numbers);

const shape = [3, 4, 6];

/** [n, c, h, w] to [n, h, w, c], and back. */
const toLast = [0, 2, 3, 1];
const toFirst = [0, 3, 1, 2];

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

/** Output and gradient for two random images; both in the layout of the graph's images. */
function valuesOf(graph: Graph, layout: "as it is" | "channels last" = "as it is"): Float32Array[] {
  const segment = graphSegments(graph, [])[0]?.();
  const values = tf.tidy(() => {
    const images = tf.tensor(uniformArray(seeded(1), 144, -3, 3), [2, ...shape]);
    const isLast = layout === "channels last";
    const x = isLast ? tf.transpose(images, toLast) : images;
    const traced = segment?.trace(x);
    const output = traced?.output ?? x;
    const upstream = tf.tensor(uniformArray(seeded(2), output.size), output.shape);
    const back = traced?.pullback(upstream);
    const gradient = back && isLast ? tf.transpose(back, toFirst) : back;
    return [traced?.output, gradient].map((part) => Float32Array.from(part?.dataSync() ?? []));
  });
  segment?.dispose();
  return values;
}

/** Applies a pass. @returns the graph after it, which has these operators and the same values */
export function expectSame(before: Graph, pass: Pass, operators: readonly string[]): Graph {
  const after = pass(before);
  expect(after.nodes.map(({ operator }) => operator)).toEqual(operators);
  expectClose(valuesOf(after), valuesOf(before));
  return after;
}

/** As `expectSame`, of a pass after which images are [n, h, w, c]. */
export function expectSameInLayout(before: Graph, pass: Pass, operators: readonly string[]): void {
  const after = pass(before);
  expect(after.nodes.map(({ operator }) => operator)).toEqual(operators);
  expect(after.imageShape).toEqual(toLast.slice(1).map((axis) => before.imageShape[axis - 1]));
  expectClose(valuesOf(after, "channels last"), valuesOf(nodeByNode(before)));
}

/** Convolutions and pools only run on [n, h, w, c]: a Transpose goes before each and one after it. */
function nodeByNode(graph: Graph): Graph {
  const nodes = graph.nodes.flatMap((node): GraphNode[] => {
    if (!spatialOperators.has(node.operator)) return [node];
    const { output, attributes, inputs } = node;
    const [there, back] = [`${output} (there)`, `${output} (back)`];
    const plain = { name: output, operator: "Transpose" };
    return [
      { ...plain, inputs: [inputs[0]], output: there, attributes: { perm: toLast } },
      {
        ...node,
        inputs: inputs.with(0, there),
        output: back,
        attributes: { ...attributes, channelsLast: 1 },
      },
      { ...plain, inputs: [back], output, attributes: { perm: toFirst } },
    ];
  });
  return { ...graph, nodes };
}

function expectClose(found: readonly Float32Array[], expected: readonly Float32Array[]): void {
  expected.forEach((values, at) => {
    expect(values.length).toBeGreaterThan(0);
    expect(largestDifference(found[at] ?? [], values)).toBeLessThan(1e-5);
  });
}

/** As `expectSame`, of a pass over shape arithmetic: every node on the host, for several numbers of images. */
export function expectSameOnHost(before: Graph, pass: Pass, operators: readonly string[]): Graph {
  const after = pass(before);
  expect(after.nodes.map(({ operator }) => operator)).toEqual(operators);
  for (const n of [1, 2, 7]) {
    const [found, expected] = [onHost(after, n), onHost(before, n)];
    expect(found.shape).toEqual(expected.shape);
    expect(largestDifference(found.data, expected.data)).toBeLessThan(1e-6);
  }
  return after;
}

/** The output for n random images. */
function onHost({ input, nodes, output, constants, name }: Graph, n: number): HostTensor {
  const size = n * shape.reduce((a, b) => a * b, 1);
  const values = new Map([...constants].map(([key, value]) => [key, valueAt(value, n)]));
  values.set(input, hostFloats([n, ...shape], uniformArray(seeded(1), size, -3, 3)));
  for (const node of nodes) {
    const inputs = node.inputs.map((key) => (key === undefined ? undefined : values.get(key)));
    const shapes = inputs.map((value) => value?.shape);
    const result = operatorOf(node, name).fold?.({ node, shapes, constants: inputs, inputs });
    if (!result)
      throw new RangeError(`${node.operator}: expected one that is computed on the host`);
    values.set(node.output, result);
  }
  const found = values.get(output);
  if (!found) throw new RangeError(`${output}: expected a value`);
  return found;
}
