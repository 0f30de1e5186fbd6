/** Resize: a tensor with other sizes, each axis interpolated after the other. */
import {
  given,
  inputShape,
  refusedNode,
  shapeText,
  type Call,
  type Operator,
} from "../interface/operator";
import { floatBytes, integersAt, sizeOf, type Shape } from "../../host-tensor";
import { axisMap } from "../interface/along-axis";
import {
  integerAttribute,
  numberAttribute,
  optionalIntegers,
  textAttribute,
} from "../interface/attributes";
import { countedAxes } from "../interface/axes";
import { differentiable } from "../interface/differentiable";
import { interpolation, type Interpolation } from "./interpolation";
import { isChannelsLast } from "../interface/window";

export const resize: Operator = {
  shape(call) {
    const shape = [...inputShape(call, 0)];
    for (const { axis, size } of resizedAxes(call)) shape[axis] = size;
    return shape;
  },
  prepare(call) {
    const shape = inputShape(call, 0);
    const how = read(call);
    const maps = resizedAxes(call).map(({ axis, size, scale }) =>
      axisMap(axis, interpolation(shape[axis] ?? 1, size, scale, how)),
    );
    return differentiable(
      ([x]) => maps.reduce((out, map) => map.forward(out), given(x).clone()),
      (_, __, gradient) => [maps.reduceRight((out, map) => map.backward(out), gradient)],
      () => maps.forEach((map) => map.dispose()),
      { inputs: false, output: false },
    );
  },
  // Each axis is moved to the end, multiplied by a matrix and moved back.
  workBytes(call, output) {
    const both = 3 * floatBytes * (sizeOf(inputShape(call, 0)) + sizeOf(output));
    return { forward: both, pullback: both };
  },
  /** So many products and their sum for each number, axis after axis. */
  flops(call) {
    const places = { nearest: 1, linear: 2, cubic: 4 }[read(call).mode];
    let numbers = sizeOf(inputShape(call, 0));
    return resizedAxes(call).reduce((sum, { axis, size }) => {
      numbers *= size / (inputShape(call, 0)[axis] ?? 1);
      return sum + (places === 1 ? 0 : (2 * places - 1) * numbers);
    }, 0);
  },
};

interface ResizedAxis {
  /** In the layout of the node. */
  readonly axis: number;
  readonly size: number;
  readonly scale: number;
}

/** The axes whose size or scale changes. */
function resizedAxes(call: Call): ResizedAxis[] {
  const { node } = call;
  const shape = inputShape(call, 0);
  const listed = optionalIntegers(node, "axes");
  const axes = listed ? countedAxes(node, listed, shape.length) : shape.map((_, axis) => axis);
  // The file counts axes as [n, c, h, w].
  const place = isChannelsLast(node) ? (axis: number) => [0, 3, 1, 2][axis] ?? axis : undefined;
  const { scales, sizes } = factors(call);
  const given = scales ?? sizes;
  if (given?.length !== axes.length) {
    throw refusedNode(node, `${axes.length} scales or sizes`, String(given?.length ?? 0));
  }
  return axes.flatMap((fileAxis, at) => {
    const axis = place ? place(fileAxis) : fileAxis;
    const before = shape[axis] ?? 1;
    const size = sizes ? (sizes[at] ?? 1) : Math.floor(before * (scales?.[at] ?? 1));
    const scale = scales?.[at] ?? size / before;
    if (!Number.isSafeInteger(size) || size < 1 || !(scale > 0)) {
      throw refusedNode(node, `a size for ${shapeText(shape)}`, `${size} for axis ${fileAxis}`);
    }
    return scale === 1 && size === before ? [] : [{ axis, size, scale }];
  });
}

/** One of scales (input 3) and sizes (input 4); an empty list stands for none. */
function factors({ node, constants }: Call): { scales?: Shape; sizes?: Shape } {
  const [scales, sizes] = [constants[2], constants[3]];
  if (scales && scales.data.length > 0) return { scales: Array.from(scales.data) };
  // Sizes along the batch are those for one image, as are the shapes of a call.
  if (sizes?.type === "int" && sizes.data.length > 0) return { sizes: integersAt(sizes, 1) };
  throw refusedNode(node, "known scales or sizes", "none");
}

function read({ node }: Call): Interpolation {
  if (integerAttribute(node, "antialias", 0) !== 0) {
    throw refusedNode(node, "a resize without anti-aliasing", "one with it");
  }
  textAttribute(node, "keep_aspect_ratio_policy", ["stretch"], "stretch");
  return {
    mode: textAttribute(node, "mode", ["nearest", "linear", "cubic"], "nearest"),
    places: textAttribute(
      node,
      "coordinate_transformation_mode",
      ["half_pixel", "pytorch_half_pixel", "align_corners", "asymmetric"],
      "half_pixel",
    ),
    rounding: textAttribute(
      node,
      "nearest_mode",
      ["round_prefer_floor", "round_prefer_ceil", "floor", "ceil"],
      "round_prefer_floor",
    ),
    cubic: numberAttribute(node, "cubic_coeff_a", -0.75),
    excludesOutside: integerAttribute(node, "exclude_outside", 0) === 1,
  };
}
