/** Writes graphs in code: the layers of the architectures that we know by the names of parameters. */
import type { LinearParameters } from "../tensor/linear";
import type { Segment } from "./segment";
import { orderedGraph, type Attribute, type GraphNode, type ValueName } from "./graph";
import { graphSegments } from "./graph-segments";
import { hostFloats, type HostFloats, type HostTensor, type Shape } from "./host-tensor";

/** A convolution with a bias, in PyTorch's layout. */
export interface FoldedConvolution {
  /** [c₂, c₁, k, k] */
  readonly kernel: HostFloats;
  /** [c₂] */
  readonly bias: HostFloats;
}

/** Adds nodes to a graph; each method returns the name of the value that it adds. */
export interface GraphBuilder {
  /** The value that the graph reads, [n, h, w, c]. */
  readonly input: ValueName;
  constant(value: HostTensor): ValueName;
  node(
    operator: string,
    inputs: readonly (ValueName | undefined)[],
    attributes?: Readonly<Record<string, Attribute>>,
  ): ValueName;
  /** A convolution with padding (k − 1) / 2, its BatchNorm folded in. */
  convolution(x: ValueName, folded: FoldedConvolution, options: ConvolutionOptions): ValueName;
  /** A linear layer of every row. */
  linear(x: ValueName, parameters: LinearParameters): ValueName;
  /** The mean over positions, then one linear layer. */
  classifier(x: ValueName, parameters: LinearParameters): ValueName;
}

export interface ConvolutionOptions {
  readonly stride?: 1 | 2;
  readonly relu: boolean;
  /** Added before the ReLU. */
  readonly addend?: ValueName;
}

/**
 * Builds the segment that a graph computes.
 *
 * @param shape [h, w, c] of what it reads
 * @param write adds the nodes; returns the value that the segment gives
 */
export function builtSegment(shape: Shape, write: (graph: GraphBuilder) => ValueName): Segment {
  const nodes: GraphNode[] = [];
  const constants = new Map<ValueName, HostTensor>();
  const input = "input";
  const node: GraphBuilder["node"] = (operator, inputs, attributes = {}) => {
    const output = `${operator} ${nodes.length}`;
    nodes.push({ name: output, operator, inputs, output, attributes });
    return output;
  };
  const constant: GraphBuilder["constant"] = (value) => {
    const name = `constant ${constants.size}`;
    constants.set(name, value);
    return name;
  };
  const linear: GraphBuilder["linear"] = (x, { weight, bias }) => {
    const shape = [bias.length, weight.length / bias.length];
    return node("Linear", [x, constant(hostFloats(shape, weight)), constant(vector(bias))]);
  };
  const output = write({
    input,
    constant,
    node,
    convolution(x, { kernel, bias }, { stride = 1, relu, addend }) {
      const [, , k = 1] = kernel.shape;
      const pad = (k - 1) / 2;
      return node("Conv", [x, constant(kernel), constant(bias), addend], {
        channelsLast: 1,
        strides: [stride, stride],
        pads: [pad, pad, pad, pad],
        relu: relu ? 1 : 0,
      });
    },
    linear,
    classifier(x, parameters) {
      const pooled = node("GlobalAveragePool", [x], { channelsLast: 1 });
      return linear(node("Flatten", [pooled]), parameters);
    },
  });
  const graph = { name: "segment", input, imageShape: shape, output, nodes, constants };
  const [build] = graphSegments(orderedGraph(graph), []);
  if (!build) throw new RangeError("segment: expected one, found none");
  return build();
}

function vector(values: Float32Array): HostFloats {
  return hostFloats([values.length], values);
}
