/**
 * Writes an operator of any opset from 11 to 21 as the one version that `core/graph` has: axes as
 * inputs or attributes, one output a node.
 */
import type { GraphNode, ValueName } from "../graph/graph";
import { hostIntegers, type HostTensor } from "../graph/host-tensor";
import { integerAttribute, optionalIntegers } from "../graph/operators/interface/attributes";
import { refusedNode } from "../graph/operators/interface/operator";

export interface FileContext {
  readonly opset: number;
  /** Gets the constants that are made. */
  readonly constants: Map<ValueName, HostTensor>;
}

/**
 * @param outputs names of all outputs; "" for an optional one that is absent
 * @throws LabError `bad-file` for more outputs than are supported
 */
export function normalisedNode(
  node: GraphNode,
  outputs: readonly string[],
  file: FileContext,
): GraphNode[] {
  switch (node.operator) {
    case "Split":
      return slicesOf(node, outputs, file);
    case "Squeeze":
    case "Unsqueeze":
      return [withInput(node, 1, "axes", file)];
    case "ReduceMean":
    case "ReduceSum":
      return [withAttribute(node, 1, "axes", file)];
    case "Softmax":
      return [softmaxOf(node, file)];
    case "Dropout":
    case "BatchNormalization":
    case "MaxPool":
    case "LayerNormalization":
      // Further outputs exist for training; a node that reads one finds no such value.
      return [node];
    default:
      if (outputs.length > 1) throw refusedNode(node, "one output", String(outputs.length));
      return [node];
  }
}

/** Split as one Slice for each of its outputs. */
function slicesOf(node: GraphNode, outputs: readonly string[], file: FileContext): GraphNode[] {
  const [input, sizesName] = node.inputs;
  const axis = integerAttribute(node, "axis", 0);
  const given = sizesName === undefined ? undefined : file.constants.get(sizesName)?.data;
  const sizes = optionalIntegers(node, "split") ?? (given && Array.from(given));
  if (sizesName !== undefined && !given) throw refusedNode(node, "known sizes", "computed ones");
  if (!sizes) {
    // Equal parts: their size is known with that of the input.
    return outputs.map((output, part) => ({
      name: `${node.name} ${part + 1}`,
      operator: "EqualPart",
      inputs: [input],
      output,
      attributes: { axis, part, parts: outputs.length },
    }));
  }
  if (sizes.length !== outputs.length) {
    throw refusedNode(node, `${outputs.length} sizes`, String(sizes.length));
  }
  let start = 0;
  return outputs.map((output, part) => {
    const end = start + (sizes[part] ?? 0);
    const constant = (what: string, value: number): ValueName => {
      const name = `${output} (${what})`;
      file.constants.set(name, hostIntegers([1], [value]));
      return name;
    };
    const inputs = [input, constant("start", start), constant("end", end), constant("axis", axis)];
    start = end;
    return { name: `${node.name} ${part + 1}`, operator: "Slice", inputs, output, attributes: {} };
  });
}

/** Moves an attribute of older versions to the input of newer ones. */
function withInput(node: GraphNode, at: number, attribute: string, file: FileContext): GraphNode {
  const values = optionalIntegers(node, attribute);
  if (!values || node.inputs[at] !== undefined) return node;
  const name = `${node.output} (${attribute})`;
  file.constants.set(name, hostIntegers([values.length], values));
  return { ...node, inputs: [...node.inputs.slice(0, at), name] };
}

/** Moves an input of newer versions to the attribute of older ones. */
function withAttribute(
  node: GraphNode,
  at: number,
  attribute: string,
  file: FileContext,
): GraphNode {
  const name = node.inputs[at];
  if (name === undefined) return node;
  const constant = file.constants.get(name);
  if (!constant) throw refusedNode(node, `known ${attribute}`, "computed ones");
  const attributes = { ...node.attributes, [attribute]: Array.from(constant.data) };
  return { ...node, inputs: node.inputs.slice(0, at), attributes };
}

/** Before version 13 the softmax was over all axes from `axis` on, which was 1 by default. */
function softmaxOf(node: GraphNode, { opset }: FileContext): GraphNode {
  if (opset >= 13) return node;
  const axis = integerAttribute(node, "axis", 1);
  return { ...node, attributes: { ...node.attributes, axis, overRest: 1 } };
}
