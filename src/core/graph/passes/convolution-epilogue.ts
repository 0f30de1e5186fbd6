/**
 * An addition and a ReLU after a convolution become a part of it, since our kernels compute all
 * three at once: relu(conv(x) + bias + addend).
 */
import { orderedGraph, readCounts, type Graph, type GraphNode, type ValueName } from "../graph";
import { integerAttribute } from "../operators/interface/attributes";
import { shapesOf } from "../shapes";

/** Runs after the layout pass. */
export function convolutionEpilogue(graph: Graph): Graph {
  return withRelu(withAddend(graph));
}

function withAddend(graph: Graph): Graph {
  const counts = readCounts(graph);
  const shapes = shapesOf(graph, 1);
  const makers = new Map(graph.nodes.map((node) => [node.output, node]));
  const places = new Map(graph.nodes.map((node, at) => [node.output, at]));
  const taken = new Set<GraphNode>();
  const nodes = graph.nodes.map((node) => {
    if (node.operator !== "Add") return node;
    const [a, b] = node.inputs;
    if (a === undefined || b === undefined || a === b) return node;
    const isSame = shapes.get(a)?.join() === shapes.get(b)?.join();
    if (!isSame || graph.constants.has(a) || graph.constants.has(b)) return node;
    // Of two convolutions the later, so that the addend is there.
    const [late, early] = (places.get(a) ?? -1) > (places.get(b) ?? -1) ? [a, b] : [b, a];
    for (const [own, addend] of [
      [late, early],
      [early, late],
    ] as const) {
      const conv = makers.get(own);
      if (!conv || !isPlainConvolution(conv) || counts.get(own) !== 1) continue;
      taken.add(conv);
      const [x, weight, bias] = conv.inputs;
      return { ...conv, name: node.name, inputs: [x, weight, bias, addend], output: node.output };
    }
    return node;
  });
  return orderedGraph({ ...graph, nodes: nodes.filter((node) => !taken.has(node)) });
}

function isPlainConvolution(node: GraphNode): boolean {
  return (
    node.operator === "Conv" &&
    node.inputs[3] === undefined &&
    integerAttribute(node, "relu", 0) === 0
  );
}

function withRelu(graph: Graph): Graph {
  const counts = readCounts(graph);
  const makers = new Map<ValueName, GraphNode>(graph.nodes.map((node) => [node.output, node]));
  const taken = new Set<GraphNode>();
  const nodes = graph.nodes.map((node) => {
    const [input] = node.inputs;
    const conv = node.operator === "Relu" && input !== undefined ? makers.get(input) : undefined;
    if (conv?.operator !== "Conv" || counts.get(conv.output) !== 1) return node;
    taken.add(conv);
    const attributes = { ...conv.attributes, relu: 1 };
    return { ...conv, name: node.name, output: node.output, attributes };
  });
  return orderedGraph({ ...graph, nodes: nodes.filter((node) => !taken.has(node)) });
}
