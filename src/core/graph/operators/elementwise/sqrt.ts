/** Sqrt: the square root. */
import { tf } from "../../../tensor/tf";
import { unary } from "./elementwise";

export const sqrt = unary({
  value: Math.sqrt,
  device: (x) => tf.sqrt(x),
  pullback: (_, output, gradient) => tf.div(gradient, tf.mul(output, 2)),
  reads: "output",
  cost: { pullback: 1 },
});
