/** Range: the numbers from a start to a limit, for what is known without the images. */
import { hostFloats, hostIntegers } from "../../host-tensor";
import { constantInput, refusedNode, type Call, type Operator } from "../interface/operator";

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
