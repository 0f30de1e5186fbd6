/** What ReduceMean and ReduceSum have in common: one number from those along some axes, or all. */
import { kernels } from "../../../tensor/backend";
import { tf, type Rank, type Tensor } from "../../../tensor/tf";
import { forEachIndex, hostLike, sizeOf, stridesOf, type Shape } from "../../host-tensor";
import { integerAttribute, optionalIntegers } from "../interface/attributes";
import { countedAxes } from "../interface/axes";
import { differentiable } from "../interface/differentiable";
import { given, inputShape, known, type Call, type Operator } from "../interface/operator";

/** @param factor of the sum of so many numbers */
export function reduction(
  device: (x: Tensor, axes: number[], keeps: boolean) => Tensor,
  factor: (count: number) => number,
): Operator {
  const shapeOf = (call: Call): Shape => {
    const { kept, keeps, axes } = read(call, inputShape(call, 0));
    return keeps ? kept : kept.filter((_, axis) => !axes.includes(axis));
  };
  return {
    shape: shapeOf,
    fold(call) {
      const x = known(call.inputs[0]);
      const { kept, count, axes } = read(call, x.shape);
      const strides = stridesOf(kept).map((stride, axis) => (axes.includes(axis) ? 0 : stride));
      const sums = new Float64Array(sizeOf(kept));
      forEachIndex(x.shape, (index, at) => {
        const to = index.reduce((sum, place, axis) => sum + place * (strides[axis] ?? 0), 0);
        sums[to] = (sums[to] ?? 0) + (x.data[at] ?? 0);
      });
      return hostLike(
        x,
        shapeOf(call),
        sums.map((sum) => sum * factor(count)),
      );
    },
    prepare(call) {
      const { axes, keeps } = read(call, inputShape(call, 0));
      return differentiable(
        ([x]) => (axes.length > 0 ? device(given(x), axes, keeps) : given(x).clone()),
        ([x], _, gradient) => {
          const { shape } = given(x);
          const { kept, count } = read(call, shape);
          const scaled = factor(count) === 1 ? gradient : tf.mul(gradient, factor(count));
          return [repeated(scaled, kept, shape, axes)];
        },
        undefined,
        { inputs: false, output: false },
      );
    },
    flops: (call) => sizeOf(inputShape(call, 0)),
  };
}

/** Repeats a gradient along the axes that the output does not have. */
function repeated(gradient: Tensor, kept: Shape, shape: Shape, axes: readonly number[]): Tensor {
  const first = Math.min(...axes);
  const inner = sizeOf(shape.slice(first + axes.length));
  const areNeighbours = axes.length > 0 && Math.max(...axes) === first + axes.length - 1;
  // `tf.broadcastTo` copies element by element on wasm.
  if (!areNeighbours || inner === 1) {
    return tf.broadcastTo(tf.reshape(gradient, [...kept]), [...shape]);
  }
  const rows = tf.reshape<Rank.R2>(gradient, [gradient.size / inner, inner]);
  const times = sizeOf(shape.slice(first, first + axes.length));
  return tf.reshape(kernels().repeatRows(rows, times), [...shape]);
}

interface Reduced {
  readonly axes: number[];
  readonly keeps: boolean;
  /** The shape with a 1 in place of each axis that is gone. */
  readonly kept: Shape;
  /** How many numbers become one. */
  readonly count: number;
}

function read({ node }: Call, shape: Shape): Reduced {
  const listed = optionalIntegers(node, "axes") ?? [];
  const keepsAll = integerAttribute(node, "noop_with_empty_axes", 0) === 1;
  const all = keepsAll ? [] : shape.map((_, axis) => axis);
  const axes = listed.length > 0 ? countedAxes(node, listed, shape.length) : all;
  return {
    axes,
    keeps: integerAttribute(node, "keepdims", 1) === 1,
    kept: shape.map((size, axis) => (axes.includes(axis) ? 1 : size)),
    count: axes.reduce((product, axis) => product * (shape[axis] ?? 1), 1),
  };
}
