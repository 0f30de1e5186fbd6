/** MatMul with a constant matrix, Gemm, and the constant row added after either, become Linear. */
import { orderedGraph, type Graph, type GraphNode, type ValueName } from "../graph";
import { hostFloats, type HostTensor } from "../host-tensor";
import { gemmParameters } from "../operators/products/gemm";
import { rightMatrix } from "../operators/products/mat-mul";
import { callOf, shapesOf } from "../shapes";
import { matcher } from "./patterns";

/** Runs after constants are folded. */
export function recogniseLinear(graph: Graph): Graph {
  return withBias(withLayers(graph));
}

function withLayers(graph: Graph): Graph {
  const shapes = shapesOf(graph, 1);
  const constants = new Map(graph.constants);
  const nodes = graph.nodes.map((node) => {
    const [x, matrix] = node.inputs;
    const right = matrix === undefined ? undefined : graph.constants.get(matrix);
    const isLayer = right?.shape.length === 2 && x !== undefined && !graph.constants.has(x);
    if (!isLayer || (node.operator !== "MatMul" && node.operator !== "Gemm")) return node;
    const { weight, bias } =
      node.operator === "Gemm"
        ? gemmParameters(callOf(graph, node, shapes, 1))
        : rightMatrix(right);
    const names = [`${node.output} (weight)`, `${node.output} (bias)`] as const;
    constants.set(names[0], hostFloats([bias.length, weight.length / bias.length], weight));
    constants.set(names[1], hostFloats([bias.length], bias));
    return { ...node, operator: "Linear", inputs: [x, ...names], attributes: {} };
  });
  return orderedGraph({ ...graph, nodes, constants });
}

function withBias(graph: Graph): Graph {
  const match = matcher(graph);
  const shapes = shapesOf(graph, 1);
  const constants = new Map(graph.constants);
  const nodes = graph.nodes.map((node): GraphNode => {
    const parts = node.operator === "Add" ? match.sides(node) : undefined;
    const layer = parts && match.maker(parts.value, "Linear");
    const row = parts && match.constant(parts.constant);
    const isSame = shapes.get(node.output)?.join() === shapes.get(parts?.value ?? "")?.join();
    if (!layer || !row || !isSame || !match.isReadOnce(layer.output)) return node;
    const [x, weight, bias] = layer.inputs;
    const sum = biasWith(row, match.constant(bias));
    if (!sum) return node;
    const name: ValueName = `${node.output} (bias)`;
    constants.set(name, sum);
    return { ...node, operator: "Linear", inputs: [x, weight, name], attributes: {} };
  });
  return orderedGraph({ ...graph, nodes, constants });
}

function biasWith(row: HostTensor, bias: HostTensor | undefined): HostTensor | undefined {
  const size = bias?.data.length;
  if (size === undefined || row.data.length !== size || row.shape.at(-1) !== size) return undefined;
  return hostFloats(
    [size],
    row.data.map((value, at) => value + (bias?.data[at] ?? 0)),
  );
}
