/**
 * (x − μ) / √(σ² + ε) · γ + β over the last axis, as exporters write it in nine nodes, becomes
 * LayerNormalization.
 */
import { orderedGraph, type Graph, type GraphNode, type ValueName } from "../graph";
import { hostFloats, type HostTensor } from "../host-tensor";
import { integerAttribute, optionalIntegers } from "../operators/interface/attributes";
import { shapesOf } from "../shapes";
import { matcher, type Matcher } from "./patterns";

/** Runs after constants are folded. */
export function recogniseLayerNorm(graph: Graph): Graph {
  const match = matcher(graph);
  const shapes = shapesOf(graph, 1);
  const constants = new Map(graph.constants);
  const nodes = graph.nodes.map((node) => {
    const found = node.operator === "Add" ? normOf(node, match) : undefined;
    if (!found) return node;
    const shape = shapes.get(found.x) ?? [];
    const channels = shape.at(-1) ?? 0;
    const isLast = found.axis === -1 || found.axis === shape.length - 1;
    const scale = vectorOf(found.scale, channels);
    const shift = vectorOf(found.shift, channels);
    if (!isLast || !scale || !shift) return node;
    const [a, b] = [`${node.output} (scale)`, `${node.output} (shift)`];
    constants.set(a, scale);
    constants.set(b, shift);
    return {
      ...node,
      operator: "LayerNormalization",
      inputs: [found.x, a, b],
      attributes: { axis: -1, epsilon: found.epsilon },
    };
  });
  return orderedGraph({ ...graph, nodes, constants });
}

interface Norm {
  readonly x: ValueName;
  readonly axis: number;
  readonly epsilon: number;
  readonly scale: HostTensor;
  readonly shift: HostTensor;
}

function normOf(sum: GraphNode, match: Matcher): Norm | undefined {
  const shifted = match.sides(sum);
  const product = shifted && match.maker(shifted.value, "Mul");
  const scaled = product && match.sides(product);
  const quotient = scaled && match.maker(scaled.value, "Div");
  if (!shifted || !scaled || !quotient) return undefined;
  const [centred, deviation] = quotient.inputs;
  const root = match.maker(deviation, "Sqrt");
  const under = match.maker(root?.inputs[0], "Add");
  const variance = under && match.sides(under);
  const epsilon = variance && match.number(variance.constant);
  const mean = variance && meanOf(variance.value, match);
  const squared = mean && squareOf(mean.of, match);
  const centre = centreOf(centred, match);
  const [scale, shift] = [match.constant(scaled.constant), match.constant(shifted.constant)];
  if (!centre || !mean || epsilon === undefined || !scale || !shift) return undefined;
  // The variance may be of a second difference, computed from the same mean.
  const isSame = squared === centred || centreOf(squared, match)?.x === centre.x;
  if (!isSame || mean.axis !== centre.axis) return undefined;
  return { x: centre.x, axis: centre.axis, epsilon, scale, shift };
}

/** x of x − mean(x) */
function centreOf(
  name: ValueName | undefined,
  match: Matcher,
): { x: ValueName; axis: number } | undefined {
  const [x, average] = match.maker(name, "Sub")?.inputs ?? [];
  const mean = meanOf(average, match);
  return x !== undefined && mean?.of === x ? { x, axis: mean.axis } : undefined;
}

/** A mean over one axis, which stays with size 1. */
function meanOf(
  name: ValueName | undefined,
  match: Matcher,
): { of: ValueName; axis: number } | undefined {
  const node = match.maker(name, "ReduceMean");
  const of = node?.inputs[0];
  const [axis, ...others] = (node && optionalIntegers(node, "axes")) ?? [];
  if (!node || of === undefined || axis === undefined || others.length > 0) return undefined;
  return integerAttribute(node, "keepdims", 1) === 1 ? { of, axis } : undefined;
}

/** x of x², as a power or a product. */
function squareOf(name: ValueName, match: Matcher): ValueName | undefined {
  const power = match.maker(name, "Pow");
  if (power) return match.number(power.inputs[1]) === 2 ? power.inputs[0] : undefined;
  const [a, b] = match.maker(name, "Mul")?.inputs ?? [];
  return a === b ? a : undefined;
}

/** A constant along the last axis. */
function vectorOf(constant: HostTensor, channels: number): HostTensor | undefined {
  const { data, shape } = constant;
  const isVector = data.length === channels && (shape.at(-1) === channels || channels === 1);
  return isVector ? hostFloats([channels], data) : undefined;
}
