/**
 * Refinement: training a stitch from the least-squares one in rounds, each a cosine to 0, until
 * images held out of training say that more does not help. Here is only what decides; `refine.ts`
 * does the work.
 *
 * Every round goes on from the best stitch so far and is twice as long as the one before (warm
 * restarts, Loshchilov & Hutter 2017). Before anything has helped, a round that does not is thrown
 * away and the rate, too high for this tap, is quartered, as in a backtracking line search. After
 * that, two rounds in a row without a clear gain mean that the stitch has settled.
 */

/** Steps of the first round. */
const firstSteps = 16;
/** Adam's first rate in whitened coordinates, where one step moves every direction alike. */
const firstRate = 1e-2;
/**
 * Rounds in a row without a clear gain, once something has helped, after which the stitch has
 * settled.
 */
const patience = 2;
/** Times that the rate is quartered before the least-squares stitch is taken for the best. */
const mostReductions = 2;
/** A round shorter than this is not begun. */
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
  /** The epochs asked for are over, and the last round still helped. */
  | "budget"
  /**
   * The images to train on do not fill one batch: nothing was trained, the least-squares stitch is
   * kept.
   */
  | "too-few-images";

/**
 * Training images in two: stitches are trained on the first `fit`, and compared on the `heldOut`
 * after them.
 */
export interface HeldOutSplit {
  readonly fit: number;
  readonly heldOut: number;
}

/**
 * A tenth is held out, but enough for a tenth to tell stitches apart and never more than a quarter.
 */
export function splitHeldOut(trainImages: number): HeldOutSplit {
  const heldOut = Math.min(
    Math.max(256, Math.min(1_000, Math.round(trainImages / 10))),
    Math.floor(trainImages / 4),
  );
  return { fit: trainImages - heldOut, heldOut };
}

/** @param steps all that may be taken; null for none */
export function firstRound(steps: number): Round | null {
  return roundWithin(firstSteps, firstRate, steps, 1);
}

/** What is known when a round has been compared with the best stitch so far. */
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
  // A short rest is joined to this round and not left for one of its own.
  const joined = stepsLeft - within < fewestSteps ? stepsLeft : within;
  return joined < fewest ? null : { steps: joined, peakRate };
}

/** How a stitch compares with the best so far on the held-out images. */
export interface Gain {
  /** Its mean cross-entropy is lower, in nats by so much; NaN where a loss is not finite. */
  readonly mean: number;
  /** By more than the standard error of the paired difference. */
  readonly clear: boolean;
}

/** Of a round that ran away. */
export const noGain: Gain = { mean: NaN, clear: false };

/**
 * Whether a round ended in numbers. Its held-out losses cannot tell: where a backend's ReLU turns
 * NaN into 0, the losses of a stitch that is none are finite, even low.
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
