/** HardSwish: x min(1, max(0, x / 6 + 1/2)). Howard et al. 2019, section 5.2. */
import { tf, type Tensor } from "../../../tensor/tf";
import { unary } from "./elementwise";
import { clipped, inside } from "./unit-interval";

export const hardSwish = unary({
  value: (x) => x * Math.min(1, Math.max(0, x / 6 + 0.5)),
  device: (x) => tf.mul(x, gate(x)),
  pullback(x, _, gradient) {
    const open = gate(x);
    return tf.mul(gradient, tf.add(open, tf.mul(tf.div(x, 6), inside(open))));
  },
  reads: "input",
  cost: { flops: 5, forward: 3, pullback: 9 },
});

function gate(x: Tensor): Tensor {
  return clipped(tf.add(tf.div(x, 6), 0.5));
}
