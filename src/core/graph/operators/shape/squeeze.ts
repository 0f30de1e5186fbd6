/** Squeeze: a tensor without axes of size 1, all or those of input 2. */
import { countedAxes, knownIntegers } from "../interface/axes";
import { refusedNode, shapeText } from "../interface/operator";
import { reshaping } from "./reshaping";

export const squeeze = reshaping((call, from) => {
  if (call.node.inputs[1] === undefined) return from.filter((size) => size !== 1);
  const axes = countedAxes(call.node, knownIntegers(call, 1), from.length);
  if (axes.every((axis) => from[axis] === 1)) return from.filter((_, axis) => !axes.includes(axis));
  throw refusedNode(call.node, `axes ${axes.join(",")} of size 1`, shapeText(from));
});
