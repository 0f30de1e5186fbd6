/**
 * The stitch of the paper: BatchNorm(c₁) → 1×1 convolution c₁→c₂ → BatchNorm(c₂). Bansal, Nakkiran
 * & Barak 2021, appendix B.
 *
 *     z = BN₂(BN₁(x) W),  BN(u) = γ (u − mean) / √(variance + ε) + β
 *
 * The convolution has no bias, since BN₂ would subtract it. It may have a larger kernel (fig. 4),
 * which pads BN₁'s output with zeros.
 */
import type { Generator } from "../random/generator";
import type { AffineMap } from "./affine-map";
import type { Moments } from "./moments";

/** PyTorch's defaults. */
export const epsilon = 1e-5;
export const statisticsMomentum = 0.1;

export interface StitchShape {
  /** c₁, channels of B at the tap */
  readonly source: number;
  /** c₂, channels of A at the tap */
  readonly target: number;
  /** k, of a k×k convolution; absent for 1 */
  readonly side?: KernelSide | undefined;
}

/** All numbers of a stitch, trained ones and running statistics. */
export interface StitchParameters extends StitchShape {
  /** [c₁] */
  readonly gamma1: Float32Array;
  readonly beta1: Float32Array;
  readonly mean1: Float32Array;
  readonly variance1: Float32Array;
  /** [c₁, c₂] row-major; [k, k, c₁, c₂] for a larger kernel */
  readonly weight: Float32Array;
  /** [c₂] */
  readonly gamma2: Float32Array;
  readonly beta2: Float32Array;
  readonly mean2: Float32Array;
  readonly variance2: Float32Array;
}

/** Number of weights of the convolution. */
export function weightsOf({ source, target, side }: StitchShape): number {
  return (side ?? 1) ** 2 * source * target;
}

/** Number of weights of its two factors [c₁, r] and [r, c₂], for a 1×1 convolution of rank r. */
export function factorNumbers({ source, target }: StitchShape, rank: number): number {
  return rank * (source + target);
}

/**
 * A stitch with random weights, as PyTorch initialises a k×k convolution: uniform in ±1/√(k²c₁) (He
 * et al. 2015).
 */
export function randomStart(
  source: number,
  target: number,
  random: Generator,
  side: 1 | KernelSide = 1,
): StitchParameters {
  const shape: StitchShape = side === 1 ? { source, target } : { source, target, side };
  const bound = 1 / Math.sqrt(side * side * source);
  const weight = Float32Array.from(
    { length: weightsOf(shape) },
    () => (2 * random.uniform() - 1) * bound,
  );
  return {
    ...shape,
    gamma1: new Float32Array(source).fill(1),
    beta1: new Float32Array(source),
    mean1: new Float32Array(source),
    variance1: new Float32Array(source).fill(1),
    weight,
    gamma2: new Float32Array(target).fill(1),
    beta2: new Float32Array(target),
    mean2: new Float32Array(target),
    variance2: new Float32Array(target).fill(1),
  };
}

/**
 * An affine map as a stitch, exactly: BN₁ normalises by the source's own mean and variance, and BN₂
 * undoes that. A dead channel's weight is 0 up to the ridge, and ε keeps its scale finite.
 */
export function fromAffine(map: AffineMap, moments: Moments): StitchParameters {
  const { meanX, xx, count } = moments;
  const source = meanX.length;
  const target = map.bias.length;
  const variance1 = meanX.map((_, i) => (xx[i * source + i] ?? 0) / count);
  const scale1 = variance1.map((variance) => Math.sqrt(variance + epsilon));
  // W in normalised coordinates, and the variance of each output: wᵀ Σ w, w in the original ones.
  const weight = map.weight.map(
    (value, index) => value * (scale1[Math.floor(index / target)] ?? 0),
  );
  const variance2 = map.bias.map((_, j) =>
    outputVariance(map.weight, xx, count, source, target, j),
  );
  const gamma2 = variance2.map((variance) => Math.sqrt(variance + epsilon));
  const mean2 = new Float32Array(target);
  const beta2 = map.bias.map((bias, j) => {
    let at = bias;
    for (let i = 0; i < source; i++) at += (meanX[i] ?? 0) * (map.weight[i * target + j] ?? 0);
    return at;
  });
  return {
    source,
    target,
    gamma1: new Float32Array(source).fill(1),
    beta1: new Float32Array(source),
    mean1: Float32Array.from(meanX),
    variance1: Float32Array.from(variance1),
    weight: Float32Array.from(weight),
    gamma2: Float32Array.from(gamma2),
    beta2: Float32Array.from(beta2),
    mean2,
    variance2: Float32Array.from(variance2),
  };
}

/**
 * A 1×1 stitch as one with a k×k kernel, exactly: its weights at the kernel's centre, zeros around
 * them.
 *
 * @param stitch without a side
 */
export function widened(stitch: StitchParameters, side: KernelSide): StitchParameters {
  const shape: StitchShape = { source: stitch.source, target: stitch.target, side };
  const weight = new Float32Array(weightsOf(shape));
  weight.set(stitch.weight, ((side * side - 1) / 2) * stitch.weight.length);
  return { ...stitch, ...shape, weight };
}

/**
 * The same map up to rounding, with weights in units of each output's deviation: BN₂ scales what the
 * convolution did. Magnitudes can then be compared across all weights.
 *
 * @param stitch without a side
 */
export function standardised(stitch: StitchParameters): StitchParameters {
  const { target } = stitch;
  const deviation = stitch.variance2.map((variance) => Math.sqrt(variance + epsilon));
  return {
    ...stitch,
    weight: stitch.weight.map((value, at) => value / (deviation[at % target] ?? NaN)),
    mean2: stitch.mean2.map((mean, j) => mean / (deviation[j] ?? NaN)),
    variance2: new Float32Array(target).fill(1 - epsilon),
  };
}

/** The identity, for stitching a network to itself: BatchNorms that change nothing. */
export function identityStart(channels: number): StitchParameters {
  const weight = new Float32Array(channels * channels);
  for (let i = 0; i < channels; i++) weight[i * channels + i] = 1;
  const one = new Float32Array(channels).fill(1);
  const zero = new Float32Array(channels);
  // A variance of 1 − ε makes the scale 1, exactly once it is rounded to float32.
  const variance = new Float32Array(channels).fill(1 - epsilon);
  return {
    source: channels,
    target: channels,
    gamma1: one,
    beta1: zero,
    mean1: zero,
    variance1: variance,
    weight,
    gamma2: one,
    beta2: zero,
    mean2: zero,
    variance2: variance,
  };
}

/**
 * Folds the whole stitch, with its running statistics, into one affine map z = x W + b, for scoring
 * and for folding into a neighbouring layer. Not for larger kernels: see `padded-map.ts`.
 */
export function toAffine(stitch: StitchParameters): AffineMap {
  const { source, target } = stitch;
  const at = (values: Float32Array, index: number): number => values[index] ?? 0;
  const scale = (gamma: Float32Array, variance: Float32Array, index: number): number =>
    at(gamma, index) / Math.sqrt(at(variance, index) + epsilon);
  const weight = new Float64Array(source * target);
  const bias = new Float64Array(target);
  for (let j = 0; j < target; j++) {
    const scale2 = scale(stitch.gamma2, stitch.variance2, j);
    let through = 0;
    for (let i = 0; i < source; i++) {
      const w = at(stitch.weight, i * target + j);
      const scale1 = scale(stitch.gamma1, stitch.variance1, i);
      weight[i * target + j] = scale1 * w * scale2;
      through += (at(stitch.beta1, i) - at(stitch.mean1, i) * scale1) * w;
    }
    bias[j] = (through - at(stitch.mean2, j)) * scale2 + at(stitch.beta2, j);
  }
  return { weight, bias };
}

/** Computes wᵀ Σ w for column j of W. */
function outputVariance(
  weight: Float64Array,
  xx: Float64Array,
  count: number,
  source: number,
  target: number,
  j: number,
): number {
  let variance = 0;
  for (let i = 0; i < source; i++) {
    for (let k = 0; k < source; k++) {
      const product = (weight[i * target + j] ?? 0) * (weight[k * target + j] ?? 0);
      variance += (product * (xx[i * source + k] ?? 0)) / count;
    }
  }
  return Math.max(0, variance);
}

/** Kernel sides other than the paper's default of 1. Bansal, Nakkiran & Barak 2021, fig. 4. */
export const kernelSides = [3, 5, 7, 9] as const;
export type KernelSide = (typeof kernelSides)[number];
