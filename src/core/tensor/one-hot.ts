/** Class indices as rows of zeros with a one. */
import { tf, type Tensor2D } from "./tf";

/**
 * Filled here and not by `tf.oneHot`, whose wasm kernel (4.22.0) writes the bits of integers when asked
 * for floats.
 *
 * @param labels [n] class indices
 * @returns [n, classes]; the caller disposes it
 */
export function oneHot(labels: Uint8Array, classes: number): Tensor2D {
  const values = new Float32Array(labels.length * classes);
  labels.forEach((label, row) => (values[row * classes + label] = 1));
  return tf.tensor2d(values, [labels.length, classes]);
}
