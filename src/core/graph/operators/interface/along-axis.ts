/** A constant matrix applied along one axis: gathering, mirroring and resizing are of this kind. */
import { keptTensors } from "../../../tensor/ownership";
import { tf, type Tensor, type Tensor2D } from "../../../tensor/tf";

/** Owns its matrices until `dispose`. To be used inside a `tidy`. */
export interface AxisMap {
  /** @param x any shape whose size along `axis` is the number of the matrix's columns */
  forward(x: Tensor): Tensor;
  /** The transpose of `forward`. */
  backward(gradient: Tensor): Tensor;
  dispose(): void;
}

/** @param rows of the matrix: the weight of each place of the input in each of the output */
export function axisMap(axis: number, rows: readonly Float32Array[]): AxisMap {
  const [out, size] = [rows.length, rows[0]?.length ?? 0];
  const values = new Float32Array(out * size);
  rows.forEach((row, at) => values.set(row, at * size));
  const kept = keptTensors(() => {
    const matrix = tf.tensor2d(values, [out, size]);
    return [matrix, tf.transpose(matrix)] as const;
  });
  return {
    forward: (x) => applied(x, axis, kept.get()[1]),
    backward: (gradient) => applied(gradient, axis, kept.get()[0]),
    dispose: () => kept.dispose(),
  };
}

/** As a product of two matrices, which every backend computes fast. */
function applied(x: Tensor, axis: number, matrix: Tensor2D): Tensor {
  const isLast = axis === x.rank - 1;
  const last = x.shape.map((_, at) => at).filter((at) => at !== axis);
  const order = [...last, axis];
  const moved = isLast ? x : tf.transpose(x, order);
  const [size, out] = matrix.shape;
  const product = tf.matMul(tf.reshape(moved, [x.size / size, size]), matrix);
  const whole = tf.reshape(product, [...moved.shape.slice(0, -1), out]);
  if (isLast) return whole;
  return tf.transpose(
    whole,
    order.map((_, at) => order.indexOf(at)),
  );
}

/** The rows of a matrix that copies places; 0 where an index is negative. */
export function copyingRows(indices: readonly number[], size: number): Float32Array[] {
  return indices.map((index) => {
    const row = new Float32Array(size);
    if (index >= 0) row[index] = 1;
    return row;
  });
}
