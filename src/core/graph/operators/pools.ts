/**
 * MaxPool, AveragePool and GlobalAveragePool, over height and width.
 */
import { tf, type Rank, type Tensor, type Tensor4D } from "../../tensor/tf";
import { kernels } from "../../tensor/backend";
import { lowest } from "../../tensor/plain/max-pool";
import { averagePoolGradient } from "./pool-gradients";
import { integerAttribute } from "./attributes";
import { differentiable } from "./differentiable";
import { floatBytes, sizeOf } from "../host-tensor";
import { given, inputShape, refusedNode, type Call, type Operator } from "./operator";
import {
  imageShape,
  imageSize,
  kernelShape,
  windowOf,
  type ImageSize,
  type Window,
} from "./window";

export const maxPool: Operator = {
  shape: poolShape,
  prepare(call) {
    const { window } = read(call);
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
    const [kh, kw] = read(call).window.kernel;
    // One part of the gradient for each place in a window.
    return { forward: image, pullback: (kh * kw + 2) * image };
  },
};

export const averagePool: Operator = {
  shape: poolShape,
  prepare(call) {
    const { size, window } = read(call);
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
  workBytes(call) {
    const image = floatBytes * sizeOf(inputShape(call, 0));
    return { forward: image, pullback: 2 * image };
  },
};

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
};

function poolShape(call: Call): readonly number[] {
  const { size, window } = read(call);
  const [height, width] = window.out;
  return imageShape(call.node, { ...size, height, width });
}

function read(call: Call): { size: ImageSize; window: Window } {
  const { node } = call;
  const size = imageSize(node, inputShape(call, 0));
  const window = windowOf(node, size, kernelShape(node));
  if (window.dilation.some((step) => step !== 1)) {
    throw refusedNode(node, "windows without dilation", `dilations ${window.dilation.join(",")}`);
  }
  return { size, window };
}

/** The rows and columns after the image that the windows reach. */
function windowAfter({ kernel, stride, before, out }: Window, size: ImageSize): [number, number] {
  const reach = (axis: 0 | 1, length: number): number =>
    (out[axis] - 1) * stride[axis] + kernel[axis] - length - before[axis];
  return [reach(0, size.height), reach(1, size.width)];
}

function padding(window: Window, call: Call, value: number): (x: Tensor4D) => Tensor4D {
  const { size } = read(call);
  const after = windowAfter(window, size);
  const around: [number, number][] = [
    [0, 0],
    [window.before[0], Math.max(0, after[0])],
    [window.before[1], Math.max(0, after[1])],
    [0, 0],
  ];
  return around.flat().every((side) => side === 0) ? (x) => x : (x) => tf.pad(x, around, value);
}
