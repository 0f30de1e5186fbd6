/** BatchNormalization with running statistics, where it is not part of a convolution: a x + b. */
import { batchNorm } from "./batch-statistics";
import { tf, type Tensor1D } from "../../../tensor/tf";
import { hostFloats } from "../../host-tensor";
import { integerAttribute, numberAttribute } from "../interface/attributes";
import { deviceConstant } from "../interface/operand";
import { differentiable } from "../interface/differentiable";
import {
  given,
  constantInput,
  inputShape,
  type Call,
  type Operator,
  refusedNode,
  workArrays,
} from "../interface/operator";
import { isChannelsLast } from "../interface/window";

export const batchNormalization: Operator = {
  shape(call) {
    if (integerAttribute(call.node, "training_mode", 0) !== 0) {
      throw refusedNode(call.node, "running statistics", "those of each batch, for training");
    }
    const shape = inputShape(call, 0);
    const channels = shape[isChannelsLast(call.node) ? shape.length - 1 : 1];
    for (const at of [1, 2, 3, 4]) {
      const { length } = constantInput(call, at).data;
      if (length !== channels) {
        throw refusedNode(call.node, `parameters of ${channels ?? 0} channels`, String(length));
      }
    }
    return shape;
  },
  prepare(call) {
    if (hasEpilogue(call)) throw refusedNode(call.node, "BatchNorm alone", "an addend or a ReLU");
    const [gamma, beta, mean, variance] = [1, 2, 3, 4].map((at) => constantInput(call, at).data);
    const epsilon = numberAttribute(call.node, "epsilon", 1e-5);
    const rank = inputShape(call, 0).length;
    const channels = gamma?.length ?? 0;
    const scale = Float32Array.from(
      { length: channels },
      (_, c) => (gamma?.[c] ?? 0) / Math.sqrt((variance?.[c] ?? 0) + epsilon),
    );
    const shift = Float32Array.from(scale, (a, c) => (beta?.[c] ?? 0) - (mean?.[c] ?? 0) * a);
    const shape = isChannelsLast(call.node)
      ? [channels]
      : [channels, ...Array.from({ length: Math.max(0, rank - 2) }, () => 1)];
    const a = deviceConstant(hostFloats(shape, scale));
    const b = deviceConstant(hostFloats(shape, shift));
    return differentiable(
      ([x]) => tf.add(tf.mul(given(x), a.get()), b.get()),
      (_, __, gradient) => [tf.mul(gradient, a.get())],
      () => {
        a.dispose();
        b.dispose();
      },
      { inputs: false, output: false },
    );
  },
  train(call) {
    const epsilon = numberAttribute(call.node, "epsilon", 1e-5);
    if (!isChannelsLast(call.node)) throw refusedNode(call.node, "channels last", "first");
    return {
      parameters: [1, 2],
      endsInRelu: endsInRelu(call),
      trace([input, gamma, beta, , , addend], wanted) {
        const vectors = { gamma: given(gamma) as Tensor1D, beta: given(beta) as Tensor1D };
        return batchNorm(
          given(input),
          vectors,
          { epsilon, relu: endsInRelu(call), addend },
          wanted[0] === true,
        );
      },
    };
  },
  workBytes: (_, output) => workArrays(output, 1, 0),
  flops: (_, output) => 2 * output.reduce((product, size) => product * size, 1),
};

/** Only in graphs for training: an addend (input 6) and a ReLU (attribute `relu`), in this order. */
function hasEpilogue(call: Call): boolean {
  return endsInRelu(call) || call.node.inputs[5] !== undefined;
}

function endsInRelu({ node }: Call): boolean {
  return integerAttribute(node, "relu", 0) === 1;
}
