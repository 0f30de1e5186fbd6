/** What operators that work number by number have in common. */
import { tf, type Tensor } from "../../tensor/tf";
import {
  broadcastPlace,
  broadcastShape,
  forEachIndex,
  hostBools,
  hostFloats,
  hostIntegers,
  sizeOf,
  type HostTensor,
  type Shape,
} from "../host-tensor";
import { deviceConstant } from "./device-constant";
import { inputShape, refusedNode, shapeText, type Call, type Operator } from "./operator";
import { differentiable } from "./differentiable";

/** One number of the output from one number of the input. */
interface Unary {
  /** For known values. */
  readonly value: (x: number) => number;
  readonly device: (x: Tensor) => Tensor;
  /** The gradient; tfjs's where absent. */
  readonly pullback?: (x: Tensor, output: Tensor, gradient: Tensor) => Tensor;
}

export function unary({ value, device, pullback }: Unary): Operator {
  return {
    shape: (call) => inputShape(call, 0),
    fold: ({ inputs: [x] }) => mapped(x, value),
    prepare: () =>
      differentiable(
        ([x]) => device(given(x)),
        pullback && (([x], output, gradient) => [pullback(given(x), output, gradient)]),
      ),
  };
}

/** Two tensors, brought to a common shape. Gradients are summed over the axes that were repeated. */
interface Binary {
  /** For known values; `integers` when both are. */
  readonly value: (a: number, b: number, integers: boolean) => number;
  readonly device: (a: Tensor, b: Tensor) => Tensor;
  readonly pullback?: (
    [a, b]: readonly [Tensor, Tensor],
    output: Tensor,
    gradient: Tensor,
  ) => readonly [a: () => Tensor, b: () => Tensor];
  /** False where the gradient does not depend on the values. */
  readonly reads?: false;
}

export function binary({ value, device, pullback, reads }: Binary): Operator {
  return {
    shape: commonShape,
    fold: ({ inputs: [a, b], node }) => combined(known(a), known(b), value, node.output),
    prepare(call) {
      const constant = call.constants.slice(0, 2).map((side) => side && deviceConstant(side));
      const sides = (inputs: readonly (Tensor | undefined)[]): readonly [Tensor, Tensor] => [
        given(inputs[0] ?? constant[0]?.get()),
        given(inputs[1] ?? constant[1]?.get()),
      ];
      const own =
        pullback &&
        ((inputs: readonly (Tensor | undefined)[], output: Tensor, gradient: Tensor) => {
          const both = sides(inputs);
          const gradients = pullback(both, output, gradient);
          return both.map((side, at) =>
            inputs[at] ? summedTo(side.shape, (gradients[at] ?? gradients[0])()) : undefined,
          );
        });
      return differentiable(
        (inputs) => device(...sides(inputs)),
        own,
        () => constant.forEach((side) => side?.dispose()),
        reads === false ? { inputs: true, output: false } : undefined,
      );
    },
  };
}

/** The shape that two inputs have in common. */
export function commonShape(call: Call): Shape {
  const shapes = [inputShape(call, 0), inputShape(call, 1)];
  const common = broadcastShape(...shapes);
  if (common) return common;
  throw refusedNode(call.node, "shapes that go together", shapes.map(shapeText).join(" and "));
}

/** Sums a gradient over the axes along which a tensor of this shape was repeated. */
export function summedTo(shape: Shape, gradient: Tensor): Tensor {
  const skip = gradient.rank - shape.length;
  const axes = gradient.shape.flatMap((size, axis) =>
    axis < skip || (shape[axis - skip] === 1 && size !== 1) ? [axis] : [],
  );
  const summed = axes.length > 0 ? tf.sum(gradient, axes, true) : gradient;
  return summed.rank === shape.length ? summed : tf.reshape(summed, [...shape]);
}

function mapped(x: HostTensor | undefined, value: (x: number) => number): HostTensor {
  const { data, shape } = known(x);
  return hostFloats(
    shape,
    Float32Array.from(data, (entry) => value(entry)),
  );
}

/** Combines two known tensors number by number. Integers stay integers. */
export function combined(
  a: HostTensor,
  b: HostTensor,
  value: (a: number, b: number, integers: boolean) => number,
  name: string,
  boolean = false,
): HostTensor {
  const shape = broadcastShape(a.shape, b.shape);
  if (!shape) {
    throw new RangeError(`${name}: ${shapeText(a.shape)} and ${shapeText(b.shape)}`);
  }
  const integers = a.type === "int" && b.type === "int";
  const [placeA, placeB] = [broadcastPlace(a.shape), broadcastPlace(b.shape)];
  const out = new Float64Array(sizeOf(shape));
  forEachIndex(shape, (index, at) => {
    out[at] = value(a.data[placeA(index)] ?? 0, b.data[placeB(index)] ?? 0, integers);
  });
  if (boolean) return hostBools(shape, out);
  return integers ? hostIntegers(shape, out) : hostFloats(shape, out);
}

/** Returns an input that `shape` has found to be there. */
export function given(x: Tensor | undefined): Tensor {
  if (x) return x;
  throw new TypeError("a node's input: expected a tensor, found none");
}

/** Returns a known input that `shape` has found to be there. */
export function known(x: HostTensor | undefined): HostTensor {
  if (x) return x;
  throw new TypeError("a node's input: expected a known value, found none");
}
