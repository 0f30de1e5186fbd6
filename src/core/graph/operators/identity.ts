/** Identity, Dropout and Cast of floating-point numbers: the input as it is. */
import { hostBools, hostFloats, hostIntegers, type HostTensor } from "../host-tensor";
import type { GraphNode } from "../graph";
import { integerAttribute } from "./attributes";
import { differentiable } from "./differentiable";
import { operand } from "./operand";
import { constantInput, given, known, inputShape, refusedNode, type Operator } from "./operator";

export const identity: Operator = {
  shape: (call) => inputShape(call, 0),
  fold: ({ inputs: [x] }) => known(x),
  prepare: () =>
    differentiable(
      ([x]) => given(x).clone(),
      (_, __, gradient) => [gradient],
      undefined,
      { inputs: false, output: false },
    ),
};

/** What is dropped in training is not drawn here. */
export const dropout: Operator = {
  ...identity,
  shape(call) {
    const { inputs } = call.node;
    const isTraining = inputs[2] !== undefined && constantInput(call, 2).data[0] !== 0;
    // Torchvision's Swin has ones for training, with a share of 0.
    const share = inputs[1] === undefined ? 0.5 : constantInput(call, 1).data[0];
    if (isTraining && share !== 0)
      throw refusedNode(call.node, "a dropout that does nothing", "training");
    return inputShape(call, 0);
  },
  fold(call) {
    dropout.shape(call);
    return known(call.inputs[0]);
  },
};

/** Numbers of ONNX's data types, TensorProto.DataType. */
const floats = [1, 10, 11, 16];
const integers = [2, 3, 4, 5, 6, 7, 12, 13];
const bool = 9;

export const cast: Operator = {
  ...identity,
  fold: ({ node, inputs: [x] }) => castTo(node, known(x)),
  prepare(call) {
    const { node } = call;
    if (!isFloatCast(node)) {
      throw refusedNode(node, "floating-point numbers", "a cast of what depends on the images");
    }
    const x = operand(call, 0);
    return differentiable(
      (inputs, n) => x.get(inputs, n).clone(),
      (_, __, gradient) => [gradient],
      () => x.dispose(),
      { inputs: false, output: false },
    );
  },
};

export function isFloatCast(node: GraphNode): boolean {
  return floats.includes(integerAttribute(node, "to", 1));
}

function castTo(node: GraphNode, x: HostTensor): HostTensor {
  const to = integerAttribute(node, "to", 1);
  if (floats.includes(to)) return hostFloats(x.shape, x.data);
  if (integers.includes(to)) return hostIntegers(x.shape, Float64Array.from(x.data, Math.trunc));
  if (to === bool)
    return hostBools(
      x.shape,
      Uint8Array.from(x.data, (value) => Number(value !== 0)),
    );
  throw refusedNode(node, "a type of numbers or of bool", `type ${to}`);
}
