/**
 * The matrix products of multi-head attention (Vaswani et al. 2017, section 3.2): of rows whose columns are
 * cut into as many stretches as there are heads, image by image and head by head.
 *
 * `tf.matMul` of many small matrices, which does it elsewhere, multiplies number by number on wasm (tfjs 4.22.0).
 */
import { tf, type Rank, type Tensor2D, type Tensor4D } from "./tf";
import { pointerTo, hasKernels, runKernel, scratch } from "./wasm/kernels";

/** How rows are cut: row r is token r mod t of image ⌊r / t⌋, columns h c/heads and on are head h's. */
export interface HeadShape {
  /** t, tokens in an image. */
  readonly tokens: number;
  readonly heads: number;
}

/**
 * A Bᵀ of each image and head: the inner product of every token of `a` with every token of `b`.
 *
 * @param a [n t, c]
 * @param b [n t, c]
 * @returns [n, heads, t, t]; the caller disposes it
 */
export function attentionScores(a: Tensor2D, b: Tensor2D, shape: HeadShape): Tensor4D {
  if (!hasKernels()) {
    return tf.tidy(() => tf.matMul<Tensor4D>(byHead(a, shape), byHead(b, shape), false, true));
  }
  const { tokens, heads } = shape;
  const { n, width } = sizesOf(b, shape);
  return runKernel(
    "headProducts",
    [a, b],
    [n, heads, tokens, tokens],
    [pointerTo(a), pointerTo(b), n, tokens, heads, width, scratch(width * wholePanels(tokens))],
  ) as Tensor4D;
}

/**
 * W B of each image and head: every token's mixture of the tokens of `b`.
 *
 * @param weights [n, heads, t, t]
 * @param b [n t, c]
 * @returns [n t, c]; the caller disposes it
 */
export function attentionOutput(weights: Tensor4D, b: Tensor2D, shape: HeadShape): Tensor2D {
  return mixed(weights, b, shape, false);
}

/**
 * Wᵀ B of each image and head.
 *
 * @param weights [n, heads, t, t]
 * @param b [n t, c]
 * @returns [n t, c]; the caller disposes it
 */
export function attentionOutputTransposed(
  weights: Tensor4D,
  b: Tensor2D,
  shape: HeadShape,
): Tensor2D {
  return mixed(weights, b, shape, true);
}

function mixed(weights: Tensor4D, b: Tensor2D, shape: HeadShape, transposed: boolean): Tensor2D {
  if (!hasKernels()) {
    return tf.tidy(() => toRows(tf.matMul(weights, byHead(b, shape), transposed)));
  }
  const { tokens, heads } = shape;
  const { n, width } = sizesOf(b, shape);
  const panels = tokens * wholePanels(width);
  const room = scratch(panels + tokens * tokens);
  const turned = room + panels * Float32Array.BYTES_PER_ELEMENT;
  const numbers = [n, tokens, heads, width, transposed ? 1 : 0, room, turned];
  return runKernel("mixTokens", [weights, b], b.shape, [
    pointerTo(weights),
    pointerTo(b),
    ...numbers,
  ]) as Tensor2D;
}

/** Columns of whole panels of eight, which the kernels pack a matrix into. */
function wholePanels(columns: number): number {
  return 8 * Math.ceil(columns / 8);
}

/** Images, and columns of a head. */
function sizesOf(rows: Tensor2D, { tokens, heads }: HeadShape): { n: number; width: number } {
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
