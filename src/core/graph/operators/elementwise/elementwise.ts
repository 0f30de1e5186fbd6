/** What operators that work number by number have in common. */
import { tf, type Tensor } from "../../../tensor/tf";
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
} from "../../host-tensor";
import type { GraphNode } from "../../graph";
import { operand } from "../interface/operand";
import {
  given,
  inputShape,
  known,
  refusedNode,
  shapeText,
  workArrays,
  type Call,
  type Inputs,
  type Operator,
} from "../interface/operator";
import { differentiable } from "../interface/differentiable";

/** One number of the output from one number of the input. */
interface Unary {
  /** For known values. */
  readonly value: (x: number) => number;
  readonly device: (x: Tensor) => Tensor;
  /** The gradient; `x` is disposed already where `reads` is "output", and the other way round. */
  readonly pullback: (x: Tensor, output: Tensor, gradient: Tensor) => Tensor;
  readonly reads: "input" | "output" | "nothing";
  readonly cost?: Cost;
}

/** For each number of the output; without it one operation, and no memory in between. */
interface Cost {
  readonly flops?: number;
  /** Arrays of the output's size that are made on the way. */
  readonly forward?: number;
  readonly pullback?: number;
}

function costs(of: (node: GraphNode) => Cost | undefined): Pick<Operator, "flops" | "workBytes"> {
  return {
    flops: ({ node }, output) => (of(node)?.flops ?? 1) * sizeOf(output),
    workBytes({ node }, output) {
      const { forward = 0, pullback = 0 } = of(node) ?? {};
      return workArrays(output, forward, pullback);
    },
  };
}

/** @param of a function, or one that depends on attributes */
export function unary(of: Unary | ((node: GraphNode) => Unary)): Operator {
  const functionOf = (node: GraphNode): Unary => (typeof of === "function" ? of(node) : of);
  return {
    ...costs((node) => functionOf(node).cost),
    shape: (call) => inputShape(call, 0),
    fold: ({ node, inputs: [x] }) => mapped(x, functionOf(node).value),
    prepare({ node }) {
      const { device, pullback, reads } = functionOf(node);
      return differentiable(
        ([x]) => device(given(x)),
        ([x], output, gradient) => [pullback(given(x), output, gradient)],
        undefined,
        { inputs: reads === "input", output: reads === "output" },
      );
    },
  };
}

/** Two tensors, brought to a common shape. Gradients are summed over the axes that were repeated. */
interface Binary {
  /** For known values; `integers` when both are. */
  readonly value: (a: number, b: number, integers: boolean) => number;
  readonly device: (a: Tensor, b: Tensor) => Tensor;
  readonly pullback: (
    [a, b]: readonly [Tensor, Tensor],
    gradient: Tensor,
  ) => readonly [a: () => Tensor, b: () => Tensor];
  /** False where the gradient does not depend on the values. */
  readonly reads?: false;
  readonly cost?: Cost;
}

/** An operator that can be folded and prepared. */
type FullOperator = Operator & Required<Pick<Operator, "fold" | "prepare">>;

export function binary({ value, device, pullback, reads, cost }: Binary): FullOperator {
  return {
    ...costs(() => cost),
    shape: commonShape,
    fold: ({ inputs: [a, b], node }) => combined(known(a), known(b), value, node.output),
    prepare(call) {
      const [a, b] = [operand(call, 0), operand(call, 1)];
      const sides = (inputs: Inputs, n: number): readonly [Tensor, Tensor] => [
        a.get(inputs, n),
        b.get(inputs, n),
      ];
      return differentiable(
        (inputs, n) => device(...sides(inputs, n)),
        (inputs, _, gradient, n) => {
          const both = sides(inputs, n);
          const gradients = pullback(both, gradient);
          return both.map((side, at) =>
            inputs[at] ? summedTo(side.shape, (gradients[at] ?? gradients[0])()) : undefined,
          );
        },
        () => {
          a.dispose();
          b.dispose();
        },
        { inputs: reads !== false, output: false },
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
  const { data, shape, type } = known(x);
  const out = Float64Array.from(data, (entry) => value(entry));
  return type === "int" ? hostIntegers(shape, out) : hostFloats(shape, out);
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
