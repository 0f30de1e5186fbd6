/** Sigmoid: 1 / (1 + exp(−x)). */
import { tf } from "../../../tensor/tf";
import { unary } from "./elementwise";

export const sigmoid = unary({
  value: (x) => 1 / (1 + Math.exp(-x)),
  device: (x) => tf.sigmoid(x),
  pullback: (_, output, gradient) => tf.mul(gradient, tf.mul(output, tf.sub(1, output))),
  reads: "output",
  cost: { flops: 4, pullback: 2 },
});
