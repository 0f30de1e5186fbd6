/** Constants of nodes on the device. */
import { keptTensors } from "../../tensor/ownership";
import { tf, type Tensor } from "../../tensor/tf";
import type { HostTensor, Shape } from "../host-tensor";

/** A constant on the device from its first use on; owned until `dispose`. */
export interface DeviceConstant {
  /** To be called inside a `tidy`, which does not dispose it. */
  get(): Tensor;
  dispose(): void;
}

/** @param shape another shape of the same size; the constant's own if absent */
export function deviceConstant(
  constant: HostTensor,
  shape: Shape = constant.shape,
): DeviceConstant {
  const kept = keptTensors(() => [
    tf.tensor(Float32Array.from(constant.data), [...shape], "float32"),
  ]);
  return {
    get() {
      const [tensor] = kept.get();
      if (tensor) return tensor;
      throw new TypeError("a constant on the device: expected a tensor, found none");
    },
    dispose: () => kept.dispose(),
  };
}
