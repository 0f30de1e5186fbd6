/** Clip: x, at least `min` (input 2) and at most `max` (input 3). */
import { tf } from "../../tensor/tf";
import { hostLike } from "../host-tensor";
import { numberAttribute } from "./attributes";
import { differentiable } from "./differentiable";
import {
  constantInput,
  given,
  inputShape,
  known,
  refusedNode,
  type Call,
  type Operator,
} from "./operator";

export const clip: Operator = {
  shape(call) {
    limits(call);
    return inputShape(call, 0);
  },
  fold(call) {
    const x = known(call.inputs[0]);
    const [min, max] = limits(call);
    const clipped = Float64Array.from(x.data, (value) => Math.min(max, Math.max(min, value)));
    return hostLike(x, x.shape, clipped);
  },
  prepare(call) {
    const [min, max] = limits(call);
    return differentiable(
      ([x]) => tf.clipByValue(given(x), min, max),
      // As PyTorch's ReLU6: the limits themselves are flat.
      (_, output, gradient) => {
        const inside = tf.logicalAnd(tf.greater(output, min), tf.less(output, max));
        return [tf.mul(gradient, tf.cast(inside, "float32"))];
      },
      undefined,
      { inputs: false, output: true },
    );
  },
};

/** The largest number of a float32, which stands for no limit. */
const largest = 3.4028234663852886e38;

function limits(call: Call): readonly [min: number, max: number] {
  const { node } = call;
  const limit = (at: number, name: string, otherwise: number): number => {
    // Before version 11 both were attributes.
    if (node.inputs[at] === undefined) return numberAttribute(node, name, otherwise);
    const { data } = constantInput(call, at);
    const [value] = data;
    if (data.length !== 1 || value === undefined || Number.isNaN(value)) {
      throw refusedNode(node, "limits of one number", `${data.length}`);
    }
    return Math.min(largest, Math.max(-largest, value));
  };
  const [min, max] = [limit(1, "min", -largest), limit(2, "max", largest)];
  // ONNX gives `max` where both contradict.
  return [Math.min(min, max), max];
}
