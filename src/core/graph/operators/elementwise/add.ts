/** Add: a + b. */
import { tf } from "../../../tensor/tf";
import { trainedLikeInputs } from "../interface/differentiable";
import { binary } from "./elementwise";
import type { Operator } from "../interface/operator";

const sum = binary({
  value: (a, b) => a + b,
  device: (a, b) => tf.add(a, b),
  pullback: (_, gradient) => [() => gradient, () => gradient],
  reads: false,
});

export const add: Operator = { ...sum, train: trainedLikeInputs(sum.prepare) };
