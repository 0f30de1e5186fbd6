/** What recognition passes ask of a graph. */
import { readCounts, type Graph, type GraphNode, type ValueName } from "../graph";
import type { HostTensor } from "../host-tensor";

export interface Matcher {
  /** The node that computes a value, if it is this operator. */
  maker(name: ValueName | undefined, operator: string): GraphNode | undefined;
  /** A constant of one number. */
  number(name: ValueName | undefined): number | undefined;
  constant(name: ValueName | undefined): HostTensor | undefined;
  /** Whether only one node reads a value. */
  isReadOnce(name: ValueName): boolean;
  /** Splits the inputs of a node of two into what depends on images and what is constant. */
  sides(node: GraphNode): { value: ValueName; constant: ValueName } | undefined;
}

export function matcher(graph: Graph): Matcher {
  const makers = new Map(graph.nodes.map((node) => [node.output, node]));
  const counts = readCounts(graph);
  const constant = (name: ValueName | undefined): HostTensor | undefined =>
    name === undefined ? undefined : graph.constants.get(name);
  return {
    constant,
    maker(name, operator) {
      const node = name === undefined ? undefined : makers.get(name);
      return node?.operator === operator ? node : undefined;
    },
    number(name) {
      const found = constant(name);
      return found?.data.length === 1 ? found.data[0] : undefined;
    },
    isReadOnce: (name) => counts.get(name) === 1,
    sides({ inputs: [a, b] }) {
      if (a === undefined || b === undefined) return undefined;
      if (constant(a)) return constant(b) ? undefined : { value: b, constant: a };
      return constant(b) ? { value: a, constant: b } : undefined;
    },
  };
}

/** Whether a constant is this number, up to the rounding of an exporter. */
export function isAbout(found: number | undefined, expected: number): boolean {
  return found !== undefined && Math.abs(found - expected) <= 1e-5 * Math.abs(expected);
}
