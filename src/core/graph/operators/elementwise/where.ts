/** Where: the second input where the condition holds, else the third. */
import { tf } from "../../../tensor/tf";
import {
  broadcastPlace,
  broadcastShape,
  forEachIndex,
  hostLike,
  sizeOf,
  type Shape,
} from "../../host-tensor";
import { differentiable } from "../interface/differentiable";
import { summedTo } from "./elementwise";
import { operand } from "../interface/operand";
import {
  inputShape,
  known,
  refusedNode,
  shapeText,
  workArrays,
  type Call,
  type Operator,
} from "../interface/operator";

export const where: Operator = {
  shape: commonShape,
  fold(call) {
    const [condition, a, b] = [known(call.inputs[0]), known(call.inputs[1]), known(call.inputs[2])];
    const shape = commonShape(call);
    const places = [condition, a, b].map((part) => broadcastPlace(part.shape));
    const out = new Float64Array(sizeOf(shape));
    forEachIndex(shape, (index, at) => {
      const [holds = 0, first = 0, second = 0] = places.map((place) => place(index));
      out[at] = (condition.data[holds] === 0 ? b.data[second] : a.data[first]) ?? 0;
    });
    return hostLike(a, shape, out);
  },
  prepare(call) {
    const [condition, a, b] = [operand(call, 0), operand(call, 1), operand(call, 2)];
    return differentiable(
      (inputs, n) =>
        tf.where(tf.cast(condition.get(inputs, n), "bool"), a.get(inputs, n), b.get(inputs, n)),
      (inputs, _, gradient, n) => {
        const holds = tf.cast(condition.get(inputs, n), "bool");
        const zero = tf.zerosLike(gradient);
        const [, first, second] = inputs;
        return [
          undefined,
          first && summedTo(first.shape, tf.where(holds, gradient, zero)),
          second && summedTo(second.shape, tf.where(holds, zero, gradient)),
        ];
      },
      () => [condition, a, b].forEach((part) => part.dispose()),
    );
  },
  workBytes: (_, output) => workArrays(output, 3, 4),
  flops: () => 0,
};

function commonShape(call: Call): Shape {
  const shapes = [0, 1, 2].map((at) => inputShape(call, at));
  const common = broadcastShape(...shapes);
  if (common) return common;
  throw refusedNode(call.node, "shapes that go together", shapes.map(shapeText).join(" and "));
}
