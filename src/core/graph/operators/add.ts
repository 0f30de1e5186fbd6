/** Add: a + b. */
import { tf } from "../../tensor/tf";
import { binary } from "./elementwise";

export const add = binary({
  value: (a, b) => a + b,
  device: (a, b) => tf.add(a, b),
  pullback: (_, gradient) => [() => gradient, () => gradient],
  reads: false,
});
