/** Sub: a − b. */
import { tf } from "../../../tensor/tf";
import { binary } from "./elementwise";

export const sub = binary({
  value: (a, b) => a - b,
  device: (a, b) => tf.sub(a, b),
  pullback: (_, gradient) => [() => gradient, () => tf.neg(gradient)],
  reads: false,
});
