/** Pow: a to the power b. */
import { tf } from "../../../tensor/tf";
import { binary } from "./elementwise";
import { differentiable } from "../interface/differentiable";
import { given, type Operator, type Runner } from "../interface/operator";

const general = binary({
  value: (a, b) => a ** b,
  device: (a, b) => tf.pow(a, b),
  pullback: ([a, b], gradient) => [
    () => tf.mul(gradient, tf.mul(b, tf.pow(a, tf.sub(b, 1)))),
    () => tf.mul(gradient, tf.mul(tf.pow(a, b), tf.log(a))),
  ],
});

export const pow: Operator = {
  ...general,
  prepare(call) {
    const [base, exponent] = call.constants;
    const isSquare = !base && exponent?.shape.length === 0 && exponent.data[0] === 2;
    return isSquare ? square() : general.prepare(call);
  },
};

function square(): Runner {
  return differentiable(
    ([x]) => tf.square(given(x)),
    ([x], _, gradient) => [tf.mul(gradient, tf.mul(given(x), 2))],
    undefined,
    { inputs: true, output: false },
  );
}
