/** Pow: a to the power b. */
import { tf } from "../../../tensor/tf";
import { binary } from "./elementwise";
import { differentiable } from "../interface/differentiable";
import { given, workArrays, type Call, type Operator, type Runner } from "../interface/operator";

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
  prepare: (call) => (isSquare(call) ? square() : general.prepare(call)),
  workBytes: (call, output) => workArrays(output, 0, isSquare(call) ? 1 : 6),
};

function isSquare({ constants: [base, exponent] }: Call): boolean {
  return !base && exponent?.shape.length === 0 && exponent.data[0] === 2;
}

function square(): Runner {
  return differentiable(
    ([x]) => tf.square(given(x)),
    ([x], _, gradient) => [tf.mul(gradient, tf.mul(given(x), 2))],
    undefined,
    { inputs: true, output: false },
  );
}
