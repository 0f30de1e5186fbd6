/**
 * Stitches of low rank in training: the convolution's weights W [c₁, c₂] are a product U V of [c₁, r]
 * and [r, c₂], which train in their place. With dW the gradient of W,
 *
 *     dU = dW Vᵀ        dV = Uᵀ dW
 *
 * They start as the truncated singular value decomposition of the start's weights (Eckart & Young
 * 1936), with the root of each singular value on either side.
 */
import { matrixOf } from "../../linear-algebra/matrix";
import { singularValueDecomposition } from "../../linear-algebra/singular-values";
import { tf, type Rank, type Tensor1D, type Tensor2D } from "../../tensor/tf";
import { factorNumbers, weightsOf, type StitchParameters } from "../parameters";

/** Returns U and then V, row-major. @param rank at most the smaller number of channels */
export function factorsOf(
  { source, target, weight }: StitchParameters,
  rank: number,
): Float32Array {
  const { values, left, right } = singularValueDecomposition(matrixOf(source, target, weight));
  const size = Math.min(source, target);
  const factors = new Float32Array(rank * (source + target));
  for (let k = 0; k < rank; k++) {
    const root = Math.sqrt(Math.max(0, values[k] ?? 0));
    for (let i = 0; i < source; i++) {
      factors[i * rank + k] = root * (left.values[i * size + k] ?? NaN);
    }
    for (let j = 0; j < target; j++) {
      factors[source * rank + k * target + j] = root * (right.values[j * size + k] ?? NaN);
    }
  }
  return factors;
}

/** Between a stitch's packed numbers and those with the factors in place of the weights. */
export interface Factoring {
  /**
   * Replaces the weights by their factors; only for a start.
   *
   * @param trained packed, see `trainable.ts`; disposed
   * @returns packed with the factors; the caller disposes it
   */
  factored(trained: Tensor1D): Tensor1D;
  /** @returns packed with the weights; the caller disposes it */
  multiplied(factored: Tensor1D): Tensor1D;
  /**
   * @param gradient with respect to the packed weights; disposed
   * @returns the one with respect to `factored`; the caller disposes it
   */
  gradient(gradient: Tensor1D, factored: Tensor1D): Tensor1D;
}

export function factoring(start: StitchParameters, rank: number): Factoring {
  const { source, target } = start;
  const weights = weightsOf(start);
  /** Parts of a vector before, at and after its weights or factors. */
  const split = (vector: Tensor1D, middle: number): readonly [Tensor1D, Tensor1D, Tensor1D] =>
    tf.split(vector, [2 * source, middle, 2 * target]) as [Tensor1D, Tensor1D, Tensor1D];
  const factorsIn = (packed: Tensor1D): readonly [Tensor2D, Tensor2D] => {
    const [u, v] = tf.split(packed, [source * rank, rank * target]) as [Tensor1D, Tensor1D];
    return [tf.reshape(u, [source, rank]), tf.reshape(v, [rank, target])];
  };
  return {
    factored(trained) {
      const made = tf.tidy(() => {
        const [before, , after] = split(trained, weights);
        return tf.concat1d([before, tf.tensor1d(factorsOf(start, rank)), after]);
      });
      trained.dispose();
      return made;
    },
    multiplied: (factored) =>
      tf.tidy(() => {
        const [before, middle, after] = split(factored, factorNumbers(start, rank));
        const [u, v] = factorsIn(middle);
        return tf.concat1d([before, tf.matMul(u, v).flatten(), after]);
      }),
    gradient(gradient, factored) {
      const made = tf.tidy(() => {
        const [, middle] = split(factored, factorNumbers(start, rank));
        const [u, v] = factorsIn(middle);
        const [before, flat, after] = split(gradient, weights);
        const dw = tf.reshape<Rank.R2>(flat, [source, target]);
        const [du, dv] = [tf.matMul(dw, v, false, true), tf.matMul(u, dw, true)];
        return tf.concat1d([before, du.flatten(), dv.flatten(), after]);
      });
      gradient.dispose();
      return made;
    },
  };
}
