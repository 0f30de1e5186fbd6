/**
 * Writes graphs whose parameters can be trained: BatchNorms stay apart from convolutions, nothing is
 * folded, and constants have the names of PyTorch's parameters.
 */
import type { Attribute, Graph, GraphNode, ValueName } from "../../graph/graph";
import { hostFloats, type HostTensor, type Shape } from "../../graph/host-tensor";
import { classesOf, inputOf } from "../../nets/architecture";
import type { Architecture } from "../../nets/architecture-schema";
import { tapsOf } from "../../nets/taps";
import type { NormedConvolution } from "../../nets/resnet-blocks";
import { parameter, type State } from "../../weights/state";

export interface TrainingGraphBuilder {
  readonly input: ValueName;
  /** A parameter of the state. @throws LabError where it is missing or has another shape */
  parameter(name: string, shape: Shape): ValueName;
  constant(name: string, value: HostTensor): ValueName;
  node(
    name: string,
    operator: string,
    inputs: readonly (ValueName | undefined)[],
    attributes?: Readonly<Record<string, Attribute>>,
  ): ValueName;
  /** A convolution, its BatchNorm, the addend and a ReLU. */
  normed(
    x: ValueName,
    convolution: NormedConvolution,
    relu: boolean,
    addend?: ValueName,
  ): ValueName;
  /** A linear layer of every row, from `c1` to `c2` columns. */
  linear(x: ValueName, name: string, c1: number, c2: number): ValueName;
  /** The mean over positions, then the layer `fc`. */
  classifier(x: ValueName, features: number): ValueName;
}

/**
 * Builds the layers of a network from a segment on.
 *
 * @param first 0 for the whole network, ℓ + 1 for the layers above tap ℓ, which read the
 *   representation there
 * @param write adds the nodes; returns the value that holds the logits
 * @throws LabError naming a parameter that is missing or has another shape
 */
export function trainingGraph(
  state: State,
  architecture: Architecture,
  first: number,
  write: (graph: TrainingGraphBuilder) => ValueName,
): Graph {
  const constants = new Map<ValueName, HostTensor>();
  const nodes: GraphNode[] = [];
  const input = first === 0 ? "images" : "representation";
  const constant: TrainingGraphBuilder["constant"] = (name, value) => {
    constants.set(name, value);
    return name;
  };
  const named: TrainingGraphBuilder["parameter"] = (name, shape) =>
    constant(name, hostFloats(shape, parameter(state, name, shape)));
  const node: TrainingGraphBuilder["node"] = (name, operator, inputs, attributes = {}) => {
    nodes.push({ name, operator, inputs, output: name, attributes });
    return name;
  };
  const linear: TrainingGraphBuilder["linear"] = (x, name, c1, c2) =>
    node(name, "Linear", [x, named(`${name}.weight`, [c2, c1]), named(`${name}.bias`, [c2])]);
  const output = write({
    input,
    parameter: named,
    constant,
    node,
    normed(x, { conv, norm, k, c1, c2, stride }, relu, addend) {
      const pad = (k - 1) / 2;
      const convolved = node(conv, "Conv", [x, named(`${conv}.weight`, [c2, c1, k, k])], {
        channelsLast: 1,
        strides: [stride, stride],
        pads: [pad, pad, pad, pad],
      });
      const vectors = ["weight", "bias", "running_mean", "running_var"].map((each) =>
        named(`${norm}.${each}`, [c2]),
      );
      return node(norm, "BatchNormalization", [convolved, ...vectors, addend], {
        channelsLast: 1,
        relu: relu ? 1 : 0,
      });
    },
    linear,
    classifier(x, features) {
      const pooled = node("avgpool", "GlobalAveragePool", [x], { channelsLast: 1 });
      return linear(node("flatten", "Flatten", [pooled]), "fc", features, classesOf(architecture));
    },
  });
  return {
    name: "network",
    input,
    imageShape: shapeOf(architecture, first),
    output,
    nodes,
    constants,
  };
}

/** What the segment `first` reads, [h, w, c]. */
function shapeOf(architecture: Architecture, first: number): [number, number, number] {
  const read = first === 0 ? inputOf(architecture) : tapsOf(architecture)[first - 1];
  if (!read) throw new RangeError(`segment: expected one of the network’s, found ${first}`);
  return [read.height, read.width, read.channels];
}
