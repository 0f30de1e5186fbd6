/** Drops nodes that give back what they read: Identity, Dropout and casts between numbers. */
import { orderedGraph, type Graph, type ValueName } from "../graph";

const identities = new Set(["Identity", "Dropout", "Cast"]);

/** Runs after constants are folded: what is left of casts is between floating-point numbers. */
export function withoutIdentities(graph: Graph): Graph {
  const originals = new Map<ValueName, ValueName>();
  const original = (name: ValueName): ValueName => originals.get(name) ?? name;
  const nodes = graph.nodes.flatMap((node) => {
    const [input] = node.inputs;
    if (identities.has(node.operator) && input !== undefined) {
      originals.set(node.output, original(input));
      return [];
    }
    return [{ ...node, inputs: node.inputs.map((name) => name && original(name)) }];
  });
  return orderedGraph({ ...graph, nodes, output: original(graph.output) });
}
