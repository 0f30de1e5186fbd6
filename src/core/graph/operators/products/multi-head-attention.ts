/**
 * MultiHeadAttention: softmax(Q Kᵀ + M) V of each head, with queries, keys and values [..., t, c]
 * whose columns are divided among `heads`, and a constant M (input 4) for the heads of one image's
 * windows, [windows, heads, t, t]. Queries are multiplied by the attribute `scale`, which is 1 where
 * they are scaled before. Vaswani et al. 2017, section 3.2.
 */
import { kernels } from "../../../tensor/backend";
import type { HeadShape } from "../../../tensor/kernels";
import { tf, type Rank, type Tensor, type Tensor2D, type Tensor4D } from "../../../tensor/tf";
import { floatBytes, sizeOf } from "../../host-tensor";
import { integerAttribute, numberAttribute } from "../interface/attributes";
import { operand } from "../interface/operand";
import {
  constantInput,
  inputShape,
  refusedNode,
  shapeText,
  type Call,
  type Inputs,
  type Operator,
} from "../interface/operator";

export const multiHeadAttention: Operator = {
  shape(call) {
    read(call);
    return inputShape(call, 2);
  },
  prepare(call) {
    const shape = read(call);
    const [query, key, value] = [0, 1, 2].map((at) => operand(call, at)) as [Part, Part, Part];
    const added = call.node.inputs[3] === undefined ? undefined : operand(call, 3);
    const scale = numberAttribute(call.node, "scale", 1);
    const scaled = (queries: Tensor2D): Tensor2D =>
      scale === 1 ? queries : tf.mul<Tensor2D>(queries, scale);
    const rowsOf = (part: Part, inputs: Inputs, n: number): Tensor2D => {
      const found = rows(part.get(inputs, n));
      return part === query ? scaled(found) : found;
    };

    const weightsOf = (q: Tensor2D, k: Tensor2D, inputs: Inputs, n: number): Tensor4D =>
      tf.tidy(() => {
        const scores = kernels().attentionScores(q, k, shape);
        return tf.softmax(added ? withAddend(scores, added.get(inputs, n)) : scores);
      });
    const mixed = (weights: Tensor4D, inputs: Inputs, n: number): Tensor => {
      const v = value.get(inputs, n);
      return tf.reshape(kernels().attentionOutput(weights, rows(v), shape), v.shape);
    };

    return {
      forward: (inputs, n) => {
        const [q, k] = [rowsOf(query, inputs, n), rowsOf(key, inputs, n)];
        return mixed(weightsOf(q, k, inputs, n), inputs, n);
      },
      trace(inputs, n) {
        const [q, k, v] = [query, key, value].map((part) => rowsOf(part, inputs, n)) as Three;
        const weights = weightsOf(q, k, inputs, n);
        return {
          output: mixed(weights, inputs, n),
          // With P = softmax(S), O = P V:
          // dP = dO Vᵀ, dS = P ∘ (dP − rowsum(dP ∘ P)), dQ = dS K, dK = dSᵀ Q, dV = Pᵀ dO
          pullback(gradient) {
            const output = rows(gradient);
            const scores = softmaxPullback(weights, kernels().attentionScores(output, v, shape));
            const parts = [
              () => scaled(kernels().attentionOutput(scores, k, shape)),
              () => kernels().attentionOutputTransposed(scores, q, shape),
              () => kernels().attentionOutputTransposed(weights, output, shape),
            ];
            return parts.map((part, at) => {
              const input = inputs[at];
              return input && tf.reshape(part(), input.shape);
            });
          },
        };
      },
      keeps: { inputs: true, output: false },
      dispose() {
        for (const part of [query, key, value, added]) part?.dispose();
      },
    };
  },
  workBytes(call, output) {
    const { tokens, heads } = read(call);
    const rows = sizeOf(output) / (output.at(-1) ?? 1);
    const scores = floatBytes * rows * heads * tokens;
    const mixed = floatBytes * sizeOf(output);
    return { forward: 2 * scores + mixed, kept: 2 * scores + mixed, pullback: 4 * scores };
  },
  flops(call, output) {
    const { tokens } = read(call);
    const inner = sizeOf(inputShape(call, 0)) + sizeOf(output);
    return 2 * inner * tokens;
  },
};

type Part = ReturnType<typeof operand>;
type Three = [Tensor2D, Tensor2D, Tensor2D];

function read(call: Call): HeadShape {
  const { node } = call;
  const heads = integerAttribute(node, "heads", 1);
  const shapes = [0, 1, 2].map((at) => inputShape(call, at));
  const [tokens, ...others] = shapes.map((shape) => shape.at(-2));
  const [query, key, value] = shapes;
  const fits =
    tokens !== undefined &&
    tokens >= 1 &&
    others.every((count) => count === tokens) &&
    query?.join() === key?.join() &&
    query?.slice(0, -1).join() === value?.slice(0, -1).join() &&
    shapes.every((shape) => heads >= 1 && (shape.at(-1) ?? 0) % heads === 0);
  if (!fits) {
    const found = `${shapes.map(shapeText).join(", ")} and ${heads} heads`;
    throw refusedNode(node, "queries, keys and values of the same tokens", found);
  }
  if (node.inputs[3] !== undefined) {
    const { shape } = constantInput(call, 3);
    const [windows = 0, ...each] = shape;
    const images = sizeOf((query ?? []).slice(0, -2));
    const isPart = windows >= 1 && Number.isInteger(images / windows);
    if (!isPart || each.join() !== [heads, tokens, tokens].join()) {
      throw refusedNode(node, `an addend [windows,${heads},${tokens},${tokens}]`, shapeText(shape));
    }
  }
  return { tokens, heads };
}

/** @param scores [n windows, heads, t, t] @param addend [windows, heads, t, t] */
function withAddend(scores: Tensor4D, addend: Tensor): Tensor4D {
  const [all, heads, tokens] = scores.shape;
  const [windows = 1] = addend.shape;
  const square = tokens * tokens;
  const apart = tf.reshape(scores, [all / windows, windows * heads, square]);
  const sum = tf.add(apart, tf.reshape(addend, [windows * heads, square]));
  return tf.reshape(sum, scores.shape);
}

/** Takes the gradient of softmax's output, over the last axis, to that of its input. */
function softmaxPullback(probabilities: Tensor4D, gradient: Tensor4D): Tensor4D {
  return tf.tidy(() => {
    const inner = tf.sum(tf.mul(gradient, probabilities), 3, true);
    return tf.mul<Tensor4D>(probabilities, tf.sub(gradient, inner));
  });
}

/** One row for each token; shares the memory. */
function rows(x: Tensor): Tensor2D {
  const columns = x.shape.at(-1) ?? 1;
  return tf.reshape<Rank.R2>(x, [x.size / columns, columns]);
}
