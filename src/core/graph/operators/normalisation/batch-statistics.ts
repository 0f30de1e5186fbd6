/**
 * BatchNorm with the statistics of the batch, as in training. Ioffe & Szegedy 2015, algorithm 1 and
 * the gradients of section 3.
 */
import { kernels } from "../../../tensor/backend";
import { tf, type Rank, type Tensor, type Tensor1D, type Tensor2D } from "../../../tensor/tf";
import type { TrainedNode } from "../interface/operator";

interface Vectors {
  readonly gamma: Tensor1D;
  readonly beta: Tensor1D;
}

interface Options {
  readonly epsilon: number;
  /** Added before the ReLU; of the input's shape. */
  readonly addend: Tensor | undefined;
  readonly relu: boolean;
}

/**
 * γ (x − mean) / √(variance + ε) + β in each channel, the last axis of x, then + addend, then ReLU.
 * The gradient comes with zeros where a ReLU's output is not positive.
 *
 * @returns a node whose statistics are those that PyTorch keeps: the mean and the unbiased variance
 */
export function batchNorm(
  input: Tensor,
  { gamma, beta }: Vectors,
  { epsilon, addend, relu }: Options,
  wantsInput: boolean,
): TrainedNode {
  const channels = gamma.size;
  const n = input.size / channels;
  const rows = (x: Tensor): Tensor2D => tf.reshape<Rank.R2>(x, [n, channels]);
  const x = rows(input);
  const mean = kernels().columnMeans(x);
  const squares = second(kernels().columnMoments(x, mean));
  const slope = tf.rsqrt(tf.add<Tensor1D>(tf.div(squares, n), epsilon));
  const scale = tf.mul<Tensor1D>(gamma, slope);
  const shift = tf.sub<Tensor1D>(beta, tf.mul(mean, scale));
  const output = kernels().scaleColumns(x, scale, shift, {
    addend: addend && rows(addend),
    relu,
  });
  return {
    output: tf.reshape(output, input.shape),
    statistics: [
      { at: 3, value: mean },
      { at: 4, value: tf.div(squares, Math.max(1, n - 1)) },
    ],
    pullback(gradient) {
      const dy = rows(gradient);
      const moments = kernels().columnMoments(x, mean, dy);
      const sum = first(moments);
      const product = second(moments);
      return [
        wantsInput ? inputGradient(dy, sum, product) : undefined,
        tf.mul(product, slope),
        sum,
        undefined,
        undefined,
        addend && gradient,
      ];
    },
  };

  /** Scale (dy − mean of dy − (x − mean) slope² mean of dy (x − mean)) */
  function inputGradient(dy: Tensor2D, sum: Tensor1D, product: Tensor1D): Tensor {
    const b = tf.neg(tf.div<Tensor1D>(tf.mul(tf.mul(scale, tf.square(slope)), product), n));
    const d = tf.neg(tf.add<Tensor1D>(tf.div(tf.mul(scale, sum), n), tf.mul(b, mean)));
    return tf.reshape(kernels().combineColumns(dy, x, { a: scale, b, d }), input.shape);
  }
}

function first(moments: Tensor2D): Tensor1D {
  return tf.reshape<Rank.R1>(tf.slice(moments, [0, 0], [1, -1]), [-1]);
}

function second(moments: Tensor2D): Tensor1D {
  return tf.reshape<Rank.R1>(tf.slice(moments, [1, 0], [1, -1]), [-1]);
}
