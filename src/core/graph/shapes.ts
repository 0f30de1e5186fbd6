/** Sizes of every value of a graph for a given number of images. */
import type { Graph, ValueName } from "./graph";
import { valueAt, type Shape } from "./host-tensor";
import type { Call } from "./operators/interface/operator";
import { operatorOf } from "./passes/fold-constants";

/** @throws LabError where a node's inputs do not fit it */
export function shapesOf(graph: Graph, n: number): Map<ValueName, Shape> {
  const shapes = new Map<ValueName, Shape>([[graph.input, [n, ...graph.imageShape]]]);
  for (const [name, { shape }] of graph.constants) shapes.set(name, shape);
  for (const node of graph.nodes) {
    shapes.set(node.output, operatorOf(node, graph.name).shape(callOf(graph, node, shapes, n)));
  }
  return shapes;
}

/** What a node's operator needs to know. */
export function callOf(
  { constants }: Graph,
  node: Call["node"],
  shapes: ReadonlyMap<ValueName, Shape>,
  n: number,
): Call {
  return {
    node,
    shapes: node.inputs.map((name) => (name === undefined ? undefined : shapes.get(name))),
    constants: node.inputs.map((name) => {
      const constant = name === undefined ? undefined : constants.get(name);
      return constant === undefined ? undefined : valueAt(constant, n);
    }),
  };
}
