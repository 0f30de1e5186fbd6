/** Exp: e to the power x. */
import { tf } from "../../../tensor/tf";
import { unary } from "./elementwise";

export const exp = unary({
  value: Math.exp,
  device: (x) => tf.exp(x),
  pullback: (_, output, gradient) => tf.mul(gradient, output),
  reads: "output",
});
