/** Losses of training steps, left on the device until several are read at once. */
import { tf, type Scalar } from "../tensor/tf";

/** Losses stay on the device this many steps; it also bounds how far a GPU's queue runs ahead. */
export const stepsPerReadback = 8;

/** Reads losses back, in order, in nats; the caller disposes them. */
export async function readLosses(pending: readonly Scalar[]): Promise<number[]> {
  if (pending.length === 0) return [];
  const stacked = tf.tidy(() => tf.stack([...pending]));
  try {
    return [...(await stacked.data())];
  } finally {
    stacked.dispose();
  }
}
