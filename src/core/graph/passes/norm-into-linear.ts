/**
 * Scale and shift of a LayerNormalization become a part of the linear layers that read it, as
 * `weights/fold-norm.ts` does with those of the networks that we know.
 */
import { orderedGraph, type Graph, type GraphNode, type ValueName } from "../graph";
import { hostFloats, type HostTensor } from "../host-tensor";
import { shapesOf } from "../shapes";
import { separators } from "../taps";
import { axisOf } from "./remapped-axes";

/** Runs after linear layers are recognised. */
export function normIntoLinear(graph: Graph): Graph {
  const shapes = shapesOf(graph, 1);
  const constants = new Map(graph.constants);
  const replaced = new Map<GraphNode, GraphNode>();
  // Where a network can be cut, values keep their numbers.
  const kept = new Set([graph.output, ...separators(graph).map(({ value }) => value)]);
  for (const norm of graph.nodes) {
    if (norm.operator !== "LayerNormalization" || kept.has(norm.output)) continue;
    const rank = shapes.get(norm.output)?.length ?? 0;
    const [x, ...names] = norm.inputs;
    const [scale, shift] = names.map((name) =>
      name === undefined ? undefined : constants.get(name),
    );
    const readers = graph.nodes.filter(({ inputs }) => inputs.includes(norm.output));
    if (!scale || axisOf(norm, rank, -1) !== rank - 1 || !readers.every(isLayer)) continue;
    for (const layer of readers) {
      const [input, weightName, biasName] = layer.inputs;
      const folded = fold(constantOf(constants, weightName), constantOf(constants, biasName), {
        scale,
        shift,
      });
      const made = { weight: `${layer.output} (scaled)`, bias: `${layer.output} (shifted)` };
      constants.set(made.weight, folded.weight);
      constants.set(made.bias, folded.bias);
      replaced.set(layer, { ...layer, inputs: [input, made.weight, made.bias] });
    }
    replaced.set(norm, { ...norm, inputs: [x] });
  }
  const nodes = graph.nodes.map((node) => replaced.get(node) ?? node);
  return orderedGraph({ ...graph, nodes, constants });
}

function isLayer({ operator }: GraphNode): boolean {
  return operator === "Linear";
}

/** W (γ ∘ y + β) + b, in float64. */
function fold(
  weight: HostTensor | undefined,
  bias: HostTensor | undefined,
  { scale, shift }: { readonly scale: HostTensor; readonly shift: HostTensor | undefined },
): { weight: HostTensor; bias: HostTensor } {
  const [c2 = 0, c1 = 0] = weight?.shape ?? [];
  const values = weight?.data ?? new Float32Array();
  const scaled = Float32Array.from(values, (value, at) => value * (scale.data[at % c1] ?? 0));
  const shifted = Float32Array.from({ length: c2 }, (_, out) => {
    let sum = bias?.data[out] ?? 0;
    for (let from = 0; from < c1; from++) {
      sum += (values[out * c1 + from] ?? 0) * (shift?.data[from] ?? 0);
    }
    return sum;
  });
  return { weight: hostFloats([c2, c1], scaled), bias: hostFloats([c2], shifted) };
}

function constantOf(
  constants: ReadonlyMap<ValueName, HostTensor>,
  name: ValueName | undefined,
): HostTensor | undefined {
  return name === undefined ? undefined : constants.get(name);
}
