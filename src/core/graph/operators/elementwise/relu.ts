/** Relu: x where it is positive, else 0. */
import { tf } from "../../../tensor/tf";
import { hostFloats } from "../../host-tensor";
import { given, known, inputShape, type Operator } from "../interface/operator";

export const relu: Operator = {
  shape: (call) => inputShape(call, 0),
  fold: ({ inputs: [x] }) => {
    const { shape, data } = known(x);
    return hostFloats(
      shape,
      Float32Array.from(data, (value) => Math.max(0, value)),
    );
  },
  prepare: () => ({
    forward: ([x]) => tf.relu(given(x)),
    // The gradient comes with zeros where the output is not positive.
    trace: ([x]) => ({ output: tf.relu(given(x)), pullback: (gradient) => [gradient] }),
    keeps: { inputs: false, output: true },
    endsInRelu: true,
    dispose: () => undefined,
  }),
};
