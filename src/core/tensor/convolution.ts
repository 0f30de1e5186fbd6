/** Convolutions: what every backend implements of them, and what they are given. */
import type { Tensor1D, Tensor4D } from "./tf";

export interface ConvolutionKernels {
  /**
   * A convolution with bias and ReLU fused, and its input gradient. Square odd kernels with padding
   * (k − 1) / 2 and stride 1; 3×3 and 1×1 kernels with stride 2 on even heights and widths. That
   * covers `core/nets`.
   *
   * @param kernel [k, k, c₁, c₂]; owned by the result
   * @param bias [c₂]; owned by the result
   * @throws LabError `bad-shape` for any other kernel
   */
  readonly frozenConvolution: (
    kernel: Tensor4D,
    bias: Tensor1D,
    stride: 1 | 2,
  ) => FrozenConvolution;
  /**
   * A convolution of any kernel, stride, padding and dilation, in groups or not, and its input
   * gradient.
   *
   * @param values [kh, kw, c₁ / groups, c₂]
   * @param bias [c₂]
   */
  readonly generalConvolution: (
    values: Float32Array,
    bias: Float32Array,
    geometry: ConvolutionGeometry,
  ) => FrozenConvolution;
  /**
   * A convolution whose kernel may be another at each call, for training: the forms that
   * `frozenConvolution` has, without bias and ReLU.
   *
   * @param x [n, h, w, c₁]
   * @param kernel [k, k, c₁, c₂]
   * @returns [n, h/stride, w/stride, c₂]
   */
  readonly convolution: (x: Tensor4D, kernel: Tensor4D, stride: 1 | 2) => Tensor4D;
  /**
   * The transpose of `convolution`.
   *
   * @param dy [n, h/stride, w/stride, c₂]
   * @param kernel [k, k, c₁, c₂]
   * @returns [n, h, w, c₁]
   */
  readonly inputGradient: (dy: Tensor4D, kernel: Tensor4D, stride: 1 | 2) => Tensor4D;
  /**
   * The kernel's gradient of a convolution with padding (k − 1) / 2.
   *
   * @param x [n, h, w, p], the convolution's input
   * @param dy [n, h/stride, w/stride, q], the gradient of its output
   * @param side k, odd
   * @param algorithm the fastest rounds otherwise; stored results of stitches are of the direct one
   * @returns [k, k, p, q]
   */
  readonly filterGradient: (
    x: Tensor4D,
    dy: Tensor4D,
    side: number,
    stride: 1 | 2,
    algorithm?: "direct" | "fastest",
  ) => Tensor4D;
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

/** Operations on an input gradient before it is stored; both tensors are [n, h, w, c₁]. */
export interface GradientEpilogue {
  /** Added first. */
  readonly addend?: Tensor4D;
  /** A ReLU's output: the gradient passes where it is positive. */
  readonly mask?: Tensor4D;
}

export interface ConvolutionGeometry {
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly dilation: Pair;
  /** Rows and columns of zeros before and after the image. */
  readonly before: Pair;
  readonly after: Pair;
  readonly groups: number;
  /** Height and width of the input. */
  readonly size: Pair;
  /** Height and width of the output. */
  readonly out: Pair;
  /** c₁ */
  readonly channels: number;
}

/** For rows and columns. */
export type Pair = readonly [height: number, width: number];
