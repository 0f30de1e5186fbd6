/**
 * Writes a graph for [n, h, w, c] instead of ONNX's [n, c, h, w]. Convolutions and pools read and
 * write the new layout; operators that work number by number, or along one axis, go with it; in
 * front of any other operator the layout is turned back by a Transpose. A Transpose of the file that
 * does the same disappears.
 */
import { hostIntegers, rearranged, stridesOf, type HostTensor, type Shape } from "../host-tensor";
import { orderedGraph, type Graph, type GraphNode, type ValueName } from "../graph";
import { integersAttribute } from "../operators/interface/attributes";
import { shapesOf } from "../shapes";
import { axisOf, remappedAxes } from "./remapped-axes";

/** [n, c, h, w] to [n, h, w, c], and back. */
const toLast = [0, 2, 3, 1];
const toFirst = [0, 3, 1, 2];

/** Operators on height and width. */
export const spatialOperators = new Set([
  "Conv",
  "MaxPool",
  "AveragePool",
  "GlobalAveragePool",
  "GlobalMaxPool",
  "BatchNormalization",
  "ChannelShuffle",
  "InstanceNormalization",
  "Resize",
]);

/** Operators that work number by number, on one or several tensors. */
const numberByNumber = new Set([
  "Add",
  "Clip",
  "Div",
  "Dropout",
  "Erf",
  "Exp",
  "Gelu",
  "HardSigmoid",
  "HardSwish",
  "Identity",
  "LeakyRelu",
  "Mul",
  "Neg",
  "Pow",
  "PRelu",
  "Relu",
  "Sigmoid",
  "Sqrt",
  "Sub",
  "Tanh",
]);

/** A graph that is written node by node. */
interface Draft {
  readonly nodes: GraphNode[];
  readonly constants: Map<ValueName, HostTensor>;
  /** Values of images that are [n, h, w, c]; all others are as in the file. */
  readonly last: Set<ValueName>;
  readonly made: Map<string, ValueName>;
  readonly shapes: ReadonlyMap<ValueName, Shape>;
}

/** The result reads images of [n, h, w, c]. */
export function channelsLast(graph: Graph): Graph {
  const [c = 1, h = 1, w = 1] = graph.imageShape;
  const draft: Draft = {
    nodes: [],
    constants: new Map(graph.constants),
    last: new Set([graph.input]),
    made: new Map(),
    shapes: shapesOf(graph, 1),
  };
  for (const node of graph.nodes) write(node, draft);
  return orderedGraph({
    ...graph,
    imageShape: [h, w, c],
    output: inFirst(graph.output, draft),
    nodes: draft.nodes,
    constants: draft.constants,
  });
}

function write(node: GraphNode, draft: Draft): void {
  const rankOf = (name: ValueName | undefined): number =>
    name === undefined ? 0 : (draft.shapes.get(name)?.length ?? 0);
  const isLast = (name: ValueName | undefined): boolean =>
    name !== undefined && draft.last.has(name);
  const [first] = node.inputs;
  const keep = (changed: Partial<GraphNode>, last: boolean): void => {
    draft.nodes.push({ ...node, ...changed });
    if (last) draft.last.add(node.output);
  };
  if (spatialOperators.has(node.operator) && rankOf(first) === 4 && first !== undefined) {
    const inputs = [inLast(first, draft), ...node.inputs.slice(1)];
    keep({ inputs, attributes: { ...node.attributes, channelsLast: 1 } }, true);
    return;
  }
  const fits = node.inputs.every((name) => rankOf(name) <= 4);
  if (numberByNumber.has(node.operator) && node.inputs.some(isLast) && fits) {
    keep({ inputs: node.inputs.map((name) => name && inLast(name, draft)) }, true);
    return;
  }
  if (node.operator === "Transpose" && rankOf(first) === 4 && first !== undefined) {
    writeTranspose(node, first, draft);
    return;
  }
  if (node.operator === "Concat" && node.inputs.some(isLast)) {
    const inputs = node.inputs.map((name) => name && inLast(name, draft));
    keep({ inputs, attributes: { ...node.attributes, axis: lastAxis(axisOf(node, 4)) } }, true);
    return;
  }
  const remapped = isLast(first) ? remappedAxes(node, lastAxis, draft.constants) : undefined;
  if (remapped) {
    for (const [name, constant] of remapped.constants) draft.constants.set(name, constant);
    keep(remapped.node, remapped.keepsAxes);
    return;
  }
  keep({ inputs: node.inputs.map((name) => name && inFirst(name, draft)) }, false);
}

/** Where an axis of [n, c, h, w] is in [n, h, w, c]. */
function lastAxis(axis: number): number {
  return toLast.indexOf(axis);
}

function writeTranspose(node: GraphNode, input: ValueName, draft: Draft): void {
  const perm = integersAttribute(node, "perm", [3, 2, 1, 0]);
  const stored = draft.last.has(input) ? perm.map(lastAxis) : perm;
  const asLast = toLast.map((axis) => stored[axis] ?? 0);
  const isPlain = (axes: readonly number[]): boolean => axes.every((axis, at) => axis === at);
  const keepsLast = isPlain(asLast);
  draft.nodes.push(
    keepsLast || isPlain(stored)
      ? { ...node, operator: "Identity", inputs: [input], attributes: {} }
      : { ...node, inputs: [input], attributes: { perm: stored } },
  );
  if (keepsLast) draft.last.add(node.output);
}

/** Returns the name of a value in [n, h, w, c]. */
function inLast(name: ValueName, draft: Draft): ValueName {
  if (draft.last.has(name)) return name;
  const shape = draft.shapes.get(name) ?? [];
  if (shape.length === 0) return name;
  return made(name, "channels last", draft, (output) => {
    const constant = draft.constants.get(name);
    const full = [...Array.from({ length: 4 - shape.length }, () => 1), ...shape];
    if (constant) {
      draft.constants.set(output, transposed({ ...constant, shape: full }, toLast));
      return;
    }
    const reshaped = shape.length === 4 ? name : withRank4(name, draft);
    draft.nodes.push(transposeNode(reshaped, output, toLast));
  });
}

/** Returns the name of a value in the file's layout. */
function inFirst(name: ValueName, draft: Draft): ValueName {
  if (!draft.last.has(name)) return name;
  return made(name, "channels first", draft, (output) => {
    draft.nodes.push(transposeNode(name, output, toFirst));
  });
}

/** Puts axes of size 1 in front of a value that depends on the images. */
function withRank4(name: ValueName, draft: Draft): ValueName {
  const axes = `${name} (axes)`;
  const missing = 4 - (draft.shapes.get(name)?.length ?? 4);
  draft.constants.set(
    axes,
    hostIntegers(
      [missing],
      Array.from({ length: missing }, (_, at) => at),
    ),
  );
  const output = `${name} (4 axes)`;
  draft.nodes.push({
    name: output,
    operator: "Unsqueeze",
    inputs: [name, axes],
    output,
    attributes: {},
  });
  return output;
}

/** Once for each value. */
function made(
  name: ValueName,
  how: string,
  draft: Draft,
  make: (output: ValueName) => void,
): ValueName {
  const key = `${name} (${how})`;
  const before = draft.made.get(key);
  if (before !== undefined) return before;
  draft.made.set(key, key);
  make(key);
  return key;
}

function transposeNode(input: ValueName, output: ValueName, perm: readonly number[]): GraphNode {
  return { name: output, operator: "Transpose", inputs: [input], output, attributes: { perm } };
}

/** Transposes a constant. */
function transposed(constant: HostTensor, perm: readonly number[]): HostTensor {
  const strides = stridesOf(constant.shape);
  const shape = perm.map((axis) => constant.shape[axis] ?? 1);
  const steps = perm.map((axis) => strides[axis] ?? 0);
  return rearranged(constant, shape, (index) =>
    index.reduce((at, place, axis) => at + place * (steps[axis] ?? 0), 0),
  );
}
