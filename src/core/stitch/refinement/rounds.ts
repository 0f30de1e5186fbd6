/**
 * Rounds of a refinement: a stitch trains from the least-squares one in rounds, each a cosine to 0,
 * until more rounds no longer help on held-out images. This file only decides; `refine.ts` does the
 * work.
 *
 * Every round continues from the best stitch so far and is twice as long as the one before (warm
 * restarts, Loshchilov & Hutter 2017). Until a round has helped, a round that does not is discarded
 * and the rate, too high for this tap, is quartered, as in a backtracking line search. After that,
 * the stitch has settled when two rounds in a row bring no clear gain.
 */

/** Steps of the first round. */
const firstSteps = 16;
/** Adam's first rate in whitened coordinates, where one step moves every direction equally. */
const firstRate = 1e-2;
/**
 * Rounds in a row without a clear gain after which the stitch has settled, once a round has helped.
 */
const patience = 2;
/** Times that the rate is quartered before refinement keeps the least-squares stitch. */
const mostReductions = 2;
/** Minimum length of a round. */
const fewestSteps = 4;

export interface Round {
  readonly steps: number;
  /** Adam's first rate; half a cosine takes it to 0 within the round. */
  readonly peakRate: number;
}

/** Why refinement ended. */
export type StopReason =
  /** Another round did not help. */
  | "settled"
  /** No round helped: the least-squares stitch is kept. */
  | "least-squares"
  /** All epochs are used, and the last round still helped. */
  | "budget"
  /**
   * The training images do not fill one batch: nothing was trained, and the least-squares stitch is
   * kept.
   */
  | "too-few-images";

/**
 * A split of the training images: stitches train on the first `fit` and are compared on the
 * `heldOut` images after them.
 */
export interface HeldOutSplit {
  readonly fit: number;
  readonly heldOut: number;
}

/** Holds out a tenth, within 256 and 1,000 images, but never more than a quarter. */
export function splitHeldOut(trainImages: number): HeldOutSplit {
  const heldOut = Math.min(
    Math.max(256, Math.min(1_000, Math.round(trainImages / 10))),
    Math.floor(trainImages / 4),
  );
  return { fit: trainImages - heldOut, heldOut };
}

/** @param steps total number of steps allowed @returns null if they are too few for a round */
export function firstRound(steps: number): Round | null {
  return roundWithin(firstSteps, firstRate, steps, 1);
}

/** The outcome of a round, compared with the best stitch so far. */
export interface RoundOutcome {
  readonly round: Round;
  /** Whether a round has helped clearly, this one included. */
  readonly hasImproved: boolean;
  /** Rounds in a row without a clear gain, this one included. */
  readonly roundsWithoutGain: number;
  readonly stepsLeft: number;
}

export function afterRound(outcome: RoundOutcome): Round | StopReason {
  const { round, hasImproved, roundsWithoutGain, stepsLeft } = outcome;
  if (!hasImproved) {
    if (roundsWithoutGain > mostReductions) return "least-squares";
    return roundWithin(round.steps, round.peakRate / 4, stepsLeft) ?? "least-squares";
  }
  if (roundsWithoutGain === patience) return "settled";
  return roundWithin(2 * round.steps, round.peakRate, stepsLeft) ?? "budget";
}

function roundWithin(
  steps: number,
  peakRate: number,
  stepsLeft: number,
  fewest = fewestSteps,
): Round | null {
  const within = Math.min(steps, stepsLeft);
  // A remainder too short for a round joins this one.
  const joined = stepsLeft - within < fewestSteps ? stepsLeft : within;
  return joined < fewest ? null : { steps: joined, peakRate };
}

/** How a stitch compares with the best so far on the held-out images. */
export interface Gain {
  /** Decrease of the mean cross-entropy, in nats; NaN where a loss is not finite. */
  readonly mean: number;
  /** Whether the decrease exceeds the standard error of the paired difference. */
  readonly clear: boolean;
}

/** The gain of a round that diverged. */
export const noGain: Gain = { mean: NaN, clear: false };

/**
 * Whether a round ended with finite numbers. Its held-out losses do not show it: where a backend's
 * ReLU turns NaN into 0, even a stitch of NaN has finite, or low, losses.
 *
 * @param packed the stitch
 * @param losses of the round's steps
 */
export function isFiniteRound(packed: Float32Array, losses: readonly number[]): boolean {
  return packed.every(Number.isFinite) && losses.every(Number.isFinite);
}

/**
 * @param best [n] cross-entropies of the best so far, in nats
 * @param losses [n] of the new stitch, on the same images
 */
export function gainOver(best: Float32Array, losses: Float32Array): Gain {
  const n = best.length;
  let sum = 0;
  let squares = 0;
  best.forEach((loss, k) => {
    const gain = loss - (losses[k] ?? NaN);
    sum += gain;
    squares += gain ** 2;
  });
  const mean = sum / n;
  return { mean, clear: mean > Math.sqrt(Math.max(0, squares / n - mean ** 2) / n) };
}
