/** Losses of training steps, left on the device until several are read at once. */
import type { Scalar } from "../tensor/tf";

/** Losses stay on the device this many steps: a readback waits for all that was asked for before it. */
export const stepsPerReadback = 8;

/** Reads losses back, in order, in nats; the caller disposes them. */
export async function readLosses(pending: readonly Scalar[]): Promise<number[]> {
  // Not stacked before: that would be a program of its own for every number of them.
  const values = await Promise.all(pending.map((loss) => loss.data()));
  return values.map(([loss = NaN]) => loss);
}
