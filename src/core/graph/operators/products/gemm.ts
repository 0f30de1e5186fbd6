/** Gemm: α A B + β C with a constant B, as a linear layer of rows. */
import type { LinearParameters } from "../../../tensor/linear";
import type { HostTensor } from "../../host-tensor";
import { numberAttribute, integerAttribute } from "../interface/attributes";
import { linearFlops, linearRunner } from "./linear";
import {
  constantInput,
  inputShape,
  refusedNode,
  shapeText,
  type Call,
  type Operator,
} from "../interface/operator";

export const gemm: Operator = {
  shape(call) {
    const [rows = 0] = inputShape(call, 0);
    return [rows, check(call).c2];
  },
  prepare: (call) => linearRunner(gemmParameters(call)),
  flops: (call, output) => linearFlops(inputShape(call, 0), output),
};

interface Checked {
  readonly b: HostTensor;
  readonly c: HostTensor | undefined;
  readonly isTransposed: boolean;
  readonly c1: number;
  readonly c2: number;
}

function check(call: Call): Checked {
  const { node } = call;
  const shape = inputShape(call, 0);
  const b = constantInput(call, 1);
  const isTransposed = integerAttribute(node, "transB", 0) === 1;
  const [first = 0, second = 0] = b.shape;
  const [c1, c2] = isTransposed ? [second, first] : [first, second];
  const fits = b.shape.length === 2 && shape.length === 2 && shape[1] === c1;
  if (!fits || integerAttribute(node, "transA", 0) !== 0) {
    const found = `${shapeText(shape)} and ${shapeText(b.shape)}`;
    throw refusedNode(node, "rows that fit a matrix", found);
  }
  const c = node.inputs[2] === undefined ? undefined : constantInput(call, 2);
  const fitsRow = !c || c.data.length === 1 || (c.data.length === c2 && c.shape.at(-1) === c2);
  if (!fitsRow) throw refusedNode(node, `a bias of ${c2} numbers`, shapeText(c.shape));
  return { b, c, isTransposed, c1, c2 };
}

/** Weight [c₂, c₁] and bias [c₂]. */
export function gemmParameters(call: Call): LinearParameters {
  const { b, c, isTransposed, c1, c2 } = check(call);
  const alpha = numberAttribute(call.node, "alpha", 1);
  const beta = numberAttribute(call.node, "beta", 1);
  const weight = new Float32Array(c1 * c2);
  for (let out = 0; out < c2; out++) {
    for (let from = 0; from < c1; from++) {
      const at = out * c1 + from;
      weight[at] = alpha * (b.data[isTransposed ? at : from * c2 + out] ?? 0);
    }
  }
  const bias = new Float32Array(c2);
  for (let out = 0; out < c2; out++) {
    bias[out] = beta * (c?.data[c.data.length === 1 ? 0 : out] ?? 0);
  }
  return { weight, bias };
}
