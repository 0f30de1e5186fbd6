/**
 * Distance between a stitch's output and the representation that A's top was trained on, its own.
 * Computed from moments: no image is passed again.
 *
 * A stitch trained for the task need not reproduce A's own representation: its output may lie
 * outside the distribution that the top was trained on. Balogh & Jelasity 2025, "How not to stitch
 * representations to measure similarity", compare task loss with direct matching for that reason.
 */
import { matrixOf, symmetricMatrix } from "../linear-algebra/matrix";
import { product, rowProduct } from "../linear-algebra/products";
import { explainedShare, type AffineMap } from "./affine-map";
import type { Moments } from "./moments";

/** A mean is far off if it differs by more than this many of A's own standard deviations. */
export const farDeviations = 2;

/** From this distance, the stitched representation is out of A's distribution; see `frechet`. */
export const outOfDistribution = 1;

export interface RepresentationShift {
  /** [c₂] means of A's own representation, by channel */
  readonly ownMean: Float64Array;
  readonly ownDeviation: Float64Array;
  /** [c₂] means of the stitched one */
  readonly stitchedMean: Float64Array;
  readonly stitchedDeviation: Float64Array;
  /**
   * Share of A's variance that the stitch misses, position by position, Σ‖y − xW − b‖² / Σ‖y − ȳ‖²;
   * above 1 where A's mean would be closer. Null where A's representation does not vary.
   */
  readonly residual: number | null;
  /**
   * Channels that vary in A, and the number of those whose mean is off by more than
   * `farDeviations`.
   */
  readonly livelyChannels: number;
  readonly farChannels: number;
  /**
   * Squared Fréchet distance between the two as Gaussians with independent channels (Dowson &
   * Landau 1982; with the whole covariance it is the FID of Heusel et al. 2017), Σ (μ − m)² + (σ −
   * s)², as a share of A's variance Σ σ². 0 for equal means and variances; 1 for a stitch that
   * always outputs A's mean. A least-squares stitch is never above 1. Null where A's representation
   * does not vary.
   */
  readonly frechet: number | null;
}

/** @param moments of B's representation (x) and A's own (y), on the images to compare them on */
export function shiftOf(map: AffineMap, moments: Moments): RepresentationShift {
  const { count, meanX, meanY, xx, yy } = moments;
  const [c1, c2] = [meanX.length, meanY.length];
  const weight = matrixOf(c1, c2, map.weight);
  const spread = product(symmetricMatrix(xx), weight);
  const deviation = (sum: number): number => Math.sqrt(Math.max(0, sum / count));
  const atMean = rowProduct(meanX, weight);
  const stitchedMean = map.bias.map((bias, j) => bias + (atMean[j] ?? NaN));
  const stitchedDeviation = Float64Array.from({ length: c2 }, (_, j) => {
    let sum = 0;
    for (let at = j; at < c1 * c2; at += c2) {
      sum += (map.weight[at] ?? NaN) * (spread.values[at] ?? NaN);
    }
    return deviation(sum);
  });
  const ownMean = Float64Array.from(meanY);
  const ownDeviation = Float64Array.from({ length: c2 }, (_, j) =>
    deviation(yy[j * c2 + j] ?? NaN),
  );

  const offset = (j: number): number => (stitchedMean[j] ?? NaN) - (ownMean[j] ?? NaN);
  const lively = [...ownDeviation.keys()].filter((j) => (ownDeviation[j] ?? 0) > 0);
  const far = lively.filter((j) => Math.abs(offset(j)) > farDeviations * (ownDeviation[j] ?? NaN));
  const variance = ownDeviation.reduce((sum, own) => sum + own ** 2, 0);
  const distance = ownDeviation.reduce(
    (sum, own, j) => sum + offset(j) ** 2 + (own - (stitchedDeviation[j] ?? NaN)) ** 2,
    0,
  );
  const explained = explainedShare(map, moments);
  return {
    ownMean,
    ownDeviation,
    stitchedMean,
    stitchedDeviation,
    residual: explained === null ? null : 1 - explained,
    livelyChannels: lively.length,
    farChannels: far.length,
    frechet: variance > 0 ? distance / variance : null,
  };
}
