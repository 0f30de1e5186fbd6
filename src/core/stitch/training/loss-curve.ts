/**
 * Training losses by step, thinned to a few points, each the mean over equally many consecutive
 * steps, and the test for divergence. Plain numbers for checkpoints and results. Without tfjs: the
 * page draws it.
 */
import * as z from "../../schema";

/** Enough for a chart, and small to store. */
const mostPoints = 200;

export const lossCurveSchema = z.strictObject({
  /** Steps per point. */
  stride: z.int().check(z.positive()),
  /** Steps reported so far. */
  steps: z.int().check(z.nonnegative()),
  /** Sum of the losses of each point's steps, in nats; NaN where training diverged. */
  sums: z.custom<Float64Array>((value) => value instanceof Float64Array),
});
export type LossCurve = z.infer<typeof lossCurveSchema>;

/** @param steps maximum number of steps */
export function emptyCurve(steps: number): LossCurve {
  return { stride: Math.max(1, Math.ceil(steps / mostPoints)), steps: 0, sums: new Float64Array() };
}

/**
 * Adds the losses of some more steps. Steps that the curve has are skipped: a run resumed from a
 * checkpoint may report the last ones again.
 *
 * @param last the step of the last loss, counted from 1
 * @returns null if steps in between are missing
 */
export function withLosses(
  curve: LossCurve,
  losses: readonly number[],
  last: number,
): LossCurve | null {
  const { stride, steps } = curve;
  const first = last - losses.length;
  if (losses.length === 0 || last <= steps) return curve;
  if (first > steps) return null;
  const sums = new Float64Array(Math.ceil(last / stride));
  sums.set(curve.sums);
  for (let step = steps; step < last; step++) {
    const point = Math.floor(step / stride);
    sums[point] = (sums[point] ?? 0) + (losses[step - first] ?? NaN);
  }
  return { stride, steps: last, sums };
}

export interface LossPoint {
  /** The last of its steps, counted from 1. */
  readonly step: number;
  /** Mean cross-entropy in nats. */
  readonly loss: number;
}

export function lossPoints({ stride, steps, sums }: LossCurve): LossPoint[] {
  return Array.from(sums, (sum, point) => {
    const step = Math.min(steps, (point + 1) * stride);
    return { step, loss: sum / (step - point * stride) };
  });
}

/** Loss of guessing among ten classes, in nats. */
const chanceLoss = Math.log(10);

/**
 * Training diverges when a loss is not finite, or when the mean over the losses reported together
 * (up to eight steps: one odd batch ends nothing) exceeds ten times the loss of guessing.
 */
const explodingLoss = 10 * chanceLoss;

export interface Divergence {
  /** Steps taken, including the one with this loss. */
  readonly step: number;
  /** In nats. */
  readonly loss: number;
}

/**
 * @param losses losses reported together, the last of them that of `step`
 * @returns the first step that diverged; undefined if none did
 */
export function divergenceIn(losses: readonly number[], step: number): Divergence | undefined {
  const first = step - losses.length + 1;
  const unfit = losses.findIndex((loss) => !Number.isFinite(loss));
  if (unfit >= 0) return { step: first + unfit, loss: losses[unfit] ?? NaN };
  const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  return mean > explodingLoss ? { step, loss: mean } : undefined;
}
