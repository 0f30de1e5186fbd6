/** Expand: a tensor repeated along its axes of size 1, to go with a shape. */
import { tf } from "../../../tensor/tf";
import {
  broadcastPlace,
  broadcastShape,
  integersAt,
  rearranged,
  type Shape,
} from "../../host-tensor";
import { integersInput, knownIntegers } from "../interface/axes";
import { differentiable } from "../interface/differentiable";
import { summedTo } from "../elementwise/elementwise";
import { operand } from "../interface/operand";
import {
  inputShape,
  known,
  refusedNode,
  shapeText,
  type Call,
  type Operator,
} from "../interface/operator";

export const expand: Operator = {
  shape: (call) => expanded(call, inputShape(call, 0), knownIntegers(call, 1)),
  fold(call) {
    const x = known(call.inputs[0]);
    const shape = expanded(call, x.shape, knownIntegers(call, 1));
    return rearranged(x, shape, broadcastPlace(x.shape));
  },
  prepare(call) {
    const x = operand(call, 0);
    const target = integersInput(call, 1);
    return differentiable(
      (inputs, n) => {
        const tensor = x.get(inputs, n);
        return tf.broadcastTo(tensor, expanded(call, tensor.shape, integersAt(target, n)));
      },
      ([input], _, gradient) => [input && summedTo(input.shape, gradient)],
      () => x.dispose(),
      { inputs: false, output: false },
    );
  },
  flops: () => 0,
};

function expanded({ node }: Call, shape: Shape, target: Shape): number[] {
  const common = broadcastShape(shape, target);
  if (common && target.every((size) => size >= 0)) return common;
  throw refusedNode(node, `a shape for ${shapeText(shape)}`, shapeText(target));
}
