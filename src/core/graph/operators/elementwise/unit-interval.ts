/** Numbers cut off at 0 and at 1. */
import { tf, type Tensor } from "../../../tensor/tf";

export function clipped(x: Tensor): Tensor {
  return tf.clipByValue(x, 0, 1);
}

/** 1 where a number is between 0 and 1, else 0. */
export function inside(x: Tensor): Tensor {
  return tf.step(tf.mul(x, tf.sub(1, x)));
}
