/** ConstantOfShape and Range: tensors made of nothing but sizes and limits. */
import { tf } from "../../tensor/tf";
import {
  hostIntegers,
  hostFloats,
  hostLike,
  integersAt,
  sizeOf,
  type HostTensor,
} from "../host-tensor";
import { tensorAttribute } from "./attributes";
import { integersInput, knownIntegers } from "./axes";
import { differentiable } from "./differentiable";
import { constantInput, refusedNode, type Call, type Operator } from "./operator";

export const constantOfShape: Operator = {
  shape: (call) => knownIntegers(call, 0),
  fold(call) {
    const shape = knownIntegers(call, 0);
    const { value, like } = filling(call);
    return hostLike(like, shape, new Float64Array(sizeOf(shape)).fill(value));
  },
  // One for each image, or as large as a file could only say by mistake.
  prepare(call) {
    const shape = integersInput(call, 0);
    const { value } = filling(call);
    return differentiable(
      (_, n) => tf.fill(integersAt(shape, n), value, "float32"),
      () => [],
    );
  },
};

function filling(call: Call): { value: number; like: Pick<HostTensor, "type"> } {
  const tensor = tensorAttribute(call.node, "value");
  const value = tensor?.data[0];
  if (tensor === undefined) return { value: 0, like: { type: "float" } };
  if (value !== undefined && tensor.data.length === 1) return { value, like: tensor };
  throw refusedNode(call.node, "a value of one number", `${tensor.data.length}`);
}

export const range: Operator = {
  shape: (call) => [countOf(call)],
  fold(call) {
    const { start, step, isWhole } = limits(call);
    const values = Float64Array.from({ length: countOf(call) }, (_, at) => start + at * step);
    const make = isWhole ? hostIntegers : hostFloats;
    return make([values.length], values);
  },
};

/** No list of indices that a network needs is longer. */
const longestRange = 2 ** 24;

function countOf(call: Call): number {
  const { start, limit, step } = limits(call);
  const count = Math.max(0, Math.ceil((limit - start) / step));
  if (count <= longestRange) return count;
  throw refusedNode(call.node, `at most ${longestRange} numbers`, String(count));
}

function limits(call: Call): { start: number; limit: number; step: number; isWhole: boolean } {
  const tensors = [0, 1, 2].map((at) => constantInput(call, at));
  const [start = NaN, limit = NaN, step = NaN] = tensors.map(({ data }) => data[0]);
  const isWhole = tensors.every(({ type }) => type === "int");
  if (Number.isFinite((limit - start) / step)) return { start, limit, step, isWhole };
  throw refusedNode(call.node, "a start, a limit and a step", [start, limit, step].join(", "));
}
