/** Cast: the input in another type; on the device only from floating-point numbers to such. */
import { hostBools, hostFloats, hostIntegers, type HostTensor } from "../../host-tensor";
import type { GraphNode } from "../../graph";
import { integerAttribute } from "../interface/attributes";
import { differentiable } from "../interface/differentiable";
import { operand } from "../interface/operand";
import { known, inputShape, refusedNode, type Operator } from "../interface/operator";

/** Numbers of ONNX's data types, TensorProto.DataType. */
const floats = [1, 10, 11, 16];
const integers = [2, 3, 4, 5, 6, 7, 12, 13];
const bool = 9;

export const cast: Operator = {
  shape: (call) => inputShape(call, 0),
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
  flops: () => 0,
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
