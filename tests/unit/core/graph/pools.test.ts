import { expect, test } from "vitest";
import {
  averagePoolGradient,
  maxPoolGradient,
} from "../../../../src/core/graph/operators/pool-gradients";
import type { Window } from "../../../../src/core/graph/operators/window";
import { tf, type Tensor4D } from "../../../../src/core/tensor/tf";
import { describeOnEachBackend } from "../../backend";

function windowOf(kernel: number, stride: number, pad: number, out: number): Window {
  const both = (value: number): readonly [number, number] => [value, value];
  return {
    kernel: both(kernel),
    stride: both(stride),
    dilation: both(1),
    before: both(pad),
    after: both(pad),
    out: both(out),
  };
}

/** One image of one channel. */
function map(rows: number[][]): Tensor4D {
  const [height, width] = [rows.length, rows[0]?.length ?? 0];
  return tf.tensor4d(rows.flat(), [1, height, width, 1]);
}

function rowsOf(x: Tensor4D): number[][] {
  const [, height, width] = x.shape;
  const values = Array.from(x.dataSync());
  return Array.from({ length: height }, (_, row) => values.slice(row * width, (row + 1) * width));
}

describeOnEachBackend("the gradient of a pool", () => {
  test("goes to the first of equal numbers, where no number is above 0", () => {
    tf.tidy(() => {
      const x = map([
        [0, 0, -1, -2],
        [0, 0, -3, -1],
      ]);
      const y = map([[0, -1]]);
      const gradient = maxPoolGradient(x, x, y, map([[5, 7]]), windowOf(2, 2, 0, 1));
      expect(rowsOf(gradient)).toEqual([
        [5, 0, 7, 0],
        [0, 0, 0, 0],
      ]);
    });
  });

  test("adds up where windows overlap, and leaves the padding out", () => {
    tf.tidy(() => {
      const x = map([
        [1, 4, 2],
        [0, 9, 3],
        [5, 6, 7],
      ]);
      const padded = tf.pad(x, [[0, 0], [1, 1], [1, 1], [0, 0]], -3e38); // prettier-ignore
      const y = map([
        [9, 9],
        [9, 9],
      ]);
      const dy = map([
        [1, 2],
        [4, 8],
      ]);
      const gradient = maxPoolGradient(x, padded, y, dy, windowOf(3, 2, 1, 2));
      expect(rowsOf(gradient)).toEqual([
        [0, 0, 0],
        [0, 15, 0],
        [0, 0, 0],
      ]);
    });
  });

  test("of a mean is shared by its window", () => {
    tf.tidy(() => {
      const size = { n: 1, height: 3, width: 3, channels: 1 };
      const dy = map([
        [4, 8],
        [12, 16],
      ]);
      expect(rowsOf(averagePoolGradient(dy, windowOf(2, 1, 0, 2), size))).toEqual([
        [1, 3, 2],
        [4, 10, 6],
        [3, 7, 4],
      ]);
    });
  });
});
