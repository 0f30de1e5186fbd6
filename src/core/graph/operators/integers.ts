/** Equal, Mod and Not, for what is known without the images. */
import { hostBools } from "../host-tensor";
import { integerAttribute } from "./attributes";
import { combined, commonShape } from "./elementwise";
import { inputShape, known, type Operator } from "./operator";

export const equal: Operator = {
  shape: commonShape,
  fold: ({ node, inputs: [a, b] }) =>
    combined(known(a), known(b), (x, y) => Number(x === y), node.output, true),
};

/** With the sign of the divisor, or with `fmod` that of the dividend. */
export const mod: Operator = {
  shape: commonShape,
  fold({ node, inputs: [a, b] }) {
    const keepsSign = integerAttribute(node, "fmod", 0) === 1;
    const value = (x: number, y: number): number => (keepsSign ? x % y : x - y * Math.floor(x / y));
    return combined(known(a), known(b), value, node.output);
  },
};

export const not: Operator = {
  shape: (call) => inputShape(call, 0),
  fold({ inputs: [x] }) {
    const { data, shape } = known(x);
    return hostBools(
      shape,
      Uint8Array.from(data, (value) => Number(value === 0)),
    );
  },
};
