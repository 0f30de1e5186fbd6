/** Tanh: the hyperbolic tangent. */
import { tf } from "../../../tensor/tf";
import { unary } from "./elementwise";

export const tanh = unary({
  value: Math.tanh,
  device: (x) => tf.tanh(x),
  pullback: (_, output, gradient) => tf.mul(gradient, tf.sub(1, tf.square(output))),
  reads: "output",
  cost: { pullback: 2 },
});
