/** The gradient of means over height and width. */
import { fitted, spread } from "../../tensor/plain/general-convolution";
import { tf, type Rank, type Tensor4D } from "../../tensor/tf";
import type { ImageSize, Window } from "./window";

/** Shares each output's gradient among the numbers of its window. */
export function averagePoolGradient(
  gradient: Tensor4D,
  { kernel, stride, before }: Window,
  { height, width }: ImageSize,
): Tensor4D {
  const [kh, kw] = kernel;
  const [, , , c] = gradient.shape;
  const share = tf.fill<Rank.R4>([kh, kw, c, 1], 1 / (kh * kw));
  const around = fitted(spread(gradient, stride), { before, size: [height, width] }, kernel);
  return tf.depthwiseConv2d(around, share, 1, "valid");
}
