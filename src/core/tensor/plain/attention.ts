/**
 * The matrix products of multi-head attention. tfjs (4.22.0) multiplies many small matrices element
 * by element on wasm.
 */
import type { HeadShape, Kernels } from "../kernels";
import { tf, type Rank, type Tensor2D, type Tensor4D } from "../tf";

export const plainAttention = {
  attentionScores: (a, b, shape) =>
    tf.tidy(() => tf.matMul<Tensor4D>(byHead(a, shape), byHead(b, shape), false, true)),
  attentionOutput: (weights, b, shape) => mixed(weights, b, shape, false),
  attentionOutputTransposed: (weights, b, shape) => mixed(weights, b, shape, true),
} satisfies Partial<Kernels>;

function mixed(weights: Tensor4D, b: Tensor2D, shape: HeadShape, transposed: boolean): Tensor2D {
  return tf.tidy(() => toRows(tf.matMul(weights, byHead(b, shape), transposed)));
}

/** Returns the number of images and the columns of a head. */
export function sizesOf(
  rows: Tensor2D,
  { tokens, heads }: HeadShape,
): { n: number; width: number } {
  const [count, c] = rows.shape;
  return { n: count / tokens, width: c / heads };
}

/** Splits [n t, c] into [n, heads, t, c / heads]. */
function byHead(rows: Tensor2D, shape: HeadShape): Tensor4D {
  const { tokens, heads } = shape;
  const { n, width } = sizesOf(rows, shape);
  return tf.transpose(tf.reshape<Rank.R4>(rows, [n, tokens, heads, width]), [0, 2, 1, 3]);
}

/** Joins [n, heads, t, c / heads] into [n t, c]. */
function toRows(x: Tensor4D): Tensor2D {
  const [n, heads, tokens, width] = x.shape;
  return tf.reshape(tf.transpose(x, [0, 2, 1, 3]), [n * tokens, heads * width]);
}
