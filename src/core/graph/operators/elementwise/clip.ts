/** Clip: x, at least `min` (input 2) and at most `max` (input 3). */
import { kernels } from "../../../tensor/backend";
import { tf, type Rank, type Tensor, type Tensor4D } from "../../../tensor/tf";
import { hostLike, sizeOf } from "../../host-tensor";
import { numberAttribute } from "../interface/attributes";
import { differentiable } from "../interface/differentiable";
import {
  constantInput,
  given,
  inputShape,
  known,
  refusedNode,
  workArrays,
  type Call,
  type Operator,
} from "../interface/operator";

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
      (_, output, gradient) => [passedInside(output, gradient, min, max)],
      undefined,
      { inputs: false, output: true },
    );
  },
  workBytes: (_, output) => workArrays(output, 0, 3),
  flops: (_, output) => 2 * sizeOf(output),
};

/**
 * The gradient where the output is between the limits. As in PyTorch's ReLU6, the limits themselves
 * are flat. By the kernel of ReLU's gradient: tfjs (4.22.0) compares number by number on wasm.
 */
function passedInside(output: Tensor, gradient: Tensor, min: number, max: number): Tensor {
  const flat = (x: Tensor): Tensor4D => tf.reshape<Rank.R4>(x, [1, 1, 1, x.size]);
  let passed = flat(gradient);
  if (min > -largest) passed = kernels().reluGradient(passed, flat(tf.sub(output, min)));
  if (max < largest) passed = kernels().reluGradient(passed, flat(tf.sub(max, output)));
  return tf.reshape(passed, output.shape);
}

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
