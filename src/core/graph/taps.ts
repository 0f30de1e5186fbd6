/**
 * Where a graph can be cut: the values through which everything from the images to the output
 * passes. In the words of flow graphs, the dominators of the output.
 */
import type { Graph, ValueName } from "./graph";
import type { Shape } from "./host-tensor";
import { shapesOf } from "./shapes";

/** A value that alone separates the images from the output. */
export interface Separator {
  readonly value: ValueName;
  /** The node that computes it. */
  readonly node: string;
  /** Its place among the graph's nodes. */
  readonly at: number;
  /** For one image, [1, …]. */
  readonly shape: Shape;
}

/**
 * Finds the separators in one pass over the nodes. In an order in which each node follows those
 * that it reads from, everything before a separator leads to it and everything after comes from it:
 * a value separates exactly when nothing computed before it is read after it.
 *
 * @returns in order, without the images and the output themselves
 */
export function separators(graph: Graph): Separator[] {
  const shapes = shapesOf(graph, 1);
  const dependent = new Set<ValueName>([graph.input]);
  const lastRead = new Map<ValueName, number>();
  graph.nodes.forEach(({ inputs, output }, at) => {
    for (const name of inputs) {
      if (name === undefined || !dependent.has(name)) continue;
      dependent.add(output);
      lastRead.set(name, at);
    }
  });
  const found: Separator[] = [];
  // The last place at which anything computed so far is read.
  let open = lastRead.get(graph.input) ?? -1;
  graph.nodes.forEach(({ output, name }, at) => {
    if (!dependent.has(output)) return;
    if (open <= at && output !== graph.output) {
      found.push({ value: output, node: name, at, shape: shapes.get(output) ?? [] });
    }
    open = Math.max(open, lastRead.get(output) ?? -1);
  });
  return found;
}
