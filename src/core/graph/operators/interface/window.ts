/** Windows that slide over height and width: kernels, strides and padding of convolutions and pools. */
import type { GraphNode } from "../../graph";
import type { Shape } from "../../host-tensor";
import { integerAttribute, integersAttribute, textAttribute } from "./attributes";
import { refusedNode, shapeText } from "./operator";

export interface Window {
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly dilation: Pair;
  readonly before: Pair;
  readonly after: Pair;
  /** Number of places: height and width of the output. */
  readonly out: Pair;
}

export type Pair = readonly [height: number, width: number];

/** Whether a node reads and writes [n, h, w, c], not [n, c, h, w]. Set by the layout pass. */
export function isChannelsLast(node: GraphNode): boolean {
  return integerAttribute(node, "channelsLast", 0) === 1;
}

/** Sizes of a batch of images. */
export interface ImageSize {
  readonly n: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** @throws LabError for anything but a batch of images */
export function imageSize(node: GraphNode, shape: Shape): ImageSize {
  const [n, b, c, d] = shape;
  if (
    shape.length !== 4 ||
    n === undefined ||
    b === undefined ||
    c === undefined ||
    d === undefined
  ) {
    throw refusedNode(node, "a batch of images, with 4 axes", shapeText(shape));
  }
  return isChannelsLast(node)
    ? { n, height: b, width: c, channels: d }
    : { n, channels: b, height: c, width: d };
}

export function imageShape(node: GraphNode, { n, height, width, channels }: ImageSize): Shape {
  return isChannelsLast(node) ? [n, height, width, channels] : [n, channels, height, width];
}

/**
 * Reads strides, pads, dilations, auto_pad and ceil_mode as ONNX defines them.
 *
 * @throws LabError for a window that does not fit
 */
export function windowOf(node: GraphNode, { height, width }: ImageSize, kernel: Pair): Window {
  const stride = pair(node, "strides");
  const dilation = pair(node, "dilations");
  const size: Pair = [height, width];
  const reach = map((axis) => (kernel[axis] - 1) * dilation[axis] + 1);
  const auto = textAttribute(
    node,
    "auto_pad",
    ["NOTSET", "VALID", "SAME_UPPER", "SAME_LOWER"],
    "NOTSET",
  );
  const pads = auto === "NOTSET" ? integersAttribute(node, "pads", [0, 0, 0, 0]) : [0, 0, 0, 0];
  let [before, after]: [Pair, Pair] = [
    [pads[0] ?? 0, pads[1] ?? 0],
    [pads[2] ?? 0, pads[3] ?? 0],
  ];
  if (auto === "SAME_UPPER" || auto === "SAME_LOWER") {
    const total = map((axis) =>
      Math.max(
        0,
        (Math.ceil(size[axis] / stride[axis]) - 1) * stride[axis] + reach[axis] - size[axis],
      ),
    );
    const less = map((axis) => Math.floor(total[axis] / 2));
    const more = map((axis) => total[axis] - less[axis]);
    [before, after] = auto === "SAME_UPPER" ? [less, more] : [more, less];
  }
  const ceil = integerAttribute(node, "ceil_mode", 0) === 1;
  const out = map((axis) => {
    const steps = (size[axis] + before[axis] + after[axis] - reach[axis]) / stride[axis];
    const places = (ceil ? Math.ceil(steps) : Math.floor(steps)) + 1;
    // As in PyTorch, the last window begins within the image or its padding before.
    const outside = ceil && (places - 1) * stride[axis] >= size[axis] + before[axis];
    return outside ? places - 1 : places;
  });
  if (out.some((places) => places < 1) || [...before, ...after].some((pad) => pad < 0)) {
    throw refusedNode(
      node,
      "a window that fits into the image",
      `${kernel.join("×")} with padding ${[...before, ...after].join(",")} on ${size.join("×")}`,
    );
  }
  return { kernel, stride, dilation, before, after, out };
}

/** A positive number for each of height and width, 1 where the file says nothing. */
function pair(node: GraphNode, name: string): Pair {
  const [height = 1, width = 1, ...rest] = integersAttribute(node, name, [1, 1]);
  if (rest.length > 0 || height < 1 || width < 1) {
    throw refusedNode(node, `${name} of two positive numbers`, String([height, width, ...rest]));
  }
  return [height, width];
}

function map(value: (axis: 0 | 1) => number): Pair {
  return [value(0), value(1)];
}

/** The kernel's size, from the attribute. @throws LabError when it is absent or not positive */
export function kernelShape(node: GraphNode): Pair {
  const [height, width, ...rest] = integersAttribute(node, "kernel_shape", []);
  if (height === undefined || width === undefined || rest.length > 0 || height < 1 || width < 1) {
    throw refusedNode(
      node,
      "kernel_shape of height and width",
      String([height ?? "", width ?? "", ...rest]),
    );
  }
  return [height, width];
}
