/** Equal: whether two numbers are the same, for what is known without the images. */
import { combined, commonShape } from "../elementwise/elementwise";
import { known, type Operator } from "../interface/operator";

export const equal: Operator = {
  shape: commonShape,
  fold: ({ node, inputs: [a, b] }) =>
    combined(known(a), known(b), (x, y) => Number(x === y), node.output, true),
};
