/**
 * Folds BatchNorm into the convolution before it. A frozen network always normalises with its
 * running statistics: BatchNorm(conv(x)) is itself a convolution with a bias.
 */
import { LabError } from "../errors";
import type { FoldedConvolution } from "../graph/builder";
import { hostFloats } from "../graph/host-tensor";
import { parameter, type State } from "./state";

/** PyTorch's default; no architecture here changes it. */
export const batchNormEpsilon = 1e-5;

/**
 * Reads `conv.weight` [c₂, c₁, k, k] and its BatchNorm from a PyTorch state and folds the two, in
 * float64.
 *
 * @throws LabError if a parameter is missing, has another shape or is not finite, a variance is
 *   negative, or the folded values overflow float32
 */
export function foldedConvolution(
  state: State,
  conv: string,
  norm: string,
  k: number,
  c1: number,
  c2: number,
): FoldedConvolution {
  const weight = parameter(state, `${conv}.weight`, [c2, c1, k, k]);
  const gamma = parameter(state, `${norm}.weight`, [c2]);
  const beta = parameter(state, `${norm}.bias`, [c2]);
  const mean = parameter(state, `${norm}.running_mean`, [c2]);
  const variance = parameter(state, `${norm}.running_var`, [c2]);
  const negative = variance.find((value) => value < 0);
  if (negative !== undefined) {
    throw new LabError({
      code: "bad-file",
      input: `${norm}.running_var`,
      expected: "variances of at least 0",
      found: String(negative),
    });
  }

  const kernel = new Float32Array(weight.length);
  const bias = new Float32Array(c2);
  for (let out = 0; out < c2; out++) {
    const scale = at(gamma, out) / Math.sqrt(at(variance, out) + batchNormEpsilon);
    bias[out] = at(beta, out) - at(mean, out) * scale;
    const each = c1 * k * k;
    for (let cell = out * each; cell < (out + 1) * each; cell++) {
      kernel[cell] = at(weight, cell) * scale;
    }
  }
  const overflow = [kernel, bias].flatMap(
    (values) => values.find((v) => !Number.isFinite(v)) ?? [],
  );
  if (overflow[0] !== undefined) {
    throw new LabError({
      code: "bad-file",
      input: `${conv}.weight with ${norm}`,
      expected: "finite values once the BatchNorm is folded in",
      found: String(overflow[0]),
    });
  }
  return { kernel: hostFloats([c2, c1, k, k], kernel), bias: hostFloats([c2], bias) };
}

function at(values: Float32Array, index: number): number {
  return values[index] ?? 0;
}
