/** Pad: a tensor with constants, its edges or its mirror image around it. */
import { tf, type Tensor } from "../../../tensor/tf";
import { forEachIndex, hostLike, sizeOf, stridesOf, type Shape } from "../../host-tensor";
import { textAttribute } from "../interface/attributes";
import { axisMap, copyingRows } from "../interface/along-axis";
import { countedAxes, knownIntegers, optionalIntegersInput } from "../interface/axes";
import { differentiable, trainedLikeInputs } from "../interface/differentiable";
import {
  constantInput,
  given,
  inputShape,
  known,
  refusedNode,
  workArrays,
  type Call,
  type Operator,
  type Runner,
} from "../interface/operator";

export const pad: Operator = {
  shape: (call) => read(call).shape,
  fold(call) {
    const x = known(call.inputs[0]);
    const { shape, around, value } = read(call);
    const sources = around.map((sides, axis) => sourcesOf(call, sides, x.shape[axis] ?? 0));
    const strides = stridesOf(x.shape);
    const out = new Float64Array(sizeOf(shape)).fill(value);
    forEachIndex(shape, (index, at) => {
      const places = index.map((place, axis) => sources[axis]?.[place] ?? -1);
      if (places.some((place) => place < 0)) return;
      const from = places.reduce((sum, place, axis) => sum + place * (strides[axis] ?? 0), 0);
      out[at] = x.data[from] ?? 0;
    });
    return hostLike(x, shape, out);
  },
  prepare,
  // The number around is none of the parameters.
  train: trainedLikeInputs(prepare, [0]),
  workBytes: (call, output) =>
    modeOf(call) === "constant" ? workArrays(output, 0, 1) : workArrays(output, 3, 3),
  flops: () => 0,
};

function prepare(call: Call): Runner {
  const { around, value } = read(call);
  return modeOf(call) === "constant" ? filled(around, value) : copied(call, around);
}

type Sides = readonly [before: number, after: number];

/** Sides may be negative: then the tensor loses places. */
function filled(around: readonly Sides[], value: number): Runner {
  const outside = (sign: 1 | -1) =>
    around.map(([before, after]): [number, number] => [
      Math.max(0, sign * before),
      Math.max(0, sign * after),
    ]);
  const [grown, cut] = [outside(1), outside(-1)];
  return differentiable(
    ([x]) => padded(cutBy(given(x), cut), grown, value),
    (_, __, gradient) => [padded(cutBy(gradient, grown), cut, 0)],
    undefined,
    { inputs: false, output: false },
  );
}

function padded(x: Tensor, around: [number, number][], value: number): Tensor {
  return around.flat().some((side) => side > 0) ? tf.pad(x, around, value) : x.clone();
}

function cutBy(x: Tensor, around: readonly Sides[]): Tensor {
  if (around.flat().every((side) => side === 0)) return x;
  return tf.slice(
    x,
    around.map(([before]) => before),
    around.map(([before, after], axis) => (x.shape[axis] ?? 0) - before - after),
  );
}

function copied(call: Call, around: readonly Sides[]): Runner {
  const shape = inputShape(call, 0);
  const maps = around.flatMap((sides, axis) => {
    const size = shape[axis] ?? 0;
    if (sides[0] === 0 && sides[1] === 0) return [];
    return [axisMap(axis, copyingRows(sourcesOf(call, sides, size), size))];
  });
  return differentiable(
    ([x]) => maps.reduce((out, map) => map.forward(out), given(x).clone()),
    (_, __, gradient) => [maps.reduceRight((out, map) => map.backward(out), gradient)],
    () => maps.forEach((map) => map.dispose()),
    { inputs: false, output: false },
  );
}

/** The place of the input from which each place along an axis is copied; −1 outside. */
function sourcesOf(call: Call, [before, after]: Sides, size: number): number[] {
  const mode = modeOf(call);
  return Array.from({ length: before + size + after }, (_, at) => {
    const place = at - before;
    if (place >= 0 && place < size) return place;
    switch (mode) {
      case "constant":
        return -1;
      case "edge":
        return place < 0 ? 0 : size - 1;
      case "reflect": {
        const mirrored = place < 0 ? -place : 2 * (size - 1) - place;
        if (mirrored >= 0 && mirrored < size) return mirrored;
        throw refusedNode(call.node, `less than ${size} mirrored places`, `${before} and ${after}`);
      }
      default:
        return mode satisfies never;
    }
  });
}

function modeOf({ node }: Call): "constant" | "edge" | "reflect" {
  return textAttribute(node, "mode", ["constant", "edge", "reflect"], "constant");
}

function read(call: Call): { shape: Shape; around: Sides[]; value: number } {
  const { node } = call;
  const shape = inputShape(call, 0);
  const pads = knownIntegers(call, 1);
  const listed = optionalIntegersInput(call, 3);
  const axes = listed
    ? countedAxes(node, Array.from(listed.data), shape.length)
    : shape.map((_, axis) => axis);
  if (pads.length !== 2 * axes.length) {
    throw refusedNode(node, `${2 * axes.length} numbers of places`, String(pads.length));
  }
  const around = shape.map((_, axis): Sides => {
    const at = axes.indexOf(axis);
    return at < 0 ? [0, 0] : [pads[at] ?? 0, pads[at + axes.length] ?? 0];
  });
  const value = node.inputs[2] === undefined ? 0 : (constantInput(call, 2).data[0] ?? 0);
  const sizes = shape.map(
    (size, axis) => size + (around[axis]?.[0] ?? 0) + (around[axis]?.[1] ?? 0),
  );
  if (sizes.every((size) => size >= 0)) return { shape: sizes, around, value };
  throw refusedNode(node, "sizes of at least 0", sizes.join(","));
}
