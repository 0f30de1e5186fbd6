/** Gather: the places of one axis that an index lists. */
import { tf, type Tensor } from "../../../tensor/tf";
import { floatBytes, rearranged, sizeOf, stridesOf, type Shape } from "../../host-tensor";
import { axisMap, copyingRows } from "../interface/along-axis";
import { axisAttribute, integersInput, knownIntegers } from "../interface/axes";
import { differentiable } from "../interface/differentiable";
import {
  inputShape,
  given,
  known,
  refusedNode,
  type Call,
  type Operator,
  type Runner,
} from "../interface/operator";

export const gather: Operator = {
  shape(call) {
    const shape = inputShape(call, 0);
    const axis = gatherAxis(call);
    return [...shape.slice(0, axis), ...inputShape(call, 1), ...shape.slice(axis + 1)];
  },
  fold(call) {
    const x = known(call.inputs[0]);
    const axis = gatherAxis(call);
    const indices = checked(call, knownIntegers(call, 1));
    const inner = stridesOf(x.shape)[axis] ?? 1;
    const shape = [sizeOf(x.shape.slice(0, axis)), indices.length, inner];
    const size = x.shape[axis] ?? 0;
    const flat = rearranged(
      x,
      shape,
      ([before = 0, at = 0, after = 0]) => (before * size + (indices[at] ?? 0)) * inner + after,
    );
    return { ...flat, shape: gather.shape(call) };
  },
  prepare(call) {
    const list = integersInput(call, 1);
    if (list.perImage) {
      throw refusedNode(
        call.node,
        "the same indices for any batch",
        "some that depend on its size",
      );
    }
    const indices = checked(call, Array.from(list.data));
    const axis = gatherAxis(call);
    const outer = (shape: Shape): number[] => [
      ...shape.slice(0, axis),
      ...list.shape,
      ...shape.slice(axis + 1),
    ];
    const [first = 0] = indices;
    const isRun = indices.every((index, at) => index === first + at);
    return isRun ? run(axis, first, indices.length, outer) : listed(call, axis, indices, outer);
  },
  workBytes(call, output) {
    // As a product with the axis at the end, unless it is a slice.
    const { data } = integersInput(call, 1);
    const isRun = data.every((index, at) => index === (data[0] ?? 0) + at);
    const both = isRun ? 0 : floatBytes * (sizeOf(inputShape(call, 0)) + sizeOf(output));
    return { forward: both, pullback: both };
  },
  flops: () => 0,
};

/** Neighbours, in order: a slice. */
function run(
  axis: number,
  first: number,
  count: number,
  shapeOf: (shape: Shape) => number[],
): Runner {
  return differentiable(
    ([x]) => {
      const tensor = given(x);
      const begin = tensor.shape.map((_, at) => (at === axis ? first : 0));
      const size = tensor.shape.map((whole, at) => (at === axis ? count : whole));
      return tf.reshape(tf.slice(tensor, begin, size), shapeOf(tensor.shape));
    },
    ([x], _, gradient) => {
      const { shape } = given(x);
      const size = shape.map((whole, at) => (at === axis ? count : whole));
      const around = shape.map((whole, at): [number, number] =>
        at === axis ? [first, whole - first - count] : [0, 0],
      );
      return [tf.pad(tf.reshape(gradient, size), around)];
    },
    undefined,
    { inputs: false, output: false },
  );
}

function listed(
  call: Call,
  axis: number,
  indices: readonly number[],
  shapeOf: (shape: Shape) => number[],
): Runner {
  const map = axisMap(axis, copyingRows(indices, inputShape(call, 0)[axis] ?? 0));
  return differentiable(
    ([x]) => tf.reshape(map.forward(given(x)), shapeOf(given(x).shape)),
    ([x], _, gradient): Tensor[] => {
      const along = given(x).shape.map((size, at) => (at === axis ? indices.length : size));
      return [map.backward(tf.reshape(gradient, along))];
    },
    () => map.dispose(),
    { inputs: false, output: false },
  );
}

function gatherAxis(call: Call): number {
  return axisAttribute(call.node, inputShape(call, 0).length, 0);
}

/** Indices counted from the front. */
function checked(call: Call, indices: readonly number[]): number[] {
  const size = inputShape(call, 0)[gatherAxis(call)] ?? 0;
  return indices.map((index) => {
    if (index >= -size && index < size) return index < 0 ? index + size : index;
    throw refusedNode(call.node, `indices of ${size} places`, String(index));
  });
}
