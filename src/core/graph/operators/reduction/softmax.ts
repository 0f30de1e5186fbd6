/** Softmax: exp(x) along an axis, or along it and all after it, divided by their sum. */
import { tf, type Tensor } from "../../../tensor/tf";
import { sizeOf, type Shape } from "../../host-tensor";
import { integerAttribute } from "../interface/attributes";
import { axisAttribute } from "../interface/axes";
import { differentiable } from "../interface/differentiable";
import { given, inputShape, workArrays, type Call, type Operator } from "../interface/operator";

export const softmax: Operator = {
  shape(call) {
    const shape = inputShape(call, 0);
    partsOf(call, shape);
    return shape;
  },
  prepare: (call) =>
    differentiable(
      ([x]) => {
        const { shape } = given(x);
        const apart = tf.reshape(given(x), [...partsOf(call, shape)]);
        return tf.reshape(normalised(apart), shape);
      },
      // y (g − Σ g y)
      (_, output, gradient) => {
        const parts = [...partsOf(call, output.shape)];
        const [y, g] = [tf.reshape(output, parts), tf.reshape(gradient, parts)];
        const weighted = tf.mul(y, g);
        const back = tf.sub(weighted, tf.mul(y, tf.sum(weighted, 1, true)));
        return [tf.reshape(back, output.shape)];
      },
      undefined,
      { inputs: false, output: true },
    ),
  workBytes(call, output) {
    const isLast = partsOf(call, output).length === 2;
    return workArrays(output, isLast ? 0 : 3, 3);
  },
  flops: (_, output) => 3 * sizeOf(output),
};

/** Before the axis, along it, after it; without the last where that is 1. */
function partsOf({ node }: Call, shape: Shape): Shape {
  const axis = axisAttribute(node, shape.length, -1);
  const end = integerAttribute(node, "overRest", 0) === 1 ? shape.length : axis + 1;
  const parts = [shape.slice(0, axis), shape.slice(axis, end), shape.slice(end)].map(sizeOf);
  return parts[2] === 1 ? parts.slice(0, 2) : parts;
}

/** Over axis 1. */
function normalised(x: Tensor): Tensor {
  // tfjs's is over the last axis only.
  if (x.rank === 2) return tf.softmax(x);
  const powers = tf.exp(tf.sub(x, tf.max(x, 1, true)));
  return tf.div(powers, tf.sum(powers, 1, true));
}
