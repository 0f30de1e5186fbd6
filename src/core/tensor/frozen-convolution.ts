/** What a frozen convolution does, whoever computes it. */
import type { Tensor4D } from "./tf";

/** What else is done to an input gradient on its way to memory; both are [n, h, w, c₁]. */
export interface GradientEpilogue {
  /** Added first. */
  readonly addend?: Tensor4D;
  /** A ReLU's output: the gradient passes where it is positive. */
  readonly mask?: Tensor4D;
}

/** A convolution whose kernel never changes. Owns its tensors until `dispose`. */
export interface FrozenConvolution {
  /**
   * @param x [n, h, w, c₁]
   * @param addend [n, h/stride, w/stride, c₂], added before the activation
   * @returns [n, h/stride, w/stride, c₂]; the caller disposes it
   */
  forward(x: Tensor4D, activation: "relu" | "linear", addend?: Tensor4D): Tensor4D;
  /**
   * The transpose of `forward` without bias and activation.
   *
   * @param dy [n, h/stride, w/stride, c₂]
   * @returns [n, h, w, c₁]; the caller disposes it
   */
  inputGradient(dy: Tensor4D, epilogue?: GradientEpilogue): Tensor4D;
  dispose(): void;
}
