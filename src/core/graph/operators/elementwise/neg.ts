/** Neg: −x. */
import { tf } from "../../../tensor/tf";
import { unary } from "./elementwise";

export const neg = unary({
  value: (x) => -x,
  device: (x) => tf.neg(x),
  pullback: (_, __, gradient) => tf.neg(gradient),
  reads: "nothing",
});
