/**
 * Mod: the remainder with the sign of the divisor, or with `fmod` that of the dividend. For what is
 * known without the images.
 */
import { integerAttribute } from "../interface/attributes";
import { combined, commonShape } from "../elementwise/elementwise";
import { known, type Operator } from "../interface/operator";

export const mod: Operator = {
  shape: commonShape,
  fold({ node, inputs: [a, b] }) {
    const keepsSign = integerAttribute(node, "fmod", 0) === 1;
    const value = (x: number, y: number): number => (keepsSign ? x % y : x - y * Math.floor(x / y));
    return combined(known(a), known(b), value, node.output);
  },
};
