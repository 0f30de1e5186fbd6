/** LeakyRelu: x where it is positive, else α x. */
import { tf } from "../../../tensor/tf";
import { numberAttribute } from "../interface/attributes";
import { unary } from "./elementwise";

export const leakyRelu = unary((node) => {
  const alpha = numberAttribute(node, "alpha", 0.01);
  return {
    value: (x) => (x >= 0 ? x : alpha * x),
    device: (x) => tf.leakyRelu(x, alpha),
    pullback: (x, _, gradient) => tf.mul(gradient, tf.step(x, alpha)),
    reads: "input",
    cost: { pullback: 1 },
  };
});
