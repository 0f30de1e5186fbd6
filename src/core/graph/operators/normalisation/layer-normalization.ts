/** LayerNormalization: over the last axes, from `axis` on. Ba, Kiros & Hinton 2016. */
import { kernels } from "../../../tensor/backend";
import { tracedLayerNorm } from "../../../tensor/layer-norm";
import { tf, type Rank, type Tensor, type Tensor2D } from "../../../tensor/tf";
import { sizeOf, type Shape } from "../../host-tensor";
import { numberAttribute } from "../interface/attributes";
import { axisAttribute } from "../interface/axes";
import { given, inputShape, type Call, type Operator } from "../interface/operator";
import { normalisation, normalisationWork, scaleAndShift } from "./row-normalisation";

export const layerNormalization: Operator = {
  shape(call) {
    scaleAndShift(call, lastAxes(call));
    return inputShape(call, 0);
  },
  prepare(call) {
    const shape = lastAxes(call);
    const columns = sizeOf(shape);
    return normalisation(call, shape, {
      toRows: (x) => tf.reshape<Rank.R2>(x, [x.size / columns, columns]),
      fromRows: (rows, whole) => tf.reshape(rows, [...whole]),
    });
  },
  train(call) {
    const columns = sizeOf(lastAxes(call));
    const epsilon = numberAttribute(call.node, "epsilon", 1e-5);
    const rowsOf = (x: Tensor): Tensor2D => tf.reshape<Rank.R2>(x, [x.size / columns, columns]);
    return {
      parameters: [1, 2],
      trace([x, scale, shift], wanted) {
        const { shape } = given(x);
        const { output: normal, pullback } = tracedLayerNorm(rowsOf(given(x)), epsilon);
        return {
          output: tf.reshape(tf.add(tf.mul(normal, given(scale)), given(shift)), shape),
          pullback(gradient) {
            const rows = rowsOf(gradient);
            return [
              wanted[0] ? tf.reshape(pullback(tf.mul(rows, given(scale))), shape) : undefined,
              kernels().columnSums(tf.mul(rows, normal)),
              kernels().columnSums(rows),
            ];
          },
        };
      },
    };
  },
  workBytes: (call, output) => normalisationWork(output, sizeOf(output) / sizeOf(lastAxes(call))),
  flops: (_, output) => 8 * sizeOf(output),
};

/** The sizes of the axes over which a layer is normalised. */
function lastAxes(call: Call): Shape {
  const shape = inputShape(call, 0);
  return shape.slice(axisAttribute(call.node, shape.length, -1));
}
