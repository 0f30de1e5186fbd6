/** The gradient of a trained convolution's kernel, which tfjs has no fast way to on wasm (none, in 4.22.0) or WebGPU. */
import { tf, type Rank, type Tensor2D, type Tensor4D } from "./tf";
import { matMulTransposeA } from "./mat-mul-transpose-a";
import { pointerTo, hasKernels, runKernel } from "./wasm/kernels";

/**
 * Of a convolution with stride 1 and padding (k − 1) / 2. Each place of the kernel is a matrix product of what it read
 * and the gradient of what it fed.
 *
 * @param x [n, h, w, p] what the convolution read
 * @param dy [n, h, w, q] the gradient of what it gave
 * @param side k, odd
 * @returns [k, k, p, q]; the caller disposes it
 */
export function filterGradient(x: Tensor4D, dy: Tensor4D, side: number): Tensor4D {
  const [n, h, w, p] = x.shape;
  const [, , , q] = dy.shape;
  if (!hasKernels() || p % 4 !== 0 || q % 8 !== 0) return byShiftedCopies(x, dy, side);
  return runKernel(
    "filterGradient",
    [x, dy],
    [side, side, p, q],
    [pointerTo(x), pointerTo(dy), n, h, w, p, q, side],
  ) as Tensor4D;
}

function byShiftedCopies(x: Tensor4D, dy: Tensor4D, side: number): Tensor4D {
  return tf.tidy(() => {
    const [n, h, w, p] = x.shape;
    const [, , , q] = dy.shape;
    const reach = (side - 1) / 2;
    const around: [number, number] = [reach, reach];
    const padded = tf.pad(x, [[0, 0], around, around, [0, 0]]);
    const gradient = tf.reshape<Rank.R2>(dy, [n * h * w, q]);
    const places = Array.from({ length: side * side }, (_, place) =>
      // One copy at a time: together they are k² as large as the map.
      tf.tidy(() => {
        const read = tf.slice(padded, [0, Math.floor(place / side), place % side, 0], [n, h, w, p]);
        return matMulTransposeA(tf.reshape<Rank.R2>(read, [n * h * w, p]), gradient);
      }),
    );
    return tf.reshape<Rank.R4>(tf.concat<Tensor2D>(places), [side, side, p, q]);
  });
}
