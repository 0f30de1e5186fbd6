/** Concat: tensors one after another along an axis. */
import { tf } from "../../../tensor/tf";
import { hostLike, sizeOf, type HostTensor, type Shape } from "../../host-tensor";
import { axisAttribute } from "../interface/axes";
import { differentiable } from "../interface/differentiable";
import { operand } from "../interface/operand";
import {
  inputShape,
  known,
  refusedNode,
  shapeText,
  type Call,
  type Operator,
} from "../interface/operator";

export const concat: Operator = {
  shape(call) {
    const shapes = call.node.inputs.map((_, at) => inputShape(call, at));
    const axis = concatAxis(call);
    const [first = []] = shapes;
    const goTogether = shapes.every(
      (shape) =>
        shape.length === first.length &&
        shape.every((size, at) => at === axis || size === first[at]),
    );
    if (!goTogether) {
      throw refusedNode(
        call.node,
        `shapes that differ in axis ${axis} only`,
        shapes.map(shapeText).join(" and "),
      );
    }
    const total = shapes.reduce((sum, shape) => sum + (shape[axis] ?? 0), 0);
    return first.map((size, at) => (at === axis ? total : size));
  },
  fold(call) {
    const parts = call.inputs.map(known);
    return joined(parts, concat.shape(call), concatAxis(call));
  },
  prepare(call) {
    const parts = call.node.inputs.map((_, at) => operand(call, at));
    const axis = concatAxis(call);
    const sizes = call.node.inputs.map((_, at) => inputShape(call, at)[axis] ?? 0);
    // The batch may be joined too: sizes along its axis are only known with the tensors.
    return differentiable(
      (inputs, n) =>
        tf.concat(
          parts.map((part) => part.get(inputs, n)),
          axis,
        ),
      (inputs, _, gradient) => {
        let end = 0;
        return inputs.map((input, at) => {
          const size = input?.shape[axis] ?? sizes[at] ?? 0;
          const begin = gradient.shape.map((__, place) => (place === axis ? end : 0));
          end += size;
          return input && tf.slice(gradient, begin, input.shape);
        });
      },
      () => parts.forEach((part) => part.dispose()),
      { inputs: false, output: false },
    );
  },
  flops: () => 0,
};

function concatAxis(call: Call): number {
  return axisAttribute(call.node, inputShape(call, 0).length, 0);
}

function joined(parts: readonly HostTensor[], shape: Shape, axis: number): HostTensor {
  const [first] = parts;
  const inner = sizeOf(shape.slice(axis + 1));
  const whole = (shape[axis] ?? 0) * inner;
  const out = new Float64Array(sizeOf(shape));
  let offset = 0;
  for (const part of parts) {
    const run = (part.shape[axis] ?? 0) * inner;
    part.data.forEach((value, at) => {
      out[Math.floor(at / run) * whole + offset + (at % run)] = value;
    });
    offset += run;
  }
  return hostLike(first ?? { type: "float" }, shape, out);
}
