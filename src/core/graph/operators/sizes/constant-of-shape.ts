/** ConstantOfShape: one number, repeated in a shape. */
import { tf } from "../../../tensor/tf";
import { hostLike, integersAt, sizeOf, type HostTensor } from "../../host-tensor";
import { tensorAttribute } from "../interface/attributes";
import { integersInput, knownIntegers } from "../interface/axes";
import { differentiable } from "../interface/differentiable";
import { refusedNode, type Call, type Operator } from "../interface/operator";

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
  flops: () => 0,
};

function filling(call: Call): { value: number; like: Pick<HostTensor, "type"> } {
  const tensor = tensorAttribute(call.node, "value");
  const value = tensor?.data[0];
  if (tensor === undefined) return { value: 0, like: { type: "float" } };
  if (value !== undefined && tensor.data.length === 1) return { value, like: tensor };
  throw refusedNode(call.node, "a value of one number", `${tensor.data.length}`);
}
