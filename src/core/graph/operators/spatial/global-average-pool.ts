/** GlobalAveragePool: the mean of each channel over height and width. */
import { kernels } from "../../../tensor/backend";
import { tf, type Rank, type Tensor, type Tensor4D } from "../../../tensor/tf";
import { sizeOf } from "../../host-tensor";
import { differentiable } from "../interface/differentiable";
import { given, inputShape, type Operator } from "../interface/operator";
import { imageShape, imageSize } from "../interface/window";

export const globalAveragePool: Operator = {
  shape(call) {
    const size = imageSize(call.node, inputShape(call, 0));
    return imageShape(call.node, { ...size, height: 1, width: 1 });
  },
  prepare: () =>
    differentiable(
      ([x]) => tf.mean(given(x), [1, 2], true),
      ([x], _, gradient) => {
        const [n, h, w, c] = (given(x) as Tensor4D).shape;
        const rows = tf.mul<Tensor>(tf.reshape(gradient, [n, c]), 1 / (h * w));
        const repeated = kernels().repeatRows(tf.reshape<Rank.R2>(rows, [n, c]), h * w);
        return [tf.reshape(repeated, [n, h, w, c])];
      },
    ),
  flops: (call) => sizeOf(inputShape(call, 0)),
};
