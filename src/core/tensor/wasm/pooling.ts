/**
 * The gradient of a pool of the largest number by tfjs's kernel, which has two defects on wasm
 * (4.22.0). It does not see numbers up to 0: the gradient of a window that has no other goes to the
 * first number of the batch. And of equal numbers it takes the last, not the first.
 */
import type { PoolShape } from "../kernels";
import { padded, pooled } from "../plain/pooling";
import { tf, type Tensor4D } from "../tf";

export function maxPoolGradient(x: Tensor4D, dy: Tensor4D, shape: PoolShape): Tensor4D {
  return tf.tidy(() => {
    const [n, h, w, c] = x.shape;
    const { kernel, stride, before, after } = shape;
    const around = padded(positive(x), shape, 0);
    const height = (dy.shape[1] - 1) * stride[0] + kernel[0];
    const width = (dy.shape[2] - 1) * stride[1] + kernel[1];
    const [, wholeHeight, wholeWidth] = around.shape;
    // Only what windows reach, so that they are the same ones from the other end.
    const reached = tf.slice(around, [0, 0, 0, 0], [n, height, width, c]);
    const gradient = tf.grad((input) => pooled(input as Tensor4D, shape))(
      tf.reverse(reached, [1, 2]),
      tf.reverse(dy, [1, 2]),
    );
    const whole = tf.pad(tf.reverse(gradient, [1, 2]), [
      [0, 0],
      [0, wholeHeight - height],
      [0, wholeWidth - width],
      [0, 0],
    ]);
    const isPadded = [...before, ...after].some((side) => side > 0);
    return (isPadded ? tf.slice(whole, [0, ...before, 0], [n, h, w, c]) : whole) as Tensor4D;
  });
}

/** Shifts all numbers above zero, which leaves the largest of each window where it is. */
function positive(x: Tensor4D): Tensor4D {
  const lowest = tf.min(x);
  const margin = tf.add(tf.mul(tf.sub(tf.max(x), lowest), 1e-3), 1e-20);
  return tf.add(x, tf.sub(margin, lowest));
}
