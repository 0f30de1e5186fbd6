/** Mul: a b. */
import { tf } from "../../../tensor/tf";
import { binary } from "./elementwise";

export const mul = binary({
  value: (a, b) => a * b,
  device: (a, b) => tf.mul(a, b),
  pullback: ([a, b], gradient) => [() => tf.mul(gradient, b), () => tf.mul(gradient, a)],
});
