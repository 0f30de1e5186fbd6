/**
 * Tokens as rows. Between the taps of a Vision Transformer a representation is [n, 1, t, c]: images
 * of one row and t columns. Stitches, moments and CKA thus treat tokens as positions. Within a
 * block it is a matrix with one row per token.
 */
import { tf, type Tensor, type Tensor2D, type Tensor4D } from "../tensor/tf";

/** [n, 1, t, c] to [n t, c]; shares the memory. */
export function rowsOf(x: Tensor): Tensor2D {
  const [n, h, t, c] = (x as Tensor4D).shape;
  return tf.reshape(x, [n * h * t, c]);
}

/** [n t, c] to [n, 1, t, c]; shares the memory. */
export function tokensFrom(rows: Tensor2D, tokens: number): Tensor4D {
  const [count, c] = rows.shape;
  return tf.reshape(rows, [count / tokens, 1, tokens, c]);
}
