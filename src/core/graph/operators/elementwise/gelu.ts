/** Gelu: x Φ(x), where Φ is the normal distribution function. Hendrycks & Gimpel 2016. */
import { kernels } from "../../../tensor/backend";
import { tf, type Rank, type Tensor, type Tensor2D } from "../../../tensor/tf";
import { floatBytes, sizeOf } from "../../host-tensor";
import { textAttribute } from "../interface/attributes";
import { given, inputShape, type Operator } from "../interface/operator";

export const gelu: Operator = {
  shape(call) {
    textAttribute(call.node, "approximate", ["none"], "none");
    return inputShape(call, 0);
  },
  prepare: () => ({
    forward: ([x]) => tf.reshape(kernels().gelu(rowsOf(given(x))), given(x).shape),
    trace([x]) {
      const { shape } = given(x);
      const { output, slope } = kernels().geluWithSlope(rowsOf(given(x)));
      return {
        output: tf.reshape(output, shape),
        pullback: (gradient) => [tf.mul(gradient, tf.reshape(slope, shape))],
      };
    },
    keeps: { inputs: false, output: false },
    dispose: () => undefined,
  }),
  // The slope.
  workBytes: (_, output) => ({ forward: 0, kept: floatBytes * sizeOf(output), pullback: 0 }),
  flops: (_, output) => 10 * sizeOf(output),
};

function rowsOf(x: Tensor): Tensor2D {
  const columns = x.shape.at(-1) ?? 1;
  return tf.reshape<Rank.R2>(x, [x.size / columns, columns]);
}
