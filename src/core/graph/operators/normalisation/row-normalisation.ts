/** What LayerNormalization and InstanceNormalization have in common: rows that are normalised, each on its own. */
import { layerNorm, tracedLayerNorm } from "../../../tensor/layer-norm";
import { tf, type Tensor, type Tensor2D } from "../../../tensor/tf";
import { floatBytes, hostFloats, sizeOf, type Shape } from "../../host-tensor";
import { numberAttribute } from "../interface/attributes";
import { deviceConstant } from "../interface/operand";
import {
  constantInput,
  given,
  refusedNode,
  shapeText,
  type Call,
  type Runner,
  type WorkBytes,
} from "../interface/operator";

/** Each row is normalised. */
export interface Rows {
  readonly toRows: (x: Tensor) => Tensor2D;
  readonly fromRows: (rows: Tensor2D, shape: Shape) => Tensor;
}

/** @param shape of scale and shift, to go with the input's */
export function normalisation(call: Call, shape: Shape, { toRows, fromRows }: Rows): Runner {
  const { scale, shift } = scaleAndShift(call, [sizeOf(shape)]);
  const epsilon = numberAttribute(call.node, "epsilon", 1e-5);
  const a = scale && deviceConstant(hostFloats(shape, scale));
  const b = shift && deviceConstant(hostFloats(shape, shift));
  const moved = (rows: Tensor2D, whole: Shape): Tensor => {
    const normal = fromRows(rows, whole);
    const scaled = a ? tf.mul<Tensor>(normal, a.get()) : normal;
    return b ? tf.add(scaled, b.get()) : scaled;
  };
  return {
    forward: ([x]) => moved(layerNorm(toRows(given(x)), epsilon), given(x).shape),
    trace([x]) {
      const { shape: whole } = given(x);
      const rows = tf.tidy(() => toRows(given(x)));
      const { output, pullback } = tracedLayerNorm(rows, epsilon);
      rows.dispose();
      return {
        output: tf.tidy(() => moved(output, whole)),
        pullback(gradient) {
          const scaled = a ? tf.mul<Tensor>(gradient, a.get()) : gradient;
          return [fromRows(pullback(toRows(scaled)), whole)];
        },
      };
    },
    keeps: { inputs: false, output: false },
    dispose() {
      a?.dispose();
      b?.dispose();
    },
  };
}

/** The normalised rows are kept until the pullback, with the deviation of each. */
export function normalisationWork(output: Shape, rows: number): WorkBytes {
  const array = floatBytes * sizeOf(output);
  return { forward: 4 * array, kept: array + floatBytes * rows, pullback: 7 * array };
}

interface Parameters {
  readonly scale: Float32Array | undefined;
  readonly shift: Float32Array | undefined;
}

/** Scale and shift, as many as there are numbers in a shape; without one it is 1, or 0. */
export function scaleAndShift(call: Call, shape: Shape): Parameters {
  const size = sizeOf(shape);
  const read = (at: number): Float32Array | undefined => {
    if (call.node.inputs[at] === undefined) return undefined;
    const { data, shape: found } = constantInput(call, at);
    if (data.length === size) return Float32Array.from(data);
    throw refusedNode(call.node, `input ${at + 1} of ${shapeText(shape)}`, shapeText(found));
  };
  return { scale: read(1), shift: read(2) };
}
