/**
 * Every kernel by tfjs's operators, which run on every backend; plain JavaScript and WebGL use only
 * these.
 */
import type { Kernels } from "../kernels";
import { tf, type Rank, type Tensor1D, type Tensor2D } from "../tf";
import { plainAttention } from "./attention";
import { filterGradientByShifts, plainConvolution, plainTrainedConvolution } from "./convolution";
import { plainElementwise } from "./elementwise";
import { plainMaxPoolGradient } from "./max-pool";
import { plainGeneralConvolution } from "./general-convolution";

const matMulTransposeA: Kernels["matMulTransposeA"] = (a, b) => tf.matMul(a, b, true);

export const plainKernels: Kernels = {
  ...plainAttention,
  ...plainElementwise,
  frozenConvolution: (kernel, bias, stride) =>
    plainConvolution(kernel, bias, stride, plainElementwise.reluGradient),
  generalConvolution: (values, bias, geometry) =>
    plainGeneralConvolution(values, bias, geometry, plainElementwise.reluGradient),
  ...plainTrainedConvolution,
  filterGradient: (x, dy, side, stride) =>
    filterGradientByShifts(x, dy, side, stride, matMulTransposeA),
  vectorPart: (vector, offset, shape) =>
    tf.tidy(() =>
      tf.reshape(tf.slice(vector, offset, tf.util.sizeFromShape([...shape])), [...shape]),
    ),
  maxPoolGradient: plainMaxPoolGradient,
  columnMoments: (x, mean, g) =>
    tf.tidy(() => {
      const centred = tf.sub<Tensor2D>(x, mean);
      const by = g ?? centred;
      return tf.stack([tf.sum(by, 0), tf.sum(tf.mul(by, centred), 0)]) as Tensor2D;
    }),
  scaleColumns: (x, scale, shift, { addend, relu }) =>
    tf.tidy(() => {
      const moved = tf.add<Tensor2D>(tf.mul(x, scale), shift);
      const sum = addend ? tf.add<Tensor2D>(moved, addend) : moved;
      return relu ? tf.relu(sum) : sum;
    }),
  combineColumns: (x, y, { a, b, d }) =>
    tf.tidy(() => tf.add<Tensor2D>(tf.add(tf.mul(x, a), tf.mul(y, b)), d)),
  matMulTransposeA,
  gramMatrix: (a) => tf.matMul(a, a, false, true),
  columnSums: (rows) => tf.sum<Tensor1D>(rows, 0),
  columnMeans: (rows) => tf.mean<Tensor1D>(rows, 0),
  centredColumns: (rows) =>
    tf.tidy(() => {
      const first = tf.slice(rows, [0, 0], [1, -1]);
      const moved = tf.sub(rows, first);
      const shift = tf.mean(moved, 0, true);
      return { centred: tf.sub<Tensor2D>(moved, shift), mean: tf.add<Tensor2D>(first, shift) };
    }),
  repeatRows(x, times) {
    const [n, c] = x.shape;
    return tf.tidy(() => tf.tile(tf.reshape(x, [n, 1, c]), [1, times, 1]));
  },
};

/** Computes `centredColumns` with means that are exact for constant columns. */
export function centredBy(
  columnMeans: Kernels["columnMeans"],
  rows: Tensor2D,
): { centred: Tensor2D; mean: Tensor2D } {
  return tf.tidy(() => {
    const mean = tf.reshape<Rank.R2>(columnMeans(rows), [1, -1]);
    return { centred: tf.sub<Tensor2D>(rows, mean), mean };
  });
}
