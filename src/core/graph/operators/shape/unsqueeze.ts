/** Unsqueeze: a tensor with new axes of size 1, those of input 2. */
import { countedAxes, knownIntegers } from "../interface/axes";
import { reshaping } from "./reshaping";

export const unsqueeze = reshaping((call, from) => {
  const given = knownIntegers(call, 1);
  const rank = from.length + given.length;
  const axes = countedAxes(call.node, given, rank);
  const left = [...from];
  return Array.from({ length: rank }, (_, axis) => (axes.includes(axis) ? 1 : (left.shift() ?? 1)));
});
