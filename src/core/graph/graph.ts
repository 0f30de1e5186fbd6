/**
 * A network as a graph: values that have names, and nodes that compute one value from others. The
 * operators are those of ONNX (https://onnx.ai/onnx/operators) and, once passes have combined them,
 * the larger ones that our kernels compute at once.
 */
import { LabError } from "../errors";
import type { HostTensor, Shape } from "./host-tensor";

export type ValueName = string;

export type Attribute = number | string | readonly number[] | HostTensor;

export interface GraphNode {
  /** As its exporter names it, or after its output; for messages, and to name taps. */
  readonly name: string;
  /** A name of the registry in `operators`. */
  readonly operator: string;
  /** In the operator's order; undefined for an optional one that is absent. */
  readonly inputs: readonly (ValueName | undefined)[];
  readonly output: ValueName;
  readonly attributes: Readonly<Record<string, Attribute>>;
}

export interface Graph {
  /** How errors name the network. */
  readonly name: string;
  /** A batch of images. */
  readonly input: ValueName;
  /** [c, h, w], or [h, w, c] after the layout pass. */
  readonly imageShape: Shape;
  readonly output: ValueName;
  /** Every node follows those that it reads from. */
  readonly nodes: readonly GraphNode[];
  readonly constants: ReadonlyMap<ValueName, HostTensor>;
}

/** Changes a graph into one that computes the same. */
export type Pass = (graph: Graph) => Graph;

/**
 * Puts nodes in an order in which each follows those that it reads from, and drops those that the
 * output does not need. Nodes stay in their given order where they can.
 *
 * @throws LabError `bad-file` when a value is missing, computed twice, or part of a cycle
 */
export function orderedGraph(graph: Graph): Graph {
  const refused = (input: string, expected: string, found: string): LabError =>
    new LabError({ code: "bad-file", input: `${graph.name}: ${input}`, expected, found });
  const producers = new Map<ValueName, GraphNode>();
  for (const node of graph.nodes) {
    const known = producers.has(node.output) || graph.constants.has(node.output);
    if (known || node.output === graph.input) {
      throw refused(node.output, "a value computed by one node", "a second one");
    }
    producers.set(node.output, node);
  }
  const needed = new Set<GraphNode>();
  // Without recursion: a graph may be as deep as a file says.
  const open: { value: ValueName; reader: string }[] = [{ value: graph.output, reader: "output" }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, reader } = next;
    if (value === graph.input || graph.constants.has(value)) continue;
    const node = producers.get(value);
    if (!node) throw refused(reader, `an input named ${value}`, "no such value in the graph");
    if (needed.has(node)) continue;
    needed.add(node);
    for (const input of node.inputs) {
      if (input !== undefined) open.push({ value: input, reader: node.name });
    }
  }
  const nodes = sorted(
    graph.nodes.filter((node) => needed.has(node)),
    producers,
  );
  const placed = new Set(nodes);
  const inCycle = [...needed].find((node) => !placed.has(node));
  if (inCycle) throw refused(inCycle.name, "a node that does not depend on itself", "a cycle");
  const read = new Set(nodes.flatMap(({ inputs }) => inputs));
  const constants = new Map(
    [...graph.constants].filter(([name]) => read.has(name) || name === graph.output),
  );
  return { ...graph, nodes, constants };
}

/** Topological order (Kahn 1962); without the nodes of cycles and what follows them. */
function sorted(
  nodes: readonly GraphNode[],
  producers: ReadonlyMap<ValueName, GraphNode>,
): GraphNode[] {
  const waiting = new Map<GraphNode, number>();
  const readers = new Map<GraphNode, GraphNode[]>();
  for (const node of nodes) {
    const sources = new Set(
      node.inputs.flatMap((input) => (input === undefined ? [] : (producers.get(input) ?? []))),
    );
    waiting.set(node, sources.size);
    for (const source of sources) {
      const list = readers.get(source);
      if (list) list.push(node);
      else readers.set(source, [node]);
    }
  }
  const position = new Map(nodes.map((node, at) => [node, at]));
  const ready = nodes.filter((node) => waiting.get(node) === 0).reverse();
  const out: GraphNode[] = [];
  for (let node = ready.pop(); node; node = ready.pop()) {
    out.push(node);
    const freed = (readers.get(node) ?? []).filter((reader) => {
      const left = (waiting.get(reader) ?? 0) - 1;
      waiting.set(reader, left);
      return left === 0;
    });
    // The first in the file is taken first.
    freed.sort((a, b) => (position.get(b) ?? 0) - (position.get(a) ?? 0));
    ready.push(...freed);
  }
  return out;
}

/** Returns how often each value is read; the output counts once more. */
export function readCounts({ nodes, output }: Graph): Map<ValueName, number> {
  const counts = new Map<ValueName, number>([[output, 1]]);
  for (const { inputs } of nodes) {
    for (const input of inputs) {
      if (input !== undefined) counts.set(input, (counts.get(input) ?? 0) + 1);
    }
  }
  return counts;
}
