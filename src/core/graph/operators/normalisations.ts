/** LayerNormalization, over the last axes, and InstanceNormalization, over all positions. */
import { kernels } from "../../tensor/backend";
import { layerNorm, tracedLayerNorm } from "../../tensor/layer-norm";
import { tf, type Rank, type Tensor, type Tensor2D } from "../../tensor/tf";
import { hostFloats, sizeOf, type Shape } from "../host-tensor";
import { numberAttribute } from "./attributes";
import { axisAttribute } from "./axes";
import { deviceConstant } from "./operand";
import {
  constantInput,
  given,
  inputShape,
  refusedNode,
  shapeText,
  type Call,
  type Operator,
  type Runner,
} from "./operator";
import { isChannelsLast } from "./window";

export const layerNormalization: Operator = {
  shape(call) {
    parameters(call, lastAxes(call));
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
  flops: (_, output) => 8 * sizeOf(output),
};

/** Each channel of each image on its own. */
export const instanceNormalization: Operator = {
  shape(call) {
    parameters(call, [channelsOf(call)]);
    return inputShape(call, 0);
  },
  prepare(call) {
    const channels = channelsOf(call);
    const rank = inputShape(call, 0).length;
    const isLast = isChannelsLast(call.node);
    const shape = isLast ? [channels] : [channels, ...Array.from({ length: rank - 2 }, () => 1)];
    return normalisation(call, shape, {
      toRows(x) {
        const first = isLast ? tf.transpose(x, [0, 3, 1, 2]) : x;
        const [n = 1] = x.shape;
        const count = n * channels;
        return tf.reshape<Rank.R2>(first, [count, x.size / count]);
      },
      fromRows(rows, whole) {
        const [n = 1, h = 1, w = 1] = whole;
        if (!isLast) return tf.reshape(rows, [...whole]);
        return tf.transpose(tf.reshape(rows, [n, channels, h, w]), [0, 2, 3, 1]);
      },
    });
  },
  flops: (_, output) => 8 * sizeOf(output),
};

/** Each row is normalised. */
interface Rows {
  readonly toRows: (x: Tensor) => Tensor2D;
  readonly fromRows: (rows: Tensor2D, shape: Shape) => Tensor;
}

/** @param shape of scale and shift, to go with the input's */
function normalisation(call: Call, shape: Shape, { toRows, fromRows }: Rows): Runner {
  const { scale, shift } = parameters(call, [sizeOf(shape)]);
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
      const { output, pullback } = tracedLayerNorm(toRows(given(x)), epsilon);
      return {
        output: moved(output, whole),
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

interface Parameters {
  readonly scale: Float32Array | undefined;
  readonly shift: Float32Array | undefined;
}

/** Scale and shift, as many as there are numbers in a shape; without one it is 1, or 0. */
function parameters(call: Call, shape: Shape): Parameters {
  const size = sizeOf(shape);
  const read = (at: number): Float32Array | undefined => {
    if (call.node.inputs[at] === undefined) return undefined;
    const { data, shape: found } = constantInput(call, at);
    if (data.length === size) return Float32Array.from(data);
    throw refusedNode(call.node, `input ${at + 1} of ${shapeText(shape)}`, shapeText(found));
  };
  return { scale: read(1), shift: read(2) };
}

/** The sizes of the axes over which a layer is normalised. */
function lastAxes(call: Call): Shape {
  const shape = inputShape(call, 0);
  return shape.slice(axisAttribute(call.node, shape.length, -1));
}

function channelsOf(call: Call): number {
  const shape = inputShape(call, 0);
  const channels = shape[isChannelsLast(call.node) ? shape.length - 1 : 1];
  if (channels !== undefined && shape.length >= 3) return channels;
  throw refusedNode(call.node, "channels and positions", shapeText(shape));
}
