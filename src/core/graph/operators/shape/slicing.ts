/** What Slice and EqualPart have in common: some of a tensor's places along its axes. */
import { tf, type Tensor } from "../../../tensor/tf";
import {
  floatBytes,
  rearranged,
  sizeOf,
  stridesOf,
  type HostTensor,
  type Shape,
} from "../../host-tensor";
import { differentiable } from "../interface/differentiable";
import { operand } from "../interface/operand";
import { inputShape, known, workArrays, type Call, type Operator } from "../interface/operator";

/** Places along one axis: the first, the distance to the next, and how many. */
export interface Places {
  readonly start: number;
  readonly step: number;
  readonly count: number;
}

/** @param places for each axis of a tensor, in a call for n images */
export function slicing(places: (call: Call, shape: Shape, n: number) => Places[]): Operator {
  return {
    shape: (call) => places(call, inputShape(call, 0), 0).map(({ count }) => count),
    fold(call) {
      const x = known(call.inputs[0]);
      return taken(x, places(call, x.shape, 0));
    },
    prepare(call) {
      const x = operand(call, 0);
      return differentiable(
        (inputs, n) => {
          const tensor = x.get(inputs, n);
          return slicedTensor(tensor, places(call, tensor.shape, n));
        },
        ([input], _, gradient, n) => [
          input && spreadTensor(gradient, input.shape, places(call, input.shape, n)),
        ],
        () => x.dispose(),
        { inputs: false, output: false },
      );
    },
    workBytes(call, output) {
      const shape = inputShape(call, 0);
      // Without steps it is copied at once.
      if (places(call, shape, 1).every(({ step }) => step === 1)) return workArrays(output, 0, 0);
      const [before, after] = [floatBytes * sizeOf(shape), floatBytes * sizeOf(output)];
      return { forward: after, pullback: before + 2 * after };
    },
    flops: () => 0,
  };
}

function taken(x: HostTensor, places: readonly Places[]): HostTensor {
  const strides = stridesOf(x.shape);
  return rearranged(
    x,
    places.map(({ count }) => count),
    (index) =>
      places.reduce(
        (at, { start, step }, axis) =>
          at + (start + step * (index[axis] ?? 0)) * (strides[axis] ?? 0),
        0,
      ),
  );
}

function slicedTensor(x: Tensor, places: readonly Places[]): Tensor {
  // From the lowest place to the highest, then turned round where the step is negative.
  const lows = places.map(lowest);
  const spans = places.map(({ step, count }) => Math.max(0, (count - 1) * Math.abs(step) + 1));
  const counts = places.map(({ count }) => count);
  if (counts.includes(0)) return tf.zeros(counts);
  const isDense = places.every(({ step }) => Math.abs(step) === 1);
  const part = isDense
    ? tf.slice(x, lows, counts)
    : tf.stridedSlice(
        x,
        lows,
        lows.map((low, axis) => low + (spans[axis] ?? 0)),
        places.map(({ step }) => Math.abs(step)),
      );
  return turned(part, places);
}

/** The transpose of `slicedTensor`: zeros where nothing was taken. */
function spreadTensor(gradient: Tensor, shape: Shape, places: readonly Places[]): Tensor {
  if (gradient.size === 0) return tf.zeros([...shape]);
  const spread = places.reduce(
    (out, { step }, axis) => withGaps(out, axis, Math.abs(step)),
    turned(gradient, places),
  );
  const spans = places.map(({ step, count }) => (count - 1) * Math.abs(step) + 1);
  const isLonger = spread.shape.some((size, axis) => size !== spans[axis]);
  // Without the zeros after the last.
  const cut = isLonger
    ? tf.slice(
        spread,
        shape.map(() => 0),
        spans,
      )
    : spread;
  const around = places.map((place, axis): [number, number] => {
    const low = lowest(place);
    return [low, (shape[axis] ?? 0) - low - (cut.shape[axis] ?? 0)];
  });
  return around.flat().some((side) => side > 0) ? tf.pad(cut, around) : cut;
}

function lowest({ start, step, count }: Places): number {
  return step > 0 ? start : start + (count - 1) * step;
}

function turned(x: Tensor, places: readonly Places[]): Tensor {
  const axes = places.flatMap(({ step }, axis) => (step < 0 ? [axis] : []));
  return axes.length > 0 ? tf.reverse(x, axes) : x;
}

/** Puts step − 1 zeros after each place of an axis. */
function withGaps(x: Tensor, axis: number, step: number): Tensor {
  if (step === 1) return x;
  const before = x.shape.slice(0, axis + 1);
  const inner = x.shape.slice(axis + 1);
  const rows = tf.reshape(x, [before.reduce((a, b) => a * b, 1), inner.reduce((a, b) => a * b, 1)]);
  const padded = tf.pad(rows, [
    [0, 0],
    [0, (step - 1) * (rows.shape[1] ?? 0)],
  ]);
  return tf.reshape(padded, [...before.slice(0, -1), (before.at(-1) ?? 1) * step, ...inner]);
}
