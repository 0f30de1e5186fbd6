/**
 * The Gaussian error linear unit, exact: x Φ(x), where Φ is the normal distribution function.
 * Hendrycks & Gimpel 2016, "Gaussian Error Linear Units", section 2; PyTorch's default.
 *
 * Φ(x) = ½ (1 + erf(x / √2)), with erf by a formula whose error is below 2·10⁻⁷ (Abramowitz & Stegun 1964, 7.1.26).
 * So do all backends of tfjs but wasm, which computes erf number by number; there our own kernel does it.
 */
import { tf, type Tensor2D } from "./tf";
import { pointerTo, hasKernels, runKernel } from "./wasm/kernels";

/**
 * @param x [n, c]
 * @returns [n, c]; the caller disposes it
 */
export function gelu(x: Tensor2D): Tensor2D {
  if (isForOurKernel(x)) return computed(x, "output");
  return tf.tidy(() => tf.mul<Tensor2D>(x, normalDistribution(x)));
}

/**
 * `gelu` and its derivative Φ(x) + x φ(x), φ the normal density.
 *
 * @param x [n, c]
 * @returns [n, c] each; the caller disposes them
 */
export function geluWithSlope(x: Tensor2D): { output: Tensor2D; slope: Tensor2D } {
  if (isForOurKernel(x)) return { output: computed(x, "output"), slope: computed(x, "slope") };
  return tf.tidy(() => {
    const distribution = normalDistribution(x);
    const density = tf.mul(tf.exp(tf.mul(tf.square(x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
    return {
      output: tf.mul<Tensor2D>(x, distribution),
      slope: tf.add<Tensor2D>(distribution, tf.mul(x, density)),
    };
  });
}

function normalDistribution(x: Tensor2D): Tensor2D {
  return tf.mul<Tensor2D>(tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1), 0.5);
}

/** Vectors of four numbers. */
function isForOurKernel({ size }: Tensor2D): boolean {
  return hasKernels() && size % 4 === 0;
}

function computed(x: Tensor2D, wanted: "output" | "slope"): Tensor2D {
  const numbers = [pointerTo(x), x.size, wanted === "slope" ? 1 : 0];
  return runKernel("gelu", [x], x.shape, numbers) as Tensor2D;
}
