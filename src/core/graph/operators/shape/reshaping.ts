/** What Reshape, Squeeze and Unsqueeze have in common: the same numbers in another shape. */
import { tf } from "../../../tensor/tf";
import type { HostTensor, Shape } from "../../host-tensor";
import { differentiable } from "../interface/differentiable";
import { operand } from "../interface/operand";
import { inputShape, known, type Call, type Operator } from "../interface/operator";

/** @param target the new shape of a tensor, in a call for n images */
export function reshaping(target: (call: Call, from: Shape, n: number) => Shape): Operator {
  return {
    shape: (call) => target(call, inputShape(call, 0), 0),
    fold: (call): HostTensor => {
      const x = known(call.inputs[0]);
      return { ...x, shape: target(call, x.shape, 0) };
    },
    prepare(call) {
      const x = operand(call, 0);
      return differentiable(
        (inputs, n) => {
          const tensor = x.get(inputs, n);
          return tf.reshape(tensor, [...target(call, tensor.shape, n)]);
        },
        ([input], _, gradient) => [input && tf.reshape(gradient, input.shape)],
        () => x.dispose(),
        { inputs: false, output: false },
      );
    },
    flops: () => 0,
  };
}
