/**
 * Loss and gradient of BatchNorm → 1×1 convolution → BatchNorm with batch statistics, below a
 * frozen top.
 *
 * Over a batch the stitch is one affine map: only four matrix products touch tensors of the
 * activations' size. With x̂ = x − x̄ over the batch's N samples and C = x̂ᵀx̂ / N:
 *
 *     a₁ = γ₁ / √(diag C + ε)        P = diag(a₁) W
 *     q  = diag(PᵀCP)                a₂ = γ₂ / √(q + ε)
 *     z  = x̂ P diag(a₂) + β₂
 *
 * (β₁ only moves BN₂'s mean, which BN₂ subtracts.) From dz follow G = x̂ᵀdz and, by the chain rule,
 *
 *     dβ₂ = Σ dz      da₂ = colsum(P ∘ G)     dγ₂ = da₂ / √(q + ε)     dq = −½ da₂ γ₂ (q + ε)^(−3/2)
 *     dP  = G diag(a₂) + 2 C P diag(dq)
 *     dW  = diag(a₁) dP                       dγ₁ = rowsum(dP ∘ W) / √(diag C + ε)     dβ₁ = 0
 *
 * BatchNorm: Ioffe & Szegedy 2015, algorithm 1.
 */
import type { FrozenNetwork } from "../../nets/network";
import { kernels } from "../../tensor/backend";
import {
  tf,
  type Rank,
  type Scalar,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
} from "../../tensor/tf";
import { averagedOver } from "./parts";
import { epsilon } from "../parameters";
import { movedStatistics, packTrained, unpackTrained } from "./trainable";

// A type, not an interface: tfjs's `tidy` takes only types with an implicit index signature.
// eslint-disable-next-line @typescript-eslint/consistent-type-definitions
export type LossAndGradient = {
  /** Mean cross-entropy of the batch, in nats. */
  readonly loss: Scalar;
  /** Gradient with respect to the packed trained numbers. */
  readonly gradient: Tensor1D;
  /** The packed running statistics, moved towards this batch's. */
  readonly statistics: Tensor1D;
};

/**
 * @param trained packed, see `trainable.ts`
 * @param statistics packed
 * @param x [n, h, w, c₁] B's representation at the tap
 * @param labels [n, classes] one-hot
 * @returns new tensors, which the caller disposes
 */
export function lossAndGradient(
  trained: Tensor1D,
  statistics: Tensor1D,
  x: Tensor4D,
  labels: Tensor2D,
  top: FrozenNetwork,
  tap: number,
): LossAndGradient {
  return lossAndGradientInParts(
    trained,
    statistics,
    [{ x: () => x, labels: () => labels }],
    top,
    tap,
  );
}

/** A part of a batch; made when it is needed, twice. */
export interface BatchPart {
  /** [n, h, w, c₁] B's representation at the tap; to be called inside a `tidy` */
  readonly x: () => Tensor4D;
  /** [n, classes] one-hot; likewise */
  readonly labels: () => Tensor2D;
}

/**
 * As `lossAndGradient`, of a batch whose parts do not fit into memory together: the first pass over
 * them gives the batch statistics, the second the gradient.
 *
 * @param images parts of one size
 */
export function lossAndGradientInParts(
  trained: Tensor1D,
  statistics: Tensor1D,
  images: readonly BatchPart[],
  top: FrozenNetwork,
  tap: number,
): LossAndGradient {
  return tf.tidy(() => {
    const target = top.taps[tap]?.channels ?? 0;
    const { mean1, covariance, samples, centred: whole } = covarianceOf(images);
    const [source] = mean1.shape;
    const parts = unpackTrained(trained, source, target);
    const { beta1, weight, gamma2, beta2 } = parts;
    const gamma1 = tf.reshape(parts.gamma1, [source, 1]);

    const variance1 = tf.sum(tf.mul(covariance, tf.eye(source)), 1, true); // [c₁, 1]
    const deviation1 = tf.sqrt(tf.add(variance1, epsilon));
    const scale1 = tf.div(gamma1, deviation1); // a₁ [c₁, 1]
    const scaled = tf.mul<Tensor2D>(scale1, weight); // P [c₁, c₂]
    const correlated = tf.matMul(covariance, scaled); // C P
    const variance2 = tf.relu(tf.sum(tf.mul(scaled, correlated), 0)); // q [c₂]
    const deviation2 = tf.sqrt(tf.add(variance2, epsilon));
    const scale2 = tf.div(gamma2, deviation2); // a₂ [c₂]

    const folded = tf.mul<Tensor2D>(scaled, scale2);
    const [loss, g, dBeta2] = averagedOver(images, (part): [Scalar, Tensor2D, Tensor1D] => {
      const x = part.x();
      const [n, h, w] = x.shape;
      const rows = tf.reshape<Rank.R2>(x, [n * h * w, source]);
      const centred = whole ?? tf.sub<Tensor2D>(rows, mean1);
      const mapped = tf.fused.matMul({ a: centred, b: folded, bias: beta2 });
      const stitched = tf.reshape<Rank.R4>(mapped, [n, h, w, target]);
      const { loss, dz } = lossAbove(stitched, part.labels(), top, tap);
      // G [c₁, c₂] and Σ dz
      return [loss, kernels().matMulTransposeA(centred, dz), kernels().columnSums(dz)];
    });
    const dScale2 = tf.sum(tf.mul(scaled, g), 0);
    const dGamma2 = tf.div(dScale2, deviation2);
    const dVariance2 = tf.mul(tf.div(tf.mul(dGamma2, scale2), deviation2), -0.5);
    const dScaled = tf.add(tf.mul(g, scale2), tf.mul(tf.mul(correlated, dVariance2), 2));
    const gradient = packTrained({
      gamma1: tf.div(tf.sum(tf.mul(dScaled, weight), 1), tf.squeeze(deviation1, [1])),
      beta1: tf.zerosLike(beta1),
      weight: tf.mul(scale1, dScaled),
      gamma2: dGamma2 as Tensor1D,
      beta2: dBeta2,
    });

    const batch = {
      mean1,
      variance1: tf.squeeze(variance1, [1]),
      mean2: tf.squeeze(tf.matMul(tf.reshape(beta1, [1, source]), weight), [0]),
      variance2,
    };
    return { loss, gradient, statistics: movedStatistics(statistics, batch, samples) };
  });
}

/** Mean and covariance of the samples of a batch; to be called inside a `tidy`. */
function covarianceOf(parts: readonly BatchPart[]): {
  readonly mean1: Tensor1D;
  /** [c₁, c₁] */
  readonly covariance: Tensor2D;
  readonly samples: number;
  /** [samples, c₁] the samples without their mean; absent for a batch of several parts */
  readonly centred?: Tensor2D | undefined;
} {
  const gathered = (part: BatchPart): { mean: Tensor1D; centred: Tensor2D; squares: Tensor2D } => {
    const x = part.x();
    const [n, h, w, source] = x.shape;
    const flat = tf.reshape<Rank.R2>(x, [n * h * w, source]);
    const mean = kernels().columnMeans(flat);
    const centred = tf.sub<Tensor2D>(flat, mean);
    return { mean, centred, squares: kernels().matMulTransposeA(centred, centred) };
  };
  const [first] = parts;
  if (first && parts.length === 1) {
    const { mean, centred, squares } = gathered(first);
    const [samples] = centred.shape;
    return { mean1: mean, covariance: tf.div(squares, samples), samples, centred };
  }
  // About the mean of each part (Chan, Golub & LeVeque 1983, eq. 2.1): nothing is passed again.
  const means: Tensor1D[] = [];
  let samples = 0;
  const [mean1, within] = averagedOver(parts, (part): [Tensor1D, Tensor2D] => {
    const { mean, centred, squares } = gathered(part);
    samples += centred.shape[0];
    means.push(tf.keep(tf.clone(mean)));
    return [mean, tf.div(squares, centred.shape[0])];
  });
  const apart = tf.sub<Tensor2D>(tf.stack(means), mean1);
  tf.dispose(means);
  const between = tf.div(tf.matMul(apart, apart, true), parts.length);
  return { mean1, covariance: tf.add(within, between), samples };
}

/**
 * Runs the top on a stitch's output; to be called inside a `tidy`.
 *
 * @param z [n, h, w, c₂] the stitch's output
 * @param labels [n, classes] one-hot
 * @returns mean cross-entropy in nats, and its gradient with respect to z as rows, [n h w, c₂]
 */
export function lossAbove(
  z: Tensor4D,
  labels: Tensor2D,
  top: FrozenNetwork,
  tap: number,
): { loss: Scalar; dz: Tensor2D } {
  const [n, h, w, c2] = z.shape;
  const { logits, pullback } = top.traceTop(z, tap);
  const { loss, gradient } = kernels().crossEntropy(logits, labels);
  return { loss, dz: tf.reshape<Rank.R2>(pullback(gradient), [n * h * w, c2]) };
}
