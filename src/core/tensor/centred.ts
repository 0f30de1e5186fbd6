/** Columns about their means. */
import { tf, type Tensor2D } from "./tf";

/**
 * Centres the columns of a matrix. They are moved by the first row before their mean is taken: a column
 * that does not vary comes out as exact zeros, where a mean rounded in float32 would leave a residue
 * that looks like variance.
 *
 * @param rows [n, c]
 * @returns the centred rows [n, c] and the means [1, c]; the caller disposes them
 */
export function centredColumns(rows: Tensor2D): { centred: Tensor2D; mean: Tensor2D } {
  return tf.tidy(() => {
    const first = tf.slice(rows, [0, 0], [1, -1]);
    const moved = tf.sub(rows, first);
    const shift = tf.mean(moved, 0, true);
    return { centred: tf.sub<Tensor2D>(moved, shift), mean: tf.add<Tensor2D>(first, shift) };
  });
}
