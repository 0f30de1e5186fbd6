/**
 * The matrix products of multi-head attention. `tf.matMul` of many small matrices multiplies number
 * by number on wasm (tfjs 4.22.0).
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

/** Images, and columns of a head. */
export function sizesOf(
  rows: Tensor2D,
  { tokens, heads }: HeadShape,
): { n: number; width: number } {
  const [count, c] = rows.shape;
  return { n: count / tokens, width: c / heads };
}

/** [n t, c] to [n, heads, t, c / heads]. */
function byHead(rows: Tensor2D, shape: HeadShape): Tensor4D {
  const { tokens, heads } = shape;
  const { n, width } = sizesOf(rows, shape);
  return tf.transpose(tf.reshape<Rank.R4>(rows, [n, tokens, heads, width]), [0, 2, 1, 3]);
}

/** [n, heads, t, c / heads] to [n t, c]. */
function toRows(x: Tensor4D): Tensor2D {
  const [n, heads, tokens, width] = x.shape;
  return tf.reshape(tf.transpose(x, [0, 2, 1, 3]), [n * tokens, heads * width]);
}
