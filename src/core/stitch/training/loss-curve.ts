/**
 * Training losses by step, thinned to a few points: each is the mean over as many steps in a row.
 * Plain numbers, since checkpoints and results hold it. Without tfjs: the page draws it.
 */
import * as z from "../../schema";

/** Enough for a chart, and next to nothing to store. */
const mostPoints = 200;

export const lossCurveSchema = z.strictObject({
  /** Steps that one point stands for. */
  stride: z.int().check(z.positive()),
  /** Steps told so far. */
  steps: z.int().check(z.nonnegative()),
  /** Sum of the losses of each point's steps, in nats; not a number where training ran away. */
  sums: z.custom<Float64Array>((value) => value instanceof Float64Array),
});
export type LossCurve = z.infer<typeof lossCurveSchema>;

/** @param steps most steps that there can be */
export function emptyCurve(steps: number): LossCurve {
  return { stride: Math.max(1, Math.ceil(steps / mostPoints)), steps: 0, sums: new Float64Array() };
}

/**
 * A curve with the losses of some steps more. Steps that it has are passed over: one that goes on
 * from a checkpoint may tell the last ones again.
 *
 * @param last the step that the last of the losses is of, counted from 1
 * @returns null where steps in between are missing, so that there is no curve
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
 * A loss is exploding when it is not finite, or when its mean over the losses told together (up to
 * eight steps, so that one odd batch ends nothing) is above ten times that of guessing.
 */
const explodingLoss = 10 * chanceLoss;

export interface Divergence {
  /** Steps taken, the one with that loss included. */
  readonly step: number;
  /** In nats. */
  readonly loss: number;
}

/**
 * @param losses those told together, the last of them that of `step`
 * @returns the first step that was too much; undefined while all is well
 */
export function divergenceIn(losses: readonly number[], step: number): Divergence | undefined {
  const first = step - losses.length + 1;
  const unfit = losses.findIndex((loss) => !Number.isFinite(loss));
  if (unfit >= 0) return { step: first + unfit, loss: losses[unfit] ?? NaN };
  const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  return mean > explodingLoss ? { step, loss: mean } : undefined;
}
