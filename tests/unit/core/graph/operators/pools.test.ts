import { describe, expect, test } from "vitest";
import { averagePoolGradient } from "../../../../../src/core/graph/operators/spatial/average-pool";
import type { Window } from "../../../../../src/core/graph/operators/interface/window";
import { kernels } from "../../../../../src/core/tensor/backend";
import { tf, type Tensor4D } from "../../../../../src/core/tensor/tf";
import { describeOnEachBackend } from "../../../backend";

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

/** One image; every channel is the same. */
function map(rows: number[][], channels = 1): Tensor4D {
  const [height, width] = [rows.length, rows[0]?.length ?? 0];
  return tf.tile(tf.tensor4d(rows.flat(), [1, height, width, 1]), [1, 1, 1, channels]);
}

/** A channel, the first by default. */
function rowsOf(x: Tensor4D, channel = 0): number[][] {
  const [, height, width, channels] = x.shape;
  const values = Array.from(x.dataSync()).filter((_, at) => at % channels === channel);
  return Array.from({ length: height }, (_, row) => values.slice(row * width, (row + 1) * width));
}

describeOnEachBackend("the gradient of a pool", () => {
  // Whole vectors of channels have a kernel of their own on wasm and WebGPU.
  describe.each([1, 8])("of a maximum, %i channels", (channels) => {
    const gradientOf = (x: number[][], y: number[][], dy: number[][], window: Window): Tensor4D =>
      kernels().maxPoolGradient(map(x, channels), map(y, channels), map(dy, channels), window);

    test("goes to the first of equal numbers, where no number is above 0", () => {
      tf.tidy(() => {
        const x = [
          [0, 0, -1, -2],
          [0, 0, -3, -1],
        ];
        const gradient = gradientOf(x, [[0, -1]], [[5, 7]], windowOf(2, 2, 0, 1));
        for (const channel of [0, channels - 1]) {
          expect(rowsOf(gradient, channel)).toEqual([
            [5, 0, 7, 0],
            [0, 0, 0, 0],
          ]);
        }
      });
    });

    test("adds up where windows overlap, and leaves the padding out", () => {
      tf.tidy(() => {
        const x = [
          [1, 4, 2],
          [0, 9, 3],
          [5, 6, 7],
        ];
        const y = [
          [9, 9],
          [9, 9],
        ];
        const dy = [
          [1, 2],
          [4, 8],
        ];
        const gradient = gradientOf(x, y, dy, windowOf(3, 2, 1, 2));
        for (const channel of [0, channels - 1]) {
          expect(rowsOf(gradient, channel)).toEqual([
            [0, 0, 0],
            [0, 15, 0],
            [0, 0, 0],
          ]);
        }
      });
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
