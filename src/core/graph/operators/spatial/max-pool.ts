/** MaxPool: the largest number of each window. */
import { kernels } from "../../../tensor/backend";
import { lowest } from "../../../tensor/plain/max-pool";
import { tf, type Tensor4D } from "../../../tensor/tf";
import { floatBytes, sizeOf } from "../../host-tensor";
import { differentiable } from "../interface/differentiable";
import { given, inputShape, type Operator } from "../interface/operator";
import { paddedBytes, padding, poolFlops, poolOf, poolShape } from "./pooling";

export const maxPool: Operator = {
  shape: poolShape,
  prepare(call) {
    const { window } = poolOf(call);
    const padded = padding(window, call, lowest);
    return differentiable(
      ([x]) =>
        tf.maxPool(padded(given(x) as Tensor4D), [...window.kernel], [...window.stride], "valid"),
      ([x], output, gradient) => {
        const image = given(x) as Tensor4D;
        const [y, dy] = [output as Tensor4D, gradient as Tensor4D];
        return [kernels().maxPoolGradient(image, y, dy, window)];
      },
    );
  },
  workBytes(call) {
    const image = floatBytes * sizeOf(inputShape(call, 0));
    const [kh, kw] = poolOf(call).window.kernel;
    // In plain JavaScript one part of the gradient for each place in a window; our kernels need none.
    return { forward: paddedBytes(call), pullback: (kh * kw + 2) * image };
  },
  flops: poolFlops,
};
