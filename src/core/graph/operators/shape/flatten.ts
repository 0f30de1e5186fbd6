/** Flatten: the axes before `axis` become one, and so do the others. */
import { tf } from "../../../tensor/tf";
import { sizeOf } from "../../host-tensor";
import { integerAttribute } from "../interface/attributes";
import { differentiable } from "../interface/differentiable";
import {
  given,
  inputShape,
  refusedNode,
  shapeText,
  type Call,
  type Operator,
} from "../interface/operator";

export const flatten: Operator = {
  shape(call) {
    const shape = inputShape(call, 0);
    const axis = flattenAxis(call);
    return [sizeOf(shape.slice(0, axis)), sizeOf(shape.slice(axis))];
  },
  prepare(call) {
    const axis = flattenAxis(call);
    return differentiable(
      ([x]) => {
        const { shape } = given(x);
        return tf.reshape(given(x), [sizeOf(shape.slice(0, axis)), sizeOf(shape.slice(axis))]);
      },
      ([x], _, gradient) => [tf.reshape(gradient, given(x).shape)],
    );
  },
  flops: () => 0,
};

function flattenAxis(call: Call): number {
  const shape = inputShape(call, 0);
  const axis = integerAttribute(call.node, "axis", 1);
  if (axis >= -shape.length && axis <= shape.length) return axis < 0 ? axis + shape.length : axis;
  throw refusedNode(call.node, `an axis of ${shapeText(shape)}`, String(axis));
}
