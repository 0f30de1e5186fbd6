/**
 * A permutation of channels: the same features in another order. Each of A's channels reads its
 * matched channel of B, neither scaled nor shifted; scaling and shifting would be a separate
 * family.
 *
 * Matches channels one to one with the largest sum of correlations over all positions of all
 * images. Li et al. 2015, "Convergent Learning"; Ainsworth et al. 2023, "Git Re-Basin", sec. 3.1.
 */
import { diagonalOf } from "../../linear-algebra/matrix";
import { explainedShare } from "../affine-map";
import type { Moments } from "../moments";
import { bestAssignment } from "./assignment";
import { channelsOfBoth, type FamilyFit } from "./family";

export interface PermutationFit extends FamilyFit {
  /** [c] the channel of the source that each channel of the target reads */
  readonly sourceOf: Int32Array;
  /** Mean correlation of the matched channels. */
  readonly meanCorrelation: number;
}

/**
 * Returns the best permutation. A constant channel correlates with none and takes what remains.
 *
 * @throws LabError `bad-shape` when source and target differ in channels
 */
export function permutation(moments: Moments): PermutationFit {
  const c = channelsOfBoth("permutation stitch", moments);
  const correlations = correlationsOf(moments);
  const sourceOf = bestAssignment(correlations, c);
  const weight = new Float64Array(c * c);
  let correlation = 0;
  sourceOf.forEach((i, j) => {
    weight[i * c + j] = 1;
    correlation += correlations[i * c + j] ?? NaN;
  });
  const map = { weight, bias: new Float64Array(c) };
  return {
    ...map,
    r2: explainedShare(map, moments),
    sourceOf,
    meanCorrelation: correlation / c,
  };
}

/** Pearson's correlation of every source channel with every target channel, [c₁, c₂]. */
export function correlationsOf({ xx, xy, yy }: Moments): Float64Array {
  const variancesX = diagonalOf(xx);
  const variancesY = diagonalOf(yy);
  return xy.map((covariance, at) => {
    const varianceX = variancesX[Math.floor(at / variancesY.length)] ?? NaN;
    const varianceY = variancesY[at % variancesY.length] ?? NaN;
    return varianceX > 0 && varianceY > 0 ? covariance / Math.sqrt(varianceX * varianceY) : 0;
  });
}
