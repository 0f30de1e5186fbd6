/** Activations, losses and the optimiser by tfjs's operators. */
import type { Kernels } from "../kernels";
import { tf, type Scalar, type Tensor1D, type Tensor2D } from "../tf";

export const plainElementwise = {
  reluGradient: (gradient, output) => tf.tidy(() => tf.mul(gradient, tf.step(output))),

  gelu: (x) => tf.tidy(() => tf.mul<Tensor2D>(x, normalDistribution(x))),
  geluWithSlope: (x) =>
    tf.tidy(() => {
      const distribution = normalDistribution(x);
      const density = tf.mul(tf.exp(tf.mul(tf.square(x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
      return {
        output: tf.mul<Tensor2D>(x, distribution),
        slope: tf.add<Tensor2D>(distribution, tf.mul(x, density)),
      };
    }),

  crossEntropy(logits, labels) {
    const [n] = logits.shape;
    const logProbabilities = logSoftmax(logits);
    const loss = tf.neg<Scalar>(tf.div(tf.sum(tf.mul(labels, logProbabilities)), n));
    const gradient = tf.div<Tensor2D>(tf.sub(tf.exp(logProbabilities), labels), n);
    return { loss, gradient };
  },
  crossEntropies: (logits, labels) =>
    tf.tidy(() => tf.neg<Tensor1D>(tf.sum(tf.mul(labels, logSoftmax(logits)), 1))),

  adamStep(parameters, gradient, moments, { beta1, beta2, epsilon, rate, correction }) {
    const first = tf.tidy(() =>
      tf.add<Tensor1D>(tf.mul(moments.first, beta1), tf.mul(gradient, 1 - beta1)),
    );
    const second = tf.tidy(() =>
      tf.add<Tensor1D>(tf.mul(moments.second, beta2), tf.mul(tf.square(gradient), 1 - beta2)),
    );
    const updated = tf.tidy(() => {
      const deviation = tf.add(tf.sqrt(tf.div(second, correction)), epsilon);
      return tf.sub<Tensor1D>(parameters, tf.div(tf.mul(first, rate), deviation));
    });
    return { parameters: updated, moments: { first, second } };
  },
} satisfies Partial<Kernels>;

/**
 * Φ(x) = ½ (1 + erf(x / √2)), with erf by a formula whose error is below 2·10⁻⁷ (Abramowitz &
 * Stegun 1964, 7.1.26) on every backend of tfjs; its wasm backend computes erf element by element.
 */
function normalDistribution(x: Tensor2D): Tensor2D {
  return tf.mul<Tensor2D>(tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1), 0.5);
}

function logSoftmax(logits: Tensor2D): Tensor2D {
  const shifted = tf.sub(logits, tf.max(logits, 1, true));
  return tf.sub<Tensor2D>(shifted, tf.log(tf.sum(tf.exp(shifted), 1, true)));
}
