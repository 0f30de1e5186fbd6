/** Div: a / b; of integers, towards zero. */
import { tf } from "../../../tensor/tf";
import { binary } from "./elementwise";

export const div = binary({
  value: (a, b, integers) => (integers ? Math.trunc(a / b) : a / b),
  device: (a, b) => tf.div(a, b),
  pullback: ([a, b], gradient) => [
    () => tf.div(gradient, b),
    () => tf.neg(tf.div(tf.mul(gradient, a), tf.square(b))),
  ],
  cost: { pullback: 3 },
});
