/**
 * Sparse stitches: the convolution's weights are pruned to a share of them while the stitch trains.
 *
 * In rounds, those of the smallest magnitude are set to zero and stay there (Han et al. 2015,
 * "Learning both weights and connections for efficient neural networks", sec. 3); how many are left
 * after each round follows the cubic schedule of Zhu & Gupta 2017, "To prune, or not to prune",
 * eq. 1. Until the last round the loss has an L1 penalty on the weights (Han et al., sec. 3.1),
 * which moves them towards zero before they are pruned. In the second half of training, neither the
 * mask changes nor is there a penalty. BatchNorms are not pruned.
 */

/** Prunings, spread evenly over the first half of the steps. */
export const pruningRounds = 8;

/** λ of the penalty λ Σ|w|, in nats. */
export const l1Penalty = 1e-4;

/** Shares have at most four decimals. */
const shareUnits = 10_000;

/** Returns how many of some weights a share of them is, rounded up. @param share in (0, 1] */
export function keptOf(weights: number, share: number): number {
  // In whole numbers: 0.07 × 100 is more than 7.
  return Math.ceil((weights * Math.round(share * shareUnits)) / shareUnits);
}

/** Returns how many prunings there have been after some of the steps. */
export function roundsAfter(step: number, steps: number): number {
  if (steps === 0) return pruningRounds;
  return Math.min(pruningRounds, Math.floor((2 * pruningRounds * step) / steps));
}

/**
 * Returns how many weights are left after some of the steps: all of them at first, exactly the
 * share from half of the steps on.
 */
export function keptAfter(step: number, steps: number, weights: number, share: number): number {
  const least = keptOf(weights, share);
  const left = pruningRounds - roundsAfter(step, steps);
  return least + Math.ceil(((weights - least) * left ** 3) / pruningRounds ** 3);
}

/**
 * Marks the weights of the largest magnitude; of equal ones, the first.
 *
 * @param kept marks of those that there are to choose from
 * @returns [weights] 1 for each of the `count`, else 0
 */
export function largestWeights(
  weights: Float32Array,
  kept: Uint8Array,
  count: number,
): Uint8Array<ArrayBuffer> {
  const order = Array.from(weights.keys())
    .filter((at) => kept[at] === 1)
    .sort((a, b) => Math.abs(weights[b] ?? 0) - Math.abs(weights[a] ?? 0) || a - b);
  const marks = new Uint8Array(weights.length);
  for (const at of order.slice(0, count)) marks[at] = 1;
  return marks;
}

/**
 * Whether the marks of an earlier run are those of so many steps.
 *
 * @param kept [weights] 1 for each weight that is not pruned, else 0
 */
export function pruningFits(
  kept: Uint8Array | undefined,
  step: number,
  steps: number,
  weights: number,
  share: number,
): boolean {
  if (share === 1) return kept === undefined;
  return kept?.length === weights && countOf(kept) === keptAfter(step, steps, weights, share);
}

/** Returns how many weights are marked. */
export function countOf(kept: Uint8Array): number {
  return kept.reduce((sum, mark) => sum + mark, 0);
}
