/** Pools of the largest number, by tfjs's operators. */
import type { PoolShape } from "../kernels";
import { tf, type Tensor4D } from "../tf";

/** Below every number that a network computes. */
const lowest = -3e38;

/**
 * @param x [n, h, w, c]
 * @returns [n, ⌊(h + padding − k) / stride⌋ + 1, …, c]; the caller disposes it
 */
export function maxPool(x: Tensor4D, shape: PoolShape): Tensor4D {
  return tf.tidy(() => pooled(padded(x, shape, lowest), shape));
}

export function maxPoolGradient(x: Tensor4D, dy: Tensor4D, shape: PoolShape): Tensor4D {
  return tf.tidy(
    () =>
      tf.grad((input) => pooled(padded(input as Tensor4D, shape, lowest), shape))(
        x,
        dy,
      ) as Tensor4D,
  );
}

/** The pool of what is padded already. */
export function pooled(x: Tensor4D, { kernel, stride }: PoolShape): Tensor4D {
  return tf.maxPool(x, [...kernel], [...stride], "valid");
}

export function padded(x: Tensor4D, { before, after }: PoolShape, value: number): Tensor4D {
  if ([...before, ...after].every((side) => side === 0)) return x;
  return tf.pad(
    x,
    [
      [0, 0],
      [before[0], after[0]],
      [before[1], after[1]],
      [0, 0],
    ],
    value,
  );
}
