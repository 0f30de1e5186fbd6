/**
 * Products of as many pairs of matrices as there are in a batch. Where a square matrix takes part, as
 * in attention, by the kernels of attention: tfjs (4.22.0) multiplies many small matrices element by
 * element on wasm.
 */
import { kernels } from "../../../tensor/backend";
import type { HeadShape } from "../../../tensor/kernels";
import { tf, type Rank, type Tensor, type Tensor2D, type Tensor4D } from "../../../tensor/tf";

/** A B */
export function times(a: Tensor, b: Tensor): Tensor {
  const [rows, inner, columns] = [a.shape[1] ?? 1, a.shape[2] ?? 1, b.shape[2] ?? 1];
  if (rows === inner) return mixed(a, b);
  if (rows === columns) return scores(a, transposed(b));
  return tf.matMul(a, b);
}

/** A Bᵀ */
export function timesTransposed(a: Tensor, b: Tensor): Tensor {
  const [rows, inner, columns] = [a.shape[1] ?? 1, a.shape[2] ?? 1, b.shape[1] ?? 1];
  if (rows === columns) return scores(a, b);
  if (rows === inner) return mixed(a, transposed(b));
  return tf.matMul(a, b, false, true);
}

/** Aᵀ B */
export function transposedTimes(a: Tensor, b: Tensor): Tensor {
  const [rows, inner, columns] = [a.shape[2] ?? 1, a.shape[1] ?? 1, b.shape[2] ?? 1];
  if (rows === inner) return mixedTransposed(a, b);
  if (columns === inner) return transposed(mixedTransposed(b, a));
  return tf.matMul(a, b, true, false);
}

/** A Bᵀ, square: as many rows in A as in B. */
function scores(a: Tensor, b: Tensor): Tensor {
  const [count = 1, rows = 1] = a.shape;
  const products = kernels().attentionScores(inRows(a), inRows(b), oneHead(rows));
  return tf.reshape(products, [count, rows, rows]);
}

/** A B with a square A. */
function mixed(a: Tensor, b: Tensor): Tensor {
  const output = kernels().attentionOutput(asWeights(a), inRows(b), oneHead(a.shape[1] ?? 1));
  return tf.reshape(output, b.shape);
}

/** Aᵀ B with a square A. */
function mixedTransposed(a: Tensor, b: Tensor): Tensor {
  const shape = oneHead(a.shape[1] ?? 1);
  return tf.reshape(kernels().attentionOutputTransposed(asWeights(a), inRows(b), shape), b.shape);
}

function oneHead(tokens: number): HeadShape {
  return { tokens, heads: 1 };
}

function transposed(x: Tensor): Tensor {
  return tf.transpose(x, [0, 2, 1]);
}

function inRows(x: Tensor): Tensor2D {
  const [count = 1, rows = 1, columns = 1] = x.shape;
  return tf.reshape<Rank.R2>(x, [count * rows, columns]);
}

function asWeights(x: Tensor): Tensor4D {
  const [count = 1, rows = 1, columns = 1] = x.shape;
  return tf.reshape<Rank.R4>(x, [count, 1, rows, columns]);
}
