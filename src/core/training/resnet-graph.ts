/**
 * A ResNet as a graph whose parameters can be trained: its BatchNorms stay apart from its
 * convolutions, and constants have the names of PyTorch's parameters.
 */
import type { Attribute, Graph, GraphNode, ValueName } from "../graph/graph";
import { hostFloats, type HostTensor, type Shape } from "../graph/host-tensor";
import { classesOf, inputOf, tapsOf, type ResNetArchitecture } from "../nets/architecture";
import { resnetBlocks, resnetStem, type NormedConvolution } from "../nets/resnet-blocks";
import { parameter, type State } from "../weights/state";

/**
 * @param first the first segment: 0 for the whole network, ℓ + 1 for the layers above tap ℓ, which
 *   read the representation there and need no parameters of the others
 * @throws LabError naming a parameter that is missing or has another shape
 */
export function resnetGraph(state: State, architecture: ResNetArchitecture, first = 0): Graph {
  const input = first === 0 ? "images" : "representation";
  const constants = new Map<ValueName, HostTensor>();
  const nodes: GraphNode[] = [];
  const constant = (name: string, shape: Shape): ValueName => {
    constants.set(name, hostFloats(shape, parameter(state, name, shape)));
    return name;
  };
  const node = (
    name: string,
    operator: string,
    inputs: readonly (ValueName | undefined)[],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): ValueName => {
    nodes.push({
      name,
      operator,
      inputs,
      output: name,
      attributes: { channelsLast: 1, ...attributes },
    });
    return name;
  };
  const normed = (
    x: ValueName,
    { conv, norm, k, c1, c2, stride }: NormedConvolution,
    relu: boolean,
    addend?: ValueName,
  ): ValueName => {
    const pad = (k - 1) / 2;
    const convolved = node(conv, "Conv", [x, constant(`${conv}.weight`, [c2, c1, k, k])], {
      strides: [stride, stride],
      pads: [pad, pad, pad, pad],
    });
    const vectors = ["weight", "bias", "running_mean", "running_var"].map((each) =>
      constant(`${norm}.${each}`, [c2]),
    );
    return node(norm, "BatchNormalization", [convolved, ...vectors, addend], {
      relu: relu ? 1 : 0,
    });
  };

  let x: ValueName = input;
  if (first === 0) {
    x = normed(x, resnetStem(architecture, inputOf(architecture).channels), true);
    if (architecture.stem === "imagenet") {
      x = node("maxpool", "MaxPool", [x], {
        kernel_shape: [3, 3],
        strides: [2, 2],
        pads: [1, 1, 1, 1],
      });
    }
  }
  const blocks = resnetBlocks(architecture);
  for (const { convolutions, shortcut } of blocks.slice(Math.max(0, first - 1))) {
    const addend = shortcut ? normed(x, shortcut, false) : x;
    x = convolutions.reduce(
      (value, each, index) =>
        index === convolutions.length - 1
          ? normed(value, each, true, addend)
          : normed(value, each, true),
      x,
    );
  }
  const pooled = node("avgpool", "GlobalAveragePool", [x]);
  const classes = classesOf(architecture);
  const features = blocks.at(-1)?.c2 ?? architecture.width;
  const weights = [constant("fc.weight", [classes, features]), constant("fc.bias", [classes])];
  const output = node("fc", "Linear", [node("flatten", "Flatten", [pooled]), ...weights]);
  return {
    name: "network",
    input,
    imageShape: first === 0 ? imageShapeOf(architecture) : shapeAt(architecture, first - 1),
    output,
    nodes,
    constants,
  };
}

function imageShapeOf(architecture: ResNetArchitecture): [number, number, number] {
  const { height, width, channels } = inputOf(architecture);
  return [height, width, channels];
}

function shapeAt(architecture: ResNetArchitecture, tap: number): [number, number, number] {
  const { height, width, channels } = tapsOf(architecture)[tap] ?? {};
  if (!height || !width || !channels) throw new RangeError(`tap: found ${tap}, which is not there`);
  return [height, width, channels];
}
