/** InstanceNormalization: each channel of each image on its own, over all positions. Ulyanov et al. 2016. */
import { tf, type Rank } from "../../../tensor/tf";
import { sizeOf } from "../../host-tensor";
import {
  inputShape,
  refusedNode,
  shapeText,
  type Call,
  type Operator,
} from "../interface/operator";
import { normalisation, normalisationWork, scaleAndShift } from "./row-normalisation";
import { isChannelsLast } from "../interface/window";

export const instanceNormalization: Operator = {
  shape(call) {
    scaleAndShift(call, [channelsOf(call)]);
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
  workBytes: (call, output) => normalisationWork(output, (output[0] ?? 1) * channelsOf(call)),
  flops: (_, output) => 8 * sizeOf(output),
};

function channelsOf(call: Call): number {
  const shape = inputShape(call, 0);
  const channels = shape[isChannelsLast(call.node) ? shape.length - 1 : 1];
  if (channels !== undefined && shape.length >= 3) return channels;
  throw refusedNode(call.node, "channels and positions", shapeText(shape));
}
