/** AveragePool: the mean of each window, with or without the padding. */
import { fitted, spread } from "../../../tensor/plain/general-convolution";
import { tf, type Rank, type Tensor, type Tensor4D } from "../../../tensor/tf";
import { floatBytes, sizeOf } from "../../host-tensor";
import { integerAttribute } from "../interface/attributes";
import { differentiable } from "../interface/differentiable";
import { given, inputShape, type Operator } from "../interface/operator";
import { paddedBytes, padding, poolFlops, poolOf, poolShape, windowAfter } from "./pooling";
import type { ImageSize, Window } from "../interface/window";

export const averagePool: Operator = {
  shape: poolShape,
  prepare(call) {
    const { size, window } = poolOf(call);
    const countsPadding = integerAttribute(call.node, "count_include_pad", 0) === 1;
    const padded = padding(window, call, 0);
    const pool = (x: Tensor): Tensor4D =>
      tf.avgPool(padded(x as Tensor4D), [...window.kernel], [...window.stride], "valid");
    const isPadded = [...window.before, ...windowAfter(window, size)].some((side) => side > 0);
    // The share of each window that lies within the image, where the padding does not count.
    const share =
      countsPadding || !isPadded
        ? undefined
        : tf.tidy(() => pool(tf.ones([1, size.height, size.width, 1])));
    const shared = (x: Tensor): Tensor4D => (share ? tf.div(x, share) : (x as Tensor4D));
    return differentiable(
      ([x]) => shared(pool(given(x))),
      (_, __, gradient) => [averagePoolGradient(shared(gradient), window, size)],
      () => share?.dispose(),
      { inputs: false, output: false },
    );
  },
  workBytes(call, output) {
    const padded = paddedBytes(call) || floatBytes * sizeOf(inputShape(call, 0));
    // The pool before it is divided by its share; the gradient with gaps, and with zeros around.
    return { forward: paddedBytes(call) + floatBytes * sizeOf(output), pullback: 3 * padded };
  },
  flops: poolFlops,
};

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
