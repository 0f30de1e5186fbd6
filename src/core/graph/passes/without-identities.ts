/**
 * Drops nodes that give back what they read: Identity, Dropout, casts between floating-point numbers
 * and paddings of nothing.
 */
import { orderedGraph, type Graph, type GraphNode, type ValueName } from "../graph";
import { isFloatCast } from "../operators/shape/cast";

export function withoutIdentities(graph: Graph): Graph {
  const originals = new Map<ValueName, ValueName>();
  const original = (name: ValueName): ValueName => originals.get(name) ?? name;
  const nodes = graph.nodes.flatMap((node) => {
    const [input] = node.inputs;
    if (input !== undefined && isIdentity(node, graph)) {
      originals.set(node.output, original(input));
      return [];
    }
    return [{ ...node, inputs: node.inputs.map((name) => name && original(name)) }];
  });
  return orderedGraph({ ...graph, nodes, output: original(graph.output) });
}

function isIdentity(node: GraphNode, { constants }: Graph): boolean {
  switch (node.operator) {
    case "Identity":
    case "Dropout":
      return true;
    case "Cast":
      return isFloatCast(node);
    case "Pad": {
      const [, pads] = node.inputs;
      const known = pads === undefined ? undefined : constants.get(pads);
      return known?.data.every((side) => side === 0) === true;
    }
    default:
      return false;
  }
}
