/** Features brought to mean 0 and variance 1, and a linear layer of them as one of the features. */
import type { LinearParameters } from "../tensor/linear";

export interface Scale {
  readonly mean: number;
  /** 0 for a feature that does not vary, which becomes 0. */
  readonly deviation: number;
}

/**
 * Standardises features in place.
 *
 * @param rows [n, p]
 * @returns [p]
 */
export function standardised(rows: Float32Array, count: number): Scale[] {
  const width = rows.length / count;
  const sums = new Float64Array(width);
  const squares = new Float64Array(width);
  for (let at = 0; at < rows.length; at++)
    sums[at % width] = (sums[at % width] ?? 0) + (rows[at] ?? 0);
  const means = sums.map((sum) => sum / count);
  for (let at = 0; at < rows.length; at++) {
    const apart = (rows[at] ?? 0) - (means[at % width] ?? 0);
    squares[at % width] = (squares[at % width] ?? 0) + apart * apart;
  }
  const scales = Array.from(means, (mean, p) => {
    const deviation = Math.sqrt((squares[p] ?? 0) / count);
    // What rounding leaves of a feature that does not vary.
    return { mean, deviation: deviation > 1e-6 * Math.abs(mean) ? deviation : 0 };
  });
  for (let at = 0; at < rows.length; at++) {
    const { mean, deviation } = scales[at % width] ?? { mean: 0, deviation: 0 };
    rows[at] = deviation === 0 ? 0 : ((rows[at] ?? 0) - mean) / deviation;
  }
  return scales;
}

/**
 * Returns the linear layer of features that a linear layer of standardised features is.
 *
 * @param point W [classes, p], then b [classes]
 */
export function unscaled(
  point: Float64Array,
  scales: readonly Scale[],
  classes: number,
): LinearParameters {
  const width = scales.length;
  const weight = new Float32Array(classes * width);
  const bias = new Float32Array(classes);
  for (let output = 0; output < classes; output++) {
    let shift = point[classes * width + output] ?? 0;
    scales.forEach(({ mean, deviation }, p) => {
      if (deviation === 0) return;
      const entry = (point[output * width + p] ?? 0) / deviation;
      weight[output * width + p] = entry;
      shift -= entry * mean;
    });
    bias[output] = shift;
  }
  return { weight, bias };
}
