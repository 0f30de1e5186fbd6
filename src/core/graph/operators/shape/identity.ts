/** Identity: the input as it is. */
import { differentiable } from "../interface/differentiable";
import { given, known, inputShape, type Operator } from "../interface/operator";

export const identity: Operator = {
  shape: (call) => inputShape(call, 0),
  fold: ({ inputs: [x] }) => known(x),
  prepare: () =>
    differentiable(
      ([x]) => given(x).clone(),
      (_, __, gradient) => [gradient],
      undefined,
      { inputs: false, output: false },
    ),
  flops: () => 0,
};
