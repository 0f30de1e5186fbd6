/** How much a graph computes for one image, between its taps, by the operators' own FLOPs. */
import type { Graph, GraphNode, ValueName } from "./graph";
import { sizeOf } from "./host-tensor";
import { operatorOf } from "./passes/fold-constants";
import { callOf, shapesOf } from "./shapes";

/** What one image is between two taps; multiplications and additions are counted each. */
export interface SegmentWork {
  /** FLOPs of convolutions. */
  readonly convolutions: number;
  /** Numbers that convolutions give. */
  readonly outputs: number;
  /** FLOPs of matrix products of tokens, attention's included. */
  readonly products: number;
  /** FLOPs of everything else. */
  readonly others: number;
}

/**
 * Returns the work up to the first tap, from each tap to the next, and from the last one to the
 * output.
 *
 * @param graph optimised
 * @param taps values that separate the images from the output, in order
 */
export function graphWork(graph: Graph, taps: readonly ValueName[]): SegmentWork[] {
  const shapes = shapesOf(graph, 1);
  const makers = new Map(graph.nodes.map((node) => [node.output, node]));
  const ends = [...taps, graph.output];
  const counted = new Set<GraphNode>();
  return ends.map((end) => {
    const work = { convolutions: 0, outputs: 0, products: 0, others: 0 };
    const open: ValueName[] = [end];
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      const node = makers.get(name);
      // What an earlier tap needs, it has computed.
      if (!node || counted.has(node)) continue;
      counted.add(node);
      for (const input of node.inputs) if (input !== undefined) open.push(input);
      const output = shapes.get(node.output) ?? [];
      const { flops } = operatorOf(node, graph.name);
      const count = flops ? flops(callOf(graph, node, shapes, 1), output) : sizeOf(output);
      work[kindOf(node, output.length)] += count;
      if (node.operator === "Conv") work.outputs += sizeOf(output);
    }
    return work;
  });
}

function kindOf({ operator }: GraphNode, rank: number): "convolutions" | "products" | "others" {
  if (operator === "Conv") return "convolutions";
  const isProduct = ["Linear", "MatMul", "Gemm", "MultiHeadAttention"].includes(operator);
  // The last layer's row is no row of tokens.
  return isProduct && rank > 2 ? "products" : "others";
}
