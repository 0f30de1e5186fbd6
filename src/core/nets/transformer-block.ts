/**
 * The two halves of a Vision Transformer's block, each after a LayerNorm: multi-head self-attention,
 * and an MLP of two linear layers with a GELU between them. Parameter names are timm's.
 *
 * Between taps a representation is [n, 1, t, c]: images of one row and t columns, so stitches,
 * moments and CKA treat tokens as positions. Within a block it is a matrix with one row per token.
 */
import { kernels } from "../tensor/backend";
import { frozenLinear, type FrozenLinear } from "../tensor/linear";
import { layerNorm, tracedLayerNorm } from "../tensor/layer-norm";
import { tf, type Tensor, type Tensor4D, type Tensor2D } from "../tensor/tf";
import { foldedLinear, layerNormEpsilon, linearParameters } from "../weights/fold-norm";
import type { State } from "../weights/state";
import { mlpExpansion } from "./architecture";
import type { Segment } from "../graph/segment";

/**
 * Builds the attention half of a block, from [n, 1, t, dim] to the same shape. Vaswani et al. 2017,
 * section 3.2.
 *
 *     S = Q Kᵀ / √width    P = softmax(S)    O = P V
 *     dP = dO Vᵀ    dS = P ∘ (dP − rowsum(dP ∘ P))    dQ = dS K    dK = dSᵀ Q    dV = Pᵀ dO
 *
 * @param norm name of the LayerNorm before it
 * @param name prefix of `qkv` and `proj`
 * @throws LabError for a parameter that does not fit
 */
export function attention(
  state: State,
  norm: string,
  name: string,
  dim: number,
  heads: number,
): Segment {
  const { query, key, value } = projections(state, norm, `${name}.qkv`, dim, heads);
  const project = frozenLinear(linearParameters(state, `${name}.proj`, dim, dim));
  const shapeOf = (x: Tensor): { tokens: number; heads: number } => ({
    tokens: (x as Tensor4D).shape[2],
    heads,
  });

  return {
    forward: (x) =>
      tf.tidy(() => {
        const shape = shapeOf(x);
        const rows = layerNorm(rowsOf(x), layerNormEpsilon);
        const scores = kernels().attentionScores(query.forward(rows), key.forward(rows), shape);
        const mixed = kernels().attentionOutput(tf.softmax(scores), value.forward(rows), shape);
        return tokensFrom(project.forward(mixed), shape.tokens);
      }),
    trace(x) {
      const shape = shapeOf(x);
      const { output: rows, pullback: unstandardise } = tracedLayerNorm(
        rowsOf(x),
        layerNormEpsilon,
      );
      const [q, k, v] = [query.forward(rows), key.forward(rows), value.forward(rows)];
      const weights = tf.tidy(() => tf.softmax(kernels().attentionScores(q, k, shape)));
      const output = tf.tidy(() =>
        tokensFrom(project.forward(kernels().attentionOutput(weights, v, shape)), shape.tokens),
      );
      const pullback = (gradient: Tensor): Tensor =>
        tf.tidy(() => {
          const mixed = project.inputGradient(rowsOf(gradient));
          const dWeights = kernels().attentionScores(mixed, v, shape);
          const scores = softmaxPullback(weights, dWeights);
          const inputs = [
            query.inputGradient(kernels().attentionOutput(scores, k, shape)),
            key.inputGradient(kernels().attentionOutputTransposed(scores, q, shape)),
            value.inputGradient(kernels().attentionOutputTransposed(weights, mixed, shape)),
          ];
          return tokensFrom(unstandardise(tf.addN(inputs)), shape.tokens);
        });
      return { output, pullback };
    },
    dispose() {
      for (const layer of [query, key, value, project]) layer.dispose();
    },
  };
}

/** Takes the gradient of softmax's output, over the last axis, to that of its input. */
function softmaxPullback(probabilities: Tensor4D, gradient: Tensor4D): Tensor4D {
  return tf.tidy(() => {
    const inner = tf.sum(tf.mul(gradient, probabilities), 3, true);
    return tf.mul<Tensor4D>(probabilities, tf.sub(gradient, inner));
  });
}

/** Splits `qkv.weight` [3 dim, dim] into queries, keys and values; queries are scaled here. */
function projections(
  state: State,
  norm: string,
  name: string,
  dim: number,
  heads: number,
): { query: FrozenLinear; key: FrozenLinear; value: FrozenLinear } {
  const { weight, bias } = foldedLinear(state, norm, name, dim, 3 * dim);
  const part = (index: number, scale: number): FrozenLinear => {
    const scaled = (values: Float32Array, size: number): Float32Array =>
      values.slice(index * size, (index + 1) * size).map((entry) => entry * scale);
    return frozenLinear({ weight: scaled(weight, dim * dim), bias: scaled(bias, dim) });
  };
  return { query: part(0, (dim / heads) ** -0.5), key: part(1, 1), value: part(2, 1) };
}

/**
 * Builds the MLP half of a block, from [n, 1, t, dim] to the same shape.
 *
 * @param norm name of the LayerNorm before it
 * @param name prefix of `fc1` and `fc2`
 * @throws LabError for a parameter that does not fit
 */
export function mlp(state: State, norm: string, name: string, dim: number): Segment {
  const hidden = mlpExpansion * dim;
  const first = frozenLinear(foldedLinear(state, norm, `${name}.fc1`, dim, hidden));
  const second = frozenLinear(linearParameters(state, `${name}.fc2`, hidden, dim));
  const finish = (active: Tensor2D, x: Tensor): Tensor4D =>
    tokensFrom(second.forward(active), (x as Tensor4D).shape[2]);

  return {
    forward: (x) =>
      tf.tidy(() =>
        finish(kernels().gelu(first.forward(layerNorm(rowsOf(x), layerNormEpsilon))), x),
      ),
    trace(x) {
      const { output: rows, pullback: unstandardise } = tracedLayerNorm(
        rowsOf(x),
        layerNormEpsilon,
      );
      // Four times as wide as other activations: only the slope is kept.
      const { output, slope } = tf.tidy(() => {
        const active = kernels().geluWithSlope(first.forward(rows));
        return { output: finish(active.output, x), slope: active.slope };
      });
      const pullback = (gradient: Tensor): Tensor =>
        tf.tidy(() => {
          const within = tf.mul<Tensor2D>(second.inputGradient(rowsOf(gradient)), slope);
          const input = unstandardise(first.inputGradient(within));
          return tokensFrom(input, (x as Tensor4D).shape[2]);
        });
      return { output, pullback };
    },
    dispose() {
      first.dispose();
      second.dispose();
    },
  };
}

/** [n, 1, t, c] to [n t, c]; shares the memory. */
export function rowsOf(x: Tensor): Tensor2D {
  const [n, h, t, c] = (x as Tensor4D).shape;
  return tf.reshape(x, [n * h * t, c]);
}

/** [n t, c] to [n, 1, t, c]; shares the memory. */
function tokensFrom(rows: Tensor2D, tokens: number): Tensor4D {
  const [count, c] = rows.shape;
  return tf.reshape(rows, [count / tokens, 1, tokens, c]);
}
