/**
 * A stitch with a larger kernel for scoring, its BatchNorms folded with their running statistics.
 */
import { epsilon, type StitchParameters } from "./parameters";

/**
 * z = pad(x ∘ scale + shift) ⋆ kernel + bias. BN₁ stays separate: its output is padded with zeros,
 * and a shift folded into the bias would be wrong along the border.
 */
export interface PaddedMap {
  /** [c₁] */
  readonly scale: Float64Array;
  readonly shift: Float64Array;
  /** [k, k, c₁, c₂] row-major */
  readonly kernel: Float64Array;
  /** [c₂] */
  readonly bias: Float64Array;
}

export function toPaddedMap(stitch: StitchParameters): PaddedMap {
  const first = folded(stitch.gamma1, stitch.beta1, stitch.mean1, stitch.variance1);
  const second = folded(stitch.gamma2, stitch.beta2, stitch.mean2, stitch.variance2);
  return {
    scale: first.scale,
    shift: first.shift,
    kernel: Float64Array.from(
      stitch.weight,
      (weight, at) => weight * (second.scale[at % stitch.target] ?? 0),
    ),
    bias: second.shift,
  };
}

/** BatchNorm as u ∘ scale + shift. */
function folded(
  gamma: Float32Array,
  beta: Float32Array,
  mean: Float32Array,
  variance: Float32Array,
): { scale: Float64Array; shift: Float64Array } {
  const scale = Float64Array.from(
    gamma,
    (value, i) => value / Math.sqrt((variance[i] ?? 0) + epsilon),
  );
  const shift = Float64Array.from(beta, (value, i) => value - (mean[i] ?? 0) * (scale[i] ?? 0));
  return { scale, shift };
}
