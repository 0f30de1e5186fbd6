/** Erf: the error function. */
import { tf } from "../../../tensor/tf";
import { unary } from "./elementwise";

export const erf = unary({
  value: errorFunction,
  device: (x) => tf.erf(x),
  pullback: (x, _, gradient) =>
    tf.mul(gradient, tf.mul(tf.exp(tf.neg(tf.square(x))), 2 / Math.sqrt(Math.PI))),
  reads: "input",
  cost: { pullback: 4 },
});

/** With an error below 2·10⁻⁷, as tfjs's. Abramowitz & Stegun 1964, 7.1.26. */
function errorFunction(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const terms = [1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592];
  const sum = terms.reduce((total, term) => total * t + term, 0) * t;
  return Math.sign(x) * (1 - sum * Math.exp(-x * x));
}
