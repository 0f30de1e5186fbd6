/** Not: whether a condition does not hold, for what is known without the images. */
import { hostBools } from "../../host-tensor";
import { inputShape, known, type Operator } from "../interface/operator";

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
