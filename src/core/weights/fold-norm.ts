/**
 * Folds LayerNorm's scale and shift into the linear layer after it: W (γ ∘ y + β) + b is itself a
 * linear layer of the normalised row y.
 */
import { LabError } from "../errors";
import type { LinearParameters } from "../tensor/linear";
import { parameter, type State } from "./state";

/** ε of every LayerNorm in timm's Vision Transformers; PyTorch's default is larger. */
export const layerNormEpsilon = 1e-6;

/**
 * Reads `linear.weight` [c₂, c₁] and `linear.bias` [c₂].
 *
 * @throws LabError if a parameter is missing, has another shape or is not finite
 */
export function linearParameters(
  state: State,
  linear: string,
  c1: number,
  c2: number,
): LinearParameters {
  return {
    weight: parameter(state, `${linear}.weight`, [c2, c1]),
    bias: parameter(state, `${linear}.bias`, [c2]),
  };
}

/**
 * Reads a linear layer and folds the LayerNorm before it in, in float64.
 *
 * @param norm prefix of γ and β, [c₁] each
 * @throws LabError if a parameter is missing, has another shape or is not finite
 */
export function foldedLinear(
  state: State,
  norm: string,
  linear: string,
  c1: number,
  c2: number,
): LinearParameters {
  const gamma = parameter(state, `${norm}.weight`, [c1]);
  const beta = parameter(state, `${norm}.bias`, [c1]);
  const unfolded = linearParameters(state, linear, c1, c2);
  const weight = unfolded.weight.map((value, at) => value * (gamma[at % c1] ?? 0));
  const bias = unfolded.bias.map((value, out) => {
    let shift = value;
    for (let from = 0; from < c1; from++) {
      shift += (unfolded.weight[out * c1 + from] ?? 0) * (beta[from] ?? 0);
    }
    return shift;
  });
  for (const values of [weight, bias]) {
    const wrong = values.find((value) => !Number.isFinite(value));
    if (wrong !== undefined) {
      throw new LabError({
        code: "bad-file",
        input: `${linear}.weight with ${norm}`,
        expected: "finite values once the LayerNorm is folded in",
        found: String(wrong),
      });
    }
  }
  return { weight, bias };
}
