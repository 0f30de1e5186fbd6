/**
 * Refinement: training a stitch from the least-squares one in rounds, each a cosine to 0, until images held out
 * of training say that more does not help. Here is only what decides; `refine.ts` does the work.
 *
 * A round that helps is followed by one twice as long from where it ended (warm restarts, Loshchilov & Hutter
 * 2017). One that does not is thrown away: before anything has helped, the rate is too high for this tap and is
 * quartered, as in a backtracking line search; after that, the stitch has settled.
 */

/** Steps of the first round. */
const firstSteps = 16;
/** Adam's first rate in whitened coordinates, where one step moves every direction alike. */
const firstRate = 1e-2;
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
  | "budget";

/** Training images in two: stitches are trained on the first `fit`, and compared on the `heldOut` after them. */
export interface Division {
  readonly fit: number;
  readonly heldOut: number;
}

/** A tenth is held out, but enough for a tenth to tell stitches apart and never more than a quarter. */
export function divided(trainImages: number): Division {
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
  readonly helped: boolean;
  /** Whether any round has, this one included. */
  readonly everHelped: boolean;
  /** Times that the rate has been quartered. */
  readonly reductions: number;
  readonly stepsLeft: number;
}

export function afterRound(outcome: RoundOutcome): Round | StopReason {
  const { round, helped, everHelped, reductions, stepsLeft } = outcome;
  if (helped) return roundWithin(2 * round.steps, round.peakRate, stepsLeft) ?? "budget";
  if (everHelped) return "settled";
  if (reductions === mostReductions) return "least-squares";
  return roundWithin(round.steps, round.peakRate / 4, stepsLeft) ?? "least-squares";
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

/**
 * Whether a stitch is better than the best so far on the held-out images: its cross-entropy is lower by more
 * than the standard error of the paired difference. False where a loss is not finite.
 *
 * @param losses [n] of the new stitch, in nats
 * @param best [n] of the best so far, on the same images
 */
export function helps(losses: Float32Array, best: Float32Array): boolean {
  const n = best.length;
  let sum = 0;
  let squares = 0;
  best.forEach((loss, k) => {
    const gain = loss - (losses[k] ?? NaN);
    sum += gain;
    squares += gain ** 2;
  });
  const mean = sum / n;
  return mean > Math.sqrt(Math.max(0, squares / n - mean ** 2) / n);
}
