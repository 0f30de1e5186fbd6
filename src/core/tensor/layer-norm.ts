/**
 * LayerNorm without its scale and shift, which belong to the linear layer after it
 * (`weights/fold-norm.ts`). Ba, Kiros & Hinton 2016, "Layer Normalization", eq. 4.
 */
import { tf, type Tensor2D } from "./tf";

/**
 * Normalises every row to mean 0 and variance 1: (x − μ) / √(σ² + ε), with the biased variance.
 *
 * @param x [n, c]
 * @returns [n, c]; the caller disposes it
 */
export function layerNorm(x: Tensor2D, epsilon: number): Tensor2D {
  return tf.tidy(() => {
    const { centred, inverse } = partsOf(x, epsilon);
    return tf.mul<Tensor2D>(centred, inverse);
  });
}

export interface NormalisedRows {
  /** [n, c] */
  readonly output: Tensor2D;
  /** Takes the output's gradient to the input's, both [n, c]; the caller disposes the result. */
  readonly pullback: (gradient: Tensor2D) => Tensor2D;
}

/** `layerNorm`, kept differentiable; to be called inside a `tidy`. */
export function tracedLayerNorm(x: Tensor2D, epsilon: number): NormalisedRows {
  const { output, inverse } = tf.tidy(() => {
    const parts = partsOf(x, epsilon);
    return { output: tf.mul<Tensor2D>(parts.centred, parts.inverse), inverse: parts.inverse };
  });
  return {
    output,
    // With y the output and g its gradient: (g − mean(g) − y mean(g y)) / √(σ² + ε), means over the
    // row.
    pullback: (gradient) =>
      tf.tidy(() => {
        const along = tf.mul(output, tf.mean(tf.mul(gradient, output), 1, true));
        const across = tf.sub(gradient, tf.mean(gradient, 1, true));
        return tf.mul<Tensor2D>(tf.sub(across, along), inverse);
      }),
  };
}

/** Computes x − μ, [n, c], and 1 / √(σ² + ε), [n, 1]. */
function partsOf(x: Tensor2D, epsilon: number): { centred: Tensor2D; inverse: Tensor2D } {
  const centred = tf.sub<Tensor2D>(x, tf.mean(x, 1, true));
  const variance = tf.mean(tf.square(centred), 1, true);
  return { centred, inverse: tf.rsqrt(tf.add<Tensor2D>(variance, epsilon)) };
}
