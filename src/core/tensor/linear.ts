/** Frozen linear layers on rows, with the gradient with respect to their input. */
import { keptTensors } from "./ownership";
import { tf, type Tensor2D } from "./tf";

/** y = x Wᵀ + b with constant W and b. Owns its tensors until `dispose`. */
export interface FrozenLinear {
  /**
   * @param x [n, c₁]
   * @returns [n, c₂]; the caller disposes it
   */
  forward(x: Tensor2D): Tensor2D;
  /**
   * @param dy [n, c₂]
   * @returns [n, c₁]; the caller disposes it
   */
  inputGradient(dy: Tensor2D): Tensor2D;
  dispose(): void;
}

/** A linear layer's numbers, in PyTorch's layout. */
export interface LinearParameters {
  /** W, [c₂, c₁] */
  readonly weight: Float32Array;
  /** b, [c₂] */
  readonly bias: Float32Array;
}

export function frozenLinear({ weight, bias }: LinearParameters): FrozenLinear {
  const c2 = bias.length;
  const c1 = weight.length / c2;
  // Neither direction multiplies by a transposed matrix, which tfjs's wasm backend (4.22.0) does
  // element by element.
  const forward = tf.tidy(() => tf.transpose(tf.tensor2d(weight, [c2, c1])));
  const b = tf.tensor1d(bias);
  // Created at the first gradient: a bottom network never needs it.
  const backward = keptTensors(() => [tf.transpose(forward)] as const);

  return {
    forward: (x) => tf.fused.matMul({ a: x, b: forward, bias: b }) as Tensor2D,
    inputGradient: (dy) => tf.tidy(() => tf.matMul(dy, backward.get()[0])),
    dispose() {
      tf.dispose([forward, b]);
      backward.dispose();
    },
  };
}
