/**
 * The operators that every backend implements in its own way. This interface has three
 * implementations: `plain/` by tfjs's operators, `wasm/` and `webgpu/` by our own programs, which
 * leave the shapes that they do not cover to `plain/`. `backend.ts` holds the one in use.
 *
 * Every tensor that a kernel returns is new, and the caller disposes it.
 */
import type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor4D } from "./tf";

export interface Kernels {
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
  /** Copies the numbers of a vector from `offset` on. @returns of the shape */
  readonly vectorPart: (vector: Tensor1D, offset: number, shape: readonly number[]) => Tensor;

  /**
   * Σ g and Σ g (x − mean) of each column. With g = x − mean, by default, the second is n times the
   * variance.
   *
   * @param x [n, c]
   * @param mean [c]
   * @param g [n, c]
   * @returns [2, c]
   */
  readonly columnMoments: (x: Tensor2D, mean: Tensor1D, g?: Tensor2D) => Tensor2D;
  /**
   * x · scale + shift in each column, then + addend, then ReLU.
   *
   * @param x [n, c]
   * @param epilogue addend [n, c]
   */
  readonly scaleColumns: (
    x: Tensor2D,
    scale: Tensor1D,
    shift: Tensor1D,
    epilogue: { readonly addend?: Tensor2D | undefined; readonly relu: boolean },
  ) => Tensor2D;
  /**
   * a · x + b · y + d in each column.
   *
   * @param x [n, c]
   * @param y [n, c]
   */
  readonly combineColumns: (
    x: Tensor2D,
    y: Tensor2D,
    vectors: { readonly a: Tensor1D; readonly b: Tensor1D; readonly d: Tensor1D },
  ) => Tensor2D;

  /**
   * aᵀb of two tall matrices: the sums over samples in covariances and weight gradients.
   *
   * @param a [n, p]
   * @param b [n, q]
   * @returns [p, q]
   */
  readonly matMulTransposeA: (a: Tensor2D, b: Tensor2D) => Tensor2D;
  /**
   * aaᵀ, the inner products of a wide matrix's rows.
   *
   * @param a [n, k]
   * @returns [n, n]
   */
  readonly gramMatrix: (a: Tensor2D) => Tensor2D;

  /** @param rows [n, c] @returns [c] */
  readonly columnSums: (rows: Tensor2D) => Tensor1D;
  /** @param rows [n, c] @returns [c] */
  readonly columnMeans: (rows: Tensor2D) => Tensor1D;
  /**
   * Centres the columns of a matrix. The first row is subtracted before the mean is taken: a
   * constant column becomes exact zeros, where a mean rounded in float32 would leave a residue that
   * looks like variance.
   *
   * @param rows [n, c]
   * @returns the centred rows [n, c] and the means [1, c]
   */
  readonly centredColumns: (rows: Tensor2D) => { centred: Tensor2D; mean: Tensor2D };
  /**
   * Repeats each row.
   *
   * @param x [n, c]
   * @returns [n, times, c]
   */
  readonly repeatRows: (x: Tensor2D, times: number) => Tensor;

  /**
   * A Bᵀ of each image and head: the inner product of every token of `a` with every token of `b`.
   * Vaswani et al. 2017, section 3.2.
   *
   * @param a [n t, c]
   * @param b [n t, c]
   * @returns [n, heads, t, t]
   */
  readonly attentionScores: (a: Tensor2D, b: Tensor2D, shape: HeadShape) => Tensor4D;
  /**
   * W B of each image and head: every token's mixture of the tokens of `b`.
   *
   * @param weights [n, heads, t, t]
   * @param b [n t, c]
   * @returns [n t, c]
   */
  readonly attentionOutput: (weights: Tensor4D, b: Tensor2D, shape: HeadShape) => Tensor2D;
  /**
   * Wᵀ B of each image and head.
   *
   * @param weights [n, heads, t, t]
   * @param b [n t, c]
   * @returns [n t, c]
   */
  readonly attentionOutputTransposed: (
    weights: Tensor4D,
    b: Tensor2D,
    shape: HeadShape,
  ) => Tensor2D;

  /**
   * The gradient of a maximum over windows: each output's goes to the largest number of its window,
   * of equal ones to the first, as PyTorch does.
   *
   * @param x [n, h, w, c]
   * @param output [n, oh, ow, c], of the pool
   * @param gradient of the output
   * @returns [n, h, w, c]
   */
  readonly maxPoolGradient: (
    x: Tensor4D,
    output: Tensor4D,
    gradient: Tensor4D,
    window: PoolGeometry,
  ) => Tensor4D;
  /**
   * Passes a gradient where a ReLU's output is positive.
   *
   * @param gradient [n, h, w, c]
   * @param output [n, h, w, c]
   * @returns [n, h, w, c]
   */
  readonly reluGradient: (gradient: Tensor4D, output: Tensor4D) => Tensor4D;
  /**
   * The Gaussian error linear unit, exact: x Φ(x), where Φ is the normal distribution function.
   * Hendrycks & Gimpel 2016, section 2; PyTorch's default.
   *
   * @param x [n, c]
   * @returns [n, c]
   */
  readonly gelu: (x: Tensor2D) => Tensor2D;
  /**
   * `gelu` and its derivative Φ(x) + x φ(x), φ the normal density.
   *
   * @param x [n, c]
   * @returns [n, c] each
   */
  readonly geluWithSlope: (x: Tensor2D) => { output: Tensor2D; slope: Tensor2D };

  /**
   * Mean cross-entropy of a batch and its gradient with respect to the logits. To be called inside
   * a `tidy`.
   *
   * @param logits [n, classes]
   * @param labels [n, classes] one-hot
   */
  readonly crossEntropy: (
    logits: Tensor2D,
    labels: Tensor2D,
  ) => { loss: Scalar; gradient: Tensor2D };
  /**
   * Cross-entropy of each image, in nats.
   *
   * @param logits [n, classes]
   * @param labels [n, classes] one-hot
   * @returns [n]
   */
  readonly crossEntropies: (logits: Tensor2D, labels: Tensor2D) => Tensor1D;

  /** One step of Adam. Kingma & Ba 2015, algorithm 1. */
  readonly adamStep: (
    parameters: Tensor1D,
    gradient: Tensor1D,
    moments: AdamMoments,
    numbers: AdamNumbers,
  ) => { parameters: Tensor1D; moments: AdamMoments };
}

export type Pair = readonly [height: number, width: number];

export interface PoolGeometry {
  readonly kernel: Pair;
  readonly stride: Pair;
  /** Rows and columns before the image that the first windows reach. */
  readonly before: Pair;
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

/**
 * Division of rows into heads: row r is token r mod t of image ⌊r / t⌋; head h has the c/heads
 * columns from h c/heads.
 */
export interface HeadShape {
  /** t, tokens in an image. */
  readonly tokens: number;
  readonly heads: number;
}

/** Running means of the gradient and of its square. */
export interface AdamMoments {
  readonly first: Tensor1D;
  readonly second: Tensor1D;
}

export interface AdamNumbers {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Learning rate / (1 − β₁ᵗ). */
  readonly rate: number;
  /** 1 − β₂ᵗ */
  readonly correction: number;
}
