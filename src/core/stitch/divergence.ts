/** When a training run has run away. */

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
