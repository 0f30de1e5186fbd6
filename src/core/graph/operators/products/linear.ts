/** Linear: x Wᵀ + b of every row along the last axis, with constant W, [c₂, c₁], and b, [c₂]. */
import { kernels } from "../../../tensor/backend";
import { frozenLinear, type LinearParameters } from "../../../tensor/linear";
import { tf, type Rank, type Tensor, type Tensor2D } from "../../../tensor/tf";
import { sizeOf, type Shape } from "../../host-tensor";
import { differentiable } from "../interface/differentiable";
import {
  constantInput,
  given,
  inputShape,
  refusedNode,
  shapeText,
  type Call,
  type Operator,
  type Runner,
} from "../interface/operator";

export const linear: Operator = {
  shape(call) {
    const { bias } = parameters(call);
    return [...inputShape(call, 0).slice(0, -1), bias.length];
  },
  prepare: (call) => linearRunner(parameters(call)),
  train(call) {
    const { bias } = parameters(call);
    const c1 = inputShape(call, 0).at(-1) ?? 1;
    return {
      parameters: [1, 2],
      trace([input, weight, offset], wanted) {
        const x = rowsOf(given(input), c1);
        const w = given(weight) as Tensor2D;
        const { shape } = given(input);
        return {
          output: tf.reshape(tf.add(tf.matMul(x, w, false, true), given(offset)), [
            ...shape.slice(0, -1),
            bias.length,
          ]),
          pullback(gradient) {
            const dy = rowsOf(gradient, bias.length);
            return [
              wanted[0] ? tf.reshape(tf.matMul(dy, w), shape) : undefined,
              kernels().matMulTransposeA(dy, x),
              kernels().columnSums(dy),
            ];
          },
        };
      },
    };
  },
  flops: (call, output) => linearFlops(inputShape(call, 0), output),
};

/** A linear layer of rows as a node; its other inputs are constants. */
export function linearRunner(parameters: LinearParameters): Runner {
  const c2 = parameters.bias.length;
  const c1 = parameters.weight.length / c2;
  const layer = frozenLinear(parameters);
  const withColumns = (y: Tensor, x: Tensor, columns: number): Tensor =>
    tf.reshape(y, [...x.shape.slice(0, -1), columns]);
  return differentiable(
    ([x]) => withColumns(layer.forward(rowsOf(given(x), c1)), given(x), c2),
    (_, __, gradient) => [withColumns(layer.inputGradient(rowsOf(gradient, c2)), gradient, c1)],
    () => layer.dispose(),
    { inputs: false, output: false },
  );
}

function rowsOf(x: Tensor, columns: number): Tensor2D {
  return tf.reshape<Rank.R2>(x, [x.size / columns, columns]);
}

/** Each number of the output is a sum of as many products as a row of the input has numbers. */
export function linearFlops(input: Shape, output: Shape): number {
  return 2 * sizeOf(output) * (input.at(-1) ?? 1);
}

function parameters(call: Call): LinearParameters {
  const { node } = call;
  const shape = inputShape(call, 0);
  const weight = constantInput(call, 1);
  const [c2 = 0, c1 = 0] = weight.shape;
  if (weight.shape.length !== 2 || c2 < 1 || c1 < 1 || shape.at(-1) !== c1) {
    const found = `${shapeText(shape)} and ${shapeText(weight.shape)}`;
    throw refusedNode(node, "rows that fit a matrix", found);
  }
  const bias = node.inputs[2] === undefined ? undefined : constantInput(call, 2);
  if (bias && bias.data.length !== c2) {
    throw refusedNode(node, `a bias [${c2}]`, shapeText(bias.shape));
  }
  return {
    weight: Float32Array.from(weight.data),
    bias: bias ? Float32Array.from(bias.data) : new Float32Array(c2),
  };
}
