/** Inputs of nodes on the device. */
import { tf, type Tensor } from "../../tensor/tf";
import { integersAt } from "../host-tensor";
import { deviceConstant } from "./device-constant";
import { given, type Call, type Inputs } from "./operator";

/** An input, whether it depends on the images, on their number, or on neither. */
export interface Operand {
  /** To be called inside a `tidy`, which disposes what the caller must not. */
  get(inputs: Inputs, n: number): Tensor;
  dispose(): void;
}

export function operand({ constants }: Call, at: number): Operand {
  const constant = constants[at];
  if (!constant) return { get: (inputs) => given(inputs[at]), dispose: () => undefined };
  if (constant.type === "int" && constant.perImage) {
    return {
      get: (_, n) => tf.tensor(integersAt(constant, n), [...constant.shape], "float32"),
      dispose: () => undefined,
    };
  }
  const kept = deviceConstant(constant);
  return { get: () => kept.get(), dispose: () => kept.dispose() };
}
