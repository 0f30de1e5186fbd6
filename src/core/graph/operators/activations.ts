/** Sigmoid, Tanh, HardSigmoid, HardSwish and LeakyRelu, number by number. */
import { tf, type Tensor } from "../../tensor/tf";
import { numberAttribute } from "./attributes";
import { unary } from "./elementwise";

export const sigmoid = unary({
  value: (x) => 1 / (1 + Math.exp(-x)),
  device: (x) => tf.sigmoid(x),
  pullback: (_, output, gradient) => tf.mul(gradient, tf.mul(output, tf.sub(1, output))),
  reads: "output",
});

export const tanh = unary({
  value: Math.tanh,
  device: (x) => tf.tanh(x),
  pullback: (_, output, gradient) => tf.mul(gradient, tf.sub(1, tf.square(output))),
  reads: "output",
});

/** min(1, max(0, α x + β)) */
export const hardSigmoid = unary((node) => {
  const alpha = numberAttribute(node, "alpha", 0.2);
  const beta = numberAttribute(node, "beta", 0.5);
  return {
    value: (x) => Math.min(1, Math.max(0, alpha * x + beta)),
    device: (x) => clipped(tf.add(tf.mul(x, alpha), beta)),
    pullback: (_, output, gradient) => tf.mul(gradient, tf.mul(inside(output), alpha)),
    reads: "output",
  };
});

/** x min(1, max(0, x / 6 + 1/2)). Howard et al. 2019, section 5.2. */
export const hardSwish = unary({
  value: (x) => x * Math.min(1, Math.max(0, x / 6 + 0.5)),
  device: (x) => tf.mul(x, gate(x)),
  pullback(x, _, gradient) {
    const open = gate(x);
    return tf.mul(gradient, tf.add(open, tf.mul(tf.div(x, 6), inside(open))));
  },
  reads: "input",
});

/** x where it is positive, else α x */
export const leakyRelu = unary((node) => {
  const alpha = numberAttribute(node, "alpha", 0.01);
  return {
    value: (x) => (x >= 0 ? x : alpha * x),
    device: (x) => tf.leakyRelu(x, alpha),
    pullback: (x, _, gradient) => tf.mul(gradient, tf.step(x, alpha)),
    reads: "input",
  };
});

function gate(x: Tensor): Tensor {
  return clipped(tf.add(tf.div(x, 6), 0.5));
}

function clipped(x: Tensor): Tensor {
  return tf.clipByValue(x, 0, 1);
}

/** 1 where a number is between 0 and 1, else 0. */
function inside(x: Tensor): Tensor {
  return tf.step(tf.mul(x, tf.sub(1, x)));
}
