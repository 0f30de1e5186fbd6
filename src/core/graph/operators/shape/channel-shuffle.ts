/**
 * ChannelShuffle: the channels of `groups` groups, dealt out one by one: the first of each group,
 * then the second of each.
 */
import { tf, type Tensor } from "../../../tensor/tf";
import { sizeOf, type Shape } from "../../host-tensor";
import { integerAttribute } from "../interface/attributes";
import { differentiable } from "../interface/differentiable";
import { given, inputShape, refusedNode, type Call, type Operator } from "../interface/operator";
import { imageSize, isChannelsLast } from "../interface/window";

export const channelShuffle: Operator = {
  shape(call) {
    groupsOf(call);
    return inputShape(call, 0);
  },
  prepare(call) {
    const groups = groupsOf(call);
    const axis = isChannelsLast(call.node) ? 3 : 1;
    return differentiable(
      ([x]) => dealt(given(x), axis, groups),
      // The same with as many groups as a group had channels.
      (_, __, gradient) => [dealt(gradient, axis, (gradient.shape[axis] ?? 1) / groups)],
      undefined,
      { inputs: false, output: false },
    );
  },
  flops: () => 0,
};

function dealt(x: Tensor, axis: number, groups: number): Tensor {
  const { shape }: { shape: Shape } = x;
  const before = sizeOf(shape.slice(0, axis));
  const each = (shape[axis] ?? 1) / groups;
  const after = sizeOf(shape.slice(axis + 1));
  const apart = tf.reshape(x, [before, groups, each, ...(after === 1 ? [] : [after])]);
  const turned = tf.transpose(apart, after === 1 ? [0, 2, 1] : [0, 2, 1, 3]);
  return tf.reshape(turned, [...shape]);
}

function groupsOf(call: Call): number {
  const { node } = call;
  const groups = integerAttribute(node, "groups", 1);
  const { channels } = imageSize(node, inputShape(call, 0));
  if (groups >= 1 && channels % groups === 0) return groups;
  throw refusedNode(node, `groups that divide ${channels} channels`, String(groups));
}
