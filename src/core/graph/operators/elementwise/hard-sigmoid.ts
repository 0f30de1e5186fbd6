/** HardSigmoid: min(1, max(0, α x + β)). */
import { tf } from "../../../tensor/tf";
import { numberAttribute } from "../interface/attributes";
import { unary } from "./elementwise";
import { clipped, inside } from "./unit-interval";

export const hardSigmoid = unary((node) => {
  const alpha = numberAttribute(node, "alpha", 0.2);
  const beta = numberAttribute(node, "beta", 0.5);
  return {
    value: (x) => Math.min(1, Math.max(0, alpha * x + beta)),
    device: (x) => clipped(tf.add(tf.mul(x, alpha), beta)),
    pullback: (_, output, gradient) => tf.mul(gradient, tf.mul(inside(output), alpha)),
    reads: "output",
    cost: { flops: 4, forward: 2, pullback: 4 },
  };
});
