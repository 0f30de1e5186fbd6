/**
 * Linear centred kernel alignment, Kornblith et al. 2019, eq. 4: HSIC(K, L) / √(HSIC(K, K) HSIC(L, L))
 * with K = XXᵀ, L = YYᵀ. Over minibatches the three HSIC are summed first and the ratio is taken last
 * (Nguyen et al. 2021, eq. 2): an average of ratios would be biased.
 */
import { unbiasedHsic } from "./hsic";

/** HSIC summed over minibatches; sums of parts of the data add up to the sums of the whole. */
export interface HsicSums {
  /** HSIC₁(K, L) */
  readonly xy: number;
  readonly xx: number;
  readonly yy: number;
}

export const noHsic: HsicSums = { xy: 0, xx: 0, yy: 0 };

/** Fewer rows have no unbiased HSIC. */
export const smallestBatch = 4;

export function addHsic(a: HsicSums, b: HsicSums): HsicSums {
  return { xy: a.xy + b.xy, xx: a.xx + b.xx, yy: a.yy + b.yy };
}

/** HSIC₁ of one minibatch from its two Gram matrices, [n, n] row-major. */
export function hsicOfBatch(k: ArrayLike<number>, l: ArrayLike<number>, n: number): HsicSums {
  return { xy: unbiasedHsic(k, l, n), xx: unbiasedHsic(k, k, n), yy: unbiasedHsic(l, l, n) };
}

/**
 * Debiased CKA. May be below 0 for unrelated representations.
 *
 * @returns null where it is undefined: a representation that does not vary, or no batch large enough
 */
export function debiasedCka({ xy, xx, yy }: HsicSums): number | null {
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : null;
}
