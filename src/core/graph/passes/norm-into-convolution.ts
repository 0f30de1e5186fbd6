/**
 * BatchNormalization after a convolution becomes a part of it: a frozen network normalises with its
 * running statistics, so that both together are one convolution with a bias.
 */
import { hostFloats, type HostTensor } from "../host-tensor";
import { orderedGraph, readCounts, type Graph, type GraphNode, type ValueName } from "../graph";
import { numberAttribute } from "../operators/interface/attributes";

export function normIntoConvolution(graph: Graph): Graph {
  const counts = readCounts(graph);
  const makers = new Map(graph.nodes.map((node) => [node.output, node]));
  const constants = new Map(graph.constants);
  const replaced = new Map<GraphNode, GraphNode>();
  for (const norm of graph.nodes) {
    if (norm.operator !== "BatchNormalization") continue;
    const [input] = norm.inputs;
    const conv = input === undefined ? undefined : makers.get(input);
    if (conv?.operator !== "Conv" || counts.get(conv.output) !== 1) continue;
    const parameters = norm.inputs.slice(1, 5).map((name) => constantOf(constants, name));
    const weight = constantOf(constants, conv.inputs[1]);
    const bias = constantOf(constants, conv.inputs[2]);
    const [gamma, beta, mean, variance] = parameters;
    if (!weight || !gamma || !beta || !mean || !variance) continue;
    if (conv.inputs[2] !== undefined && !bias) continue;
    const epsilon = numberAttribute(norm, "epsilon", 1e-5);
    const folded = foldNorm(weight, bias, { gamma, beta, mean, variance, epsilon });
    const names = { weight: `${norm.output} (weight)`, bias: `${norm.output} (bias)` };
    constants.set(names.weight, folded.weight);
    constants.set(names.bias, folded.bias);
    const [x] = conv.inputs;
    replaced.set(norm, { ...conv, inputs: [x, names.weight, names.bias], output: norm.output });
  }
  // The convolutions that are part of another now are read by nothing, and dropped.
  const nodes = graph.nodes.map((node) => replaced.get(node) ?? node);
  return orderedGraph({ ...graph, nodes, constants });
}

interface Norm {
  readonly gamma: HostTensor;
  readonly beta: HostTensor;
  readonly mean: HostTensor;
  readonly variance: HostTensor;
  readonly epsilon: number;
}

/** In float64, as `weights/fold.ts` does. */
function foldNorm(
  weight: HostTensor,
  bias: HostTensor | undefined,
  { gamma, beta, mean, variance, epsilon }: Norm,
): { weight: HostTensor; bias: HostTensor } {
  const [filters = 1] = weight.shape;
  const each = weight.data.length / filters;
  const scales = Float64Array.from(
    { length: filters },
    (_, filter) => (gamma.data[filter] ?? 0) / Math.sqrt((variance.data[filter] ?? 0) + epsilon),
  );
  const scaled = Float32Array.from(
    weight.data,
    (value, at) => value * (scales[Math.floor(at / each)] ?? 0),
  );
  const shifted = Float32Array.from(scales, (scale, filter) => {
    const before = (bias?.data[filter] ?? 0) - (mean.data[filter] ?? 0);
    return (beta.data[filter] ?? 0) + before * scale;
  });
  return { weight: hostFloats(weight.shape, scaled), bias: hostFloats([filters], shifted) };
}

function constantOf(
  constants: ReadonlyMap<ValueName, HostTensor>,
  name: ValueName | undefined,
): HostTensor | undefined {
  return name === undefined ? undefined : constants.get(name);
}
