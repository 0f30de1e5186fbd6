/** Reshape, Squeeze and Unsqueeze: the same numbers in another shape. */
import { tf } from "../../tensor/tf";
import { integersAt, sizeOf, type HostTensor, type Shape } from "../host-tensor";
import { integerAttribute } from "./attributes";
import { countedAxes, integersInput, knownIntegers } from "./axes";
import { differentiable } from "./differentiable";
import { operand } from "./operand";
import { inputShape, known, refusedNode, shapeText, type Call, type Operator } from "./operator";

/** @param target the new shape of a tensor, in a call for n images */
function reshaping(target: (call: Call, from: Shape, n: number) => Shape): Operator {
  return {
    shape: (call) => target(call, inputShape(call, 0), 0),
    fold: (call): HostTensor => {
      const x = known(call.inputs[0]);
      return { ...x, shape: target(call, x.shape, 0) };
    },
    prepare(call) {
      const x = operand(call, 0);
      return differentiable(
        (inputs, n) => {
          const tensor = x.get(inputs, n);
          return tf.reshape(tensor, [...target(call, tensor.shape, n)]);
        },
        ([input], _, gradient) => [input && tf.reshape(gradient, input.shape)],
        () => x.dispose(),
        { inputs: false, output: false },
      );
    },
    flops: () => 0,
  };
}

export const reshape = reshaping((call, from, n) => {
  const { node } = call;
  const target = integersAt(integersInput(call, 1), n);
  const copiesZero = integerAttribute(node, "allowzero", 0) === 0;
  const sizes = target.map((size, axis) => (size === 0 && copiesZero ? (from[axis] ?? 0) : size));
  const open = sizes.indexOf(-1);
  if (open >= 0) sizes[open] = sizeOf(from) / sizeOf(sizes.toSpliced(open, 1));
  const fits =
    sizes.every((size) => Number.isSafeInteger(size) && size >= 0) &&
    sizeOf(sizes) === sizeOf(from);
  if (fits) return sizes;
  throw refusedNode(node, `a shape for the numbers of ${shapeText(from)}`, shapeText(target));
});

export const squeeze = reshaping((call, from) => {
  if (call.node.inputs[1] === undefined) return from.filter((size) => size !== 1);
  const axes = countedAxes(call.node, knownIntegers(call, 1), from.length);
  if (axes.every((axis) => from[axis] === 1)) return from.filter((_, axis) => !axes.includes(axis));
  throw refusedNode(call.node, `axes ${axes.join(",")} of size 1`, shapeText(from));
});

export const unsqueeze = reshaping((call, from) => {
  const given = knownIntegers(call, 1);
  const rank = from.length + given.length;
  const axes = countedAxes(call.node, given, rank);
  const left = [...from];
  return Array.from({ length: rank }, (_, axis) => (axes.includes(axis) ? 1 : (left.shift() ?? 1)));
});
