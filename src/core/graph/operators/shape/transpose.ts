/** Transpose: another order of the axes. */
import { tf } from "../../../tensor/tf";
import { rearranged, stridesOf } from "../../host-tensor";
import { integersAttribute } from "../interface/attributes";
import { differentiable } from "../interface/differentiable";
import {
  given,
  known,
  inputShape,
  refusedNode,
  shapeText,
  type Call,
  type Operator,
} from "../interface/operator";

export const transpose: Operator = {
  shape(call) {
    const shape = inputShape(call, 0);
    return permOf(call).map((axis) => shape[axis] ?? 1);
  },
  fold(call) {
    const x = known(call.inputs[0]);
    const perm = permOf(call);
    const strides = stridesOf(x.shape);
    const steps = perm.map((axis) => strides[axis] ?? 0);
    return rearranged(
      x,
      perm.map((axis) => x.shape[axis] ?? 1),
      (index) => index.reduce((at, place, axis) => at + place * (steps[axis] ?? 0), 0),
    );
  },
  prepare(call) {
    const perm = permOf(call);
    const back = perm.map((_, axis) => perm.indexOf(axis));
    return differentiable(
      ([x]) => tf.transpose(given(x), perm),
      (_, __, gradient) => [tf.transpose(gradient, back)],
      undefined,
      { inputs: false, output: false },
    );
  },
  flops: () => 0,
};

/** The order of the axes. */
export function permOf(call: Call): number[] {
  const shape = inputShape(call, 0);
  const reversed = shape.map((_, axis) => shape.length - 1 - axis);
  const perm = integersAttribute(call.node, "perm", reversed);
  const isOrder = perm.length === shape.length && shape.every((_, axis) => perm.includes(axis));
  if (!isOrder) throw refusedNode(call.node, `an order of ${shapeText(shape)}`, perm.join(","));
  return [...perm];
}
