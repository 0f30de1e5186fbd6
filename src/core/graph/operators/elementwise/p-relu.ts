/** PRelu: x where it is positive, else x times a slope. */
import { tf } from "../../../tensor/tf";
import { binary } from "./elementwise";
import { inputShape, refusedNode, shapeText, type Operator } from "../interface/operator";

const both = binary({
  value: (x, slope) => (x >= 0 ? x : x * slope),
  device: (x, slope) => tf.add(tf.relu(x), tf.mul(slope, tf.minimum(x, 0))),
  pullback: ([x, slope], gradient) => [
    () => tf.where(tf.greater(x, 0), gradient, tf.mul(gradient, slope)),
    () => tf.mul(gradient, tf.minimum(x, 0)),
  ],
  cost: { forward: 3, pullback: 4 },
});

export const pRelu: Operator = {
  ...both,
  shape(call) {
    const shape = both.shape(call);
    const own = inputShape(call, 0);
    // The slope goes with x, not the other way round.
    if (shape.join() === own.join()) return shape;
    throw refusedNode(call.node, `slopes for ${shapeText(own)}`, shapeText(inputShape(call, 1)));
  },
};
