/** Inputs of nodes on the device: constants, and whatever an input may be. */
import { keptTensors } from "../../../tensor/ownership";
import { tf, type Tensor } from "../../../tensor/tf";
import { integersAt, type HostTensor } from "../../host-tensor";
import { given, type Call, type Inputs } from "./operator";

/** A constant on the device from its first use on; owned until `dispose`. */
export interface DeviceConstant {
  /** To be called inside a `tidy`, which does not dispose it. */
  get(): Tensor;
  dispose(): void;
}

export function deviceConstant({ data, shape }: HostTensor): DeviceConstant {
  const kept = keptTensors(() => [tf.tensor(Float32Array.from(data), [...shape], "float32")]);
  return {
    get() {
      const [tensor] = kept.get();
      if (tensor) return tensor;
      throw new TypeError("a constant on the device: expected a tensor, found none");
    },
    dispose: () => kept.dispose(),
  };
}

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
