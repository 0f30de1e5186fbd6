/**
 * Stitches that only choose channels, between any numbers of channels: what A's upper layers make
 * of B's representation when nothing is fitted, or only matched. `identity` and `permutation`
 * need equal numbers.
 */
import type { AffineMap } from "../affine-map";
import { bestAssignment } from "./assignment";
import { correlationsOf } from "./permutation";
import type { Moments } from "../moments";

/**
 * No stitch: target channel j reads source channel j. Source channels beyond c₂ are dropped, target
 * channels beyond c₁ are 0.
 *
 * @returns W [c₁, c₂], b = 0
 */
export function channelsInPlace(c1: number, c2: number): AffineMap {
  return choosing(
    Array.from({ length: c2 }, (_, j) => (j < c1 ? j : null)),
    c1,
  );
}

/**
 * Matches channels one to one with the largest sum of correlations, as `permutation` does; of the
 * larger side some remain unmatched, and an unmatched target channel is 0.
 *
 * @returns W [c₁, c₂], b = 0
 */
export function matchedChannels(moments: Moments): AffineMap {
  const [c1, c2] = [moments.meanX.length, moments.meanY.length];
  const correlations = correlationsOf(moments);
  const size = Math.max(c1, c2);
  // Square, as the assignment needs it: rows and columns that are added match without a gain.
  const scores = new Float64Array(size * size);
  for (let i = 0; i < c1; i++) {
    scores.set(correlations.subarray(i * c2, (i + 1) * c2), i * size);
  }
  const rows = bestAssignment(scores, size);
  return choosing(
    Array.from(rows.subarray(0, c2), (row) => (row < c1 ? row : null)),
    c1,
  );
}

/** @param sourceOf [c₂] the source channel of each target channel; null for none */
function choosing(sourceOf: readonly (number | null)[], c1: number): AffineMap {
  const c2 = sourceOf.length;
  const weight = new Float64Array(c1 * c2);
  sourceOf.forEach((i, j) => {
    if (i !== null) weight[i * c2 + j] = 1;
  });
  return { weight, bias: new Float64Array(c2) };
}
