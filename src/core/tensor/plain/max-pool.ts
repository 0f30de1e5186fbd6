/**
 * The gradient of a maximum over windows. tfjs's (4.22.0) is not used: on wasm it does not see
 * numbers up to 0, and gives a window without others to the first number of the batch.
 */
import type { PoolGeometry } from "../kernels";
import { tf, type Rank, type Tensor3D, type Tensor4D } from "../tf";
import { spread } from "./general-convolution";

/** Below every number that a network computes; the padding must never be the largest. */
export const lowest = -3e38;

/**
 * Passes each output's gradient to the largest number of its window; of equal ones to the first, as
 * PyTorch does.
 *
 * @param x [n, h, w, c]
 * @param output of the pool
 * @returns [n, h, w, c]
 */
export function plainMaxPoolGradient(
  x: Tensor4D,
  output: Tensor4D,
  gradient: Tensor4D,
  { kernel: [kh, kw], stride, before }: PoolGeometry,
): Tensor4D {
  const isTiled =
    kh === stride[0] &&
    kw === stride[1] &&
    x.shape[1] === kh * output.shape[1] &&
    x.shape[2] === kw * output.shape[2];
  if (isTiled) return tf.tidy(() => tiledMaxPoolGradient(x, gradient, kh, kw));
  const [, height, width] = x.shape;
  const [n, h, w, c] = output.shape;
  const [sh, sw] = stride;
  const reach = [(h - 1) * sh + 1, (w - 1) * sw + 1] as const;
  const after = [
    Math.max(0, reach[0] + kh - 1 - before[0] - height),
    Math.max(0, reach[1] + kw - 1 - before[1] - width),
  ] as const;
  const padded = tf.pad(
    x,
    [
      [0, 0],
      [before[0], after[0]],
      [before[1], after[1]],
      [0, 0],
    ],
    lowest,
  );
  let free: Tensor4D = tf.onesLike(output);
  let sum: Tensor4D | undefined;
  for (let row = 0; row < kh; row++) {
    for (let column = 0; column < kw; column++) {
      const read = tf.stridedSlice(
        padded,
        [0, row, column, 0],
        [n, row + reach[0], column + reach[1], c],
        [1, sh, sw, 1],
      );
      const taken = tf.mul<Tensor4D>(tf.cast(tf.equal(read, output), "float32"), free);
      free = tf.sub(free, taken);
      const own = spread(tf.mul(gradient, taken), stride);
      const part = placed(own, row - before[0], column - before[1], height, width);
      // Not by `tf.addN`, which on WebGPU (4.22.0) binds more buffers than a device may have.
      sum = sum ? tf.add<Tensor4D>(sum, part) : part;
    }
  }
  return sum ?? tf.zerosLike(x);
}

/** Windows that cover the image without overlaps: each is a row of numbers with a first maximum. */
function tiledMaxPoolGradient(x: Tensor4D, gradient: Tensor4D, kh: number, kw: number): Tensor4D {
  const [n, h, w, c] = gradient.shape;
  const rows = tf.reshape<Rank.R4>(x, [n * h, kh, w, kw * c]);
  const windows = tf.reshape<Rank.R3>(tf.transpose(rows, [0, 2, 1, 3]), [n * h * w, kh * kw, c]);
  const chosen = tf.cast(tf.oneHot(tf.argMax(windows, 1), kh * kw), "float32");
  const each = tf.mul<Tensor3D>(chosen, tf.reshape(gradient, [n * h * w, c, 1]));
  const back = tf.reshape<Rank.R4>(tf.transpose(each, [0, 2, 1]), [n * h, w, kh, kw * c]);
  return tf.reshape(tf.transpose(back, [0, 2, 1, 3]), x.shape);
}

/** Moves a map by rows and columns within an image of another size. */
function placed(x: Tensor4D, row: number, column: number, height: number, width: number): Tensor4D {
  const [n, h, w, c] = x.shape;
  const cut = [Math.max(0, -row), Math.max(0, -column)] as const;
  const kept = [Math.min(h, height - row) - cut[0], Math.min(w, width - column) - cut[1]] as const;
  const inside = tf.slice(x, [0, cut[0], cut[1], 0], [n, kept[0], kept[1], c]);
  const start = [Math.max(0, row), Math.max(0, column)] as const;
  return tf.pad(inside, [
    [0, 0],
    [start[0], height - start[0] - kept[0]],
    [start[1], width - start[1] - kept[1]],
    [0, 0],
  ]);
}
