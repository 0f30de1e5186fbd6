/** Reshape: the shape of input 2, in which 0 stands for the size before and -1 for what is left. */
import { integersAt, sizeOf } from "../../host-tensor";
import { integerAttribute } from "../interface/attributes";
import { integersInput } from "../interface/axes";
import { refusedNode, shapeText } from "../interface/operator";
import { reshaping } from "./reshaping";

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
