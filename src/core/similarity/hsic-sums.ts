/**
 * Centred kernel alignment, Kornblith et al. 2019, eq. 4: HSIC(K, L) / √(HSIC(K, K) HSIC(L, L)).
 * Over minibatches the three HSIC are summed first and the ratio is taken last (Nguyen et al. 2021,
 * eq. 2): an average of ratios would be biased.
 */
import type { Hsic } from "./hsic";

/** HSIC summed over minibatches; sums over parts of the data add up to the sum over the whole. */
export interface HsicSums {
  /** HSIC(K, L) */
  readonly xy: number;
  readonly xx: number;
  readonly yy: number;
}

export const noHsic: HsicSums = { xy: 0, xx: 0, yy: 0 };

export function addHsic(a: HsicSums, b: HsicSums): HsicSums {
  return { xy: a.xy + b.xy, xx: a.xx + b.xx, yy: a.yy + b.yy };
}

/** HSIC of one minibatch from its two kernel matrices, [n, n] row-major. */
export function hsicOfBatch(
  hsic: Hsic,
  k: ArrayLike<number>,
  l: ArrayLike<number>,
  n: number,
): HsicSums {
  return { xy: hsic(k, l, n), xx: hsic(k, k, n), yy: hsic(l, l, n) };
}

/**
 * CKA. With unbiased HSIC it may be below 0 for unrelated representations.
 *
 * @returns null where it is undefined: a representation that does not vary, one too large for
 *   float32, or no batch large enough
 */
export function ckaOf({ xy, xx, yy }: HsicSums): number | null {
  if (![xy, xx, yy].every(Number.isFinite)) return null;
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : null;
}
