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

/** A value where a network is cut, under a name for people. */
export interface GraphTap extends Separator {
  /** The module whose output it is, such as "layer1.0"; the node where modules have no names. */
  readonly name: string;
}

/**
 * Thins separators to one for each block: the output of the outermost numbered module, and of its
 * numbered children in a nested list. Of values with no weights between them only the last is kept,
 * such as a pool's output after a ReLU's. Vectors are left out: behind the last pooling nothing is
 * left of where things are.
 */
export function defaultTaps(graph: Graph): GraphTap[] {
  const maps = separators(graph).filter(({ shape }) => isMap(shape));
  const named = maps.map((separator) => ({ ...separator, name: moduleOf(separator.node) }));
  return named.filter((tap, index) => {
    const next = named[index + 1];
    return !next || (tap.name !== next.name && hasWeights(graph, tap.at, next.at));
  });
}

/**
 * All separators, by the names of their nodes, but for those in which the images are not the first
 * axis.
 */
export function allTaps(graph: Graph): GraphTap[] {
  const ofTwo = shapesOf(graph, 2);
  return separators(graph)
    .filter(({ value, shape }) => {
      const [one, ...rest] = shape;
      const [two, ...others] = ofTwo.get(value) ?? [];
      return one === 1 && two === 2 && rest.length > 0 && String(rest) === String(others);
    })
    .map((separator) => ({ ...separator, name: separator.node }));
}

/** Whether a value has several positions: an image's, or tokens. */
function isMap(shape: Shape): boolean {
  return shape.length >= 3 && shape.slice(1).filter((size) => size > 1).length >= 2;
}

/** Whether any node after `from` up to `to` reads more constants than single numbers. */
function hasWeights({ nodes, constants }: Graph, from: number, to: number): boolean {
  return nodes.slice(from + 1, to + 1).some(({ inputs }) =>
    inputs.some((name) => {
      const constant = name === undefined ? undefined : constants.get(name);
      return constant?.type === "float" && constant.data.length > 1;
    }),
  );
}

/**
 * The module of a node's name as PyTorch exports it, "/layer1/layer1.0/conv1/Conv": here
 * "layer1.0". Of names that are no paths nothing is known.
 */
export function moduleOf(node: string): string {
  const path = node.split("/").filter((part) => part !== "");
  const modules = path.slice(0, -1);
  const numbered = modules.findIndex((part) => /\.\d+$/.test(part));
  const first = numbered >= 0 ? numbered : modules.findIndex((part) => /\d$/.test(part));
  if (first < 0) return modules[0] ?? node;
  let last = first;
  // A list in a list: "features.1", then "features.1.0"; RegNet's "block1", then "block1-0".
  const isInside = (part: string | undefined): boolean =>
    part?.startsWith(`${modules[last] ?? ""}.`) === true ||
    part?.startsWith(`${modules[last] ?? ""}-`) === true;
  while (isInside(modules[last + 1])) last++;
  return modules[last] ?? node;
}
