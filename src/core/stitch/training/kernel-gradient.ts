/**
 * Loss and gradient of BatchNorm → k×k convolution → BatchNorm with batch statistics, below a
 * frozen top: the paper's stitch with a larger kernel. Bansal, Nakkiran & Barak 2021, fig. 4;
 * BatchNorm: Ioffe & Szegedy 2015, algorithm 1.
 *
 * A position now depends on its neighbours, and the border on the padding between BatchNorm and
 * convolution: nothing folds into one affine map as in `gradient.ts`. The gradient of the first
 * BatchNorm needs the convolution's input gradient, which is the convolution with the rotated
 * kernel.
 */
import type { FrozenNetwork } from "../../nets/network";
import { kernels } from "../../tensor/backend";
import { tf, type Rank, type Tensor1D, type Tensor2D, type Tensor4D } from "../../tensor/tf";
import { lossAbove, type LossAndGradient } from "./gradient";
import { epsilon } from "../parameters";
import { movedStatistics, packTrained, unpackKernel } from "./trainable";

/**
 * @param trained γ₁ [c₁], β₁ [c₁], kernel [k, k, c₁, c₂], γ₂ [c₂], β₂ [c₂], packed
 * @param statistics packed, see `trainable.ts`
 * @param x [n, h, w, c₁] B's representation at the tap
 * @param labels [n, classes] one-hot
 * @param side k, odd
 * @returns new tensors, which the caller disposes
 */
export function kernelLossAndGradient(
  trained: Tensor1D,
  statistics: Tensor1D,
  x: Tensor4D,
  labels: Tensor2D,
  top: FrozenNetwork,
  tap: number,
  side: number,
): LossAndGradient {
  return tf.tidy(() => {
    const [n, h, w, source] = x.shape;
    const target = top.taps[tap]?.channels ?? 0;
    const samples = n * h * w;
    const parts = unpackKernel(trained, source, target, side);
    const { gamma1, beta1, weight: kernel, gamma2, beta2 } = parts;

    const first = normalised(tf.reshape<Rank.R2>(x, [samples, source]));
    const fed = tf.add<Tensor2D>(tf.mul(first.values, gamma1), beta1);
    const maps = tf.reshape<Rank.R4>(fed, [n, h, w, source]);
    const convolved = tf.conv2d(maps, kernel, 1, "same");
    const second = normalised(tf.reshape<Rank.R2>(convolved, [samples, target]));
    const stitched = tf.add<Tensor2D>(tf.mul(second.values, gamma2), beta2);

    const z = tf.reshape<Rank.R4>(stitched, [n, h, w, target]);
    const { loss, dz } = lossAbove(z, labels, top, tap);

    const dBeta2 = kernels().columnSums(dz);
    const dGamma2 = kernels().columnSums(tf.mul<Tensor2D>(dz, second.values));
    const along = tf.add(tf.mul(second.values, tf.div(dGamma2, samples)), tf.div(dBeta2, samples));
    const scale2 = tf.div(gamma2, second.deviation);
    const dConvolved = tf.reshape<Rank.R4>(tf.mul(tf.sub(dz, along), scale2), [n, h, w, target]);

    const rotated = tf.transpose(tf.reverse(kernel, [0, 1]), [0, 1, 3, 2]);
    const dMaps = tf.conv2d(dConvolved, rotated, 1, "same");
    const dFed = tf.reshape<Rank.R2>(dMaps, [samples, source]);
    const gradient = packTrained({
      gamma1: kernels().columnSums(tf.mul<Tensor2D>(dFed, first.values)),
      beta1: kernels().columnSums(dFed),
      weight: kernels().filterGradient(maps, dConvolved, side, 1),
      gamma2: dGamma2,
      beta2: dBeta2,
    });

    const batch = {
      mean1: first.mean,
      variance1: first.variance,
      mean2: second.mean,
      variance2: second.variance,
    };
    return { loss, gradient, statistics: movedStatistics(statistics, batch, samples) };
  });
}

/** Normalises columns to mean 0 and variance 1 over the batch. @param rows [n, c] */
function normalised(rows: Tensor2D): {
  values: Tensor2D;
  mean: Tensor1D;
  variance: Tensor1D;
  deviation: Tensor1D;
} {
  const mean = kernels().columnMeans(rows);
  const centred = tf.sub<Tensor2D>(rows, mean);
  const variance = kernels().columnMeans(tf.square(centred));
  const deviation = tf.sqrt<Tensor1D>(tf.add(variance, epsilon));
  return { values: tf.div<Tensor2D>(centred, deviation), mean, variance, deviation };
}
