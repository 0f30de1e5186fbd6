/** What pools over height and width have in common: their windows and the padding around the images. */
import { tf, type Tensor4D } from "../../../tensor/tf";
import { floatBytes, sizeOf, type Shape } from "../../host-tensor";
import { inputShape, refusedNode, type Call } from "../interface/operator";
import {
  imageShape,
  imageSize,
  kernelShape,
  windowOf,
  type ImageSize,
  type Window,
} from "../interface/window";

export function poolShape(call: Call): readonly number[] {
  const { size, window } = poolOf(call);
  const [height, width] = window.out;
  return imageShape(call.node, { ...size, height, width });
}

export function poolOf(call: Call): { size: ImageSize; window: Window } {
  const { node } = call;
  const size = imageSize(node, inputShape(call, 0));
  const window = windowOf(node, size, kernelShape(node));
  if (window.dilation.some((step) => step !== 1)) {
    throw refusedNode(node, "windows without dilation", `dilations ${window.dilation.join(",")}`);
  }
  return { size, window };
}

/** The rows and columns after the image that the windows reach. */
export function windowAfter(
  { kernel, stride, before, out }: Window,
  size: ImageSize,
): [number, number] {
  const reach = (axis: 0 | 1, length: number): number =>
    (out[axis] - 1) * stride[axis] + kernel[axis] - length - before[axis];
  return [reach(0, size.height), reach(1, size.width)];
}

export function padding(window: Window, call: Call, value: number): (x: Tensor4D) => Tensor4D {
  const { size } = poolOf(call);
  const after = windowAfter(window, size);
  const around: [number, number][] = [
    [0, 0],
    [window.before[0], Math.max(0, after[0])],
    [window.before[1], Math.max(0, after[1])],
    [0, 0],
  ];
  return around.flat().every((side) => side === 0) ? (x) => x : (x) => tf.pad(x, around, value);
}

/** Of the images with the padding around them; 0 where there is none. */
export function paddedBytes(call: Call): number {
  const { size, window } = poolOf(call);
  const { n, height, width, channels } = size;
  const [after, right] = windowAfter(window, size).map((side) => Math.max(0, side));
  const [h, w] = [
    height + window.before[0] + (after ?? 0),
    width + window.before[1] + (right ?? 0),
  ];
  return h * w === height * width ? 0 : floatBytes * n * h * w * channels;
}

/** One operation for each number of each window. */
export function poolFlops(call: Call, output: Shape): number {
  const [kh, kw] = poolOf(call).window.kernel;
  return kh * kw * sizeOf(output);
}
