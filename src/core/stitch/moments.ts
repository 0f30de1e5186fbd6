/**
 * First and second moments of a pair of representations: the input of closed-form stitches and of
 * the measures of similarity that treat every position as a sample.
 *
 * Every position of every image is one sample. Sums are about the mean and are merged in float64
 * (Chan, Golub & LeVeque 1983, eq. 2.1), and neither large means nor many images cost accuracy. No
 * tensors here: `closed-form/batch-sums.ts` sums a batch on the device.
 */
export interface Moments {
  /** Samples: images × positions. */
  readonly count: number;
  /** [c₁] of the source, B's representation */
  readonly meanX: Float64Array;
  /** [c₂] of the target, A's representation */
  readonly meanY: Float64Array;
  /** [c₁, c₁] Σ (x − x̄)(x − x̄)ᵀ */
  readonly xx: Float64Array;
  /** [c₁, c₂] Σ (x − x̄)(y − ȳ)ᵀ */
  readonly xy: Float64Array;
  /** [c₂, c₂] Σ (y − ȳ)(y − ȳ)ᵀ */
  readonly yy: Float64Array;
}

/**
 * Whether all sums are finite. Those of representations that are finite, but above about 10¹⁹, are
 * not: their squares overflow float32.
 */
export function areFinite({ meanX, meanY, xx, xy, yy }: Moments): boolean {
  return [meanX, meanY, xx, xy, yy].every((values) => values.every(Number.isFinite));
}

/** Merges the moments of two disjoint sets of samples. */
export function mergeMoments(a: Moments, b: Moments): Moments {
  const count = a.count + b.count;
  const share = b.count / count;
  const weight = a.count * share;
  const shiftX = b.meanX.map((mean, i) => mean - (a.meanX[i] ?? 0));
  const shiftY = b.meanY.map((mean, j) => mean - (a.meanY[j] ?? 0));
  const outer = (
    sumA: Float64Array,
    sumB: Float64Array,
    left: Float64Array,
    right: Float64Array,
  ): Float64Array =>
    sumA.map((value, index) => {
      const row = left[Math.floor(index / right.length)] ?? 0;
      const column = right[index % right.length] ?? 0;
      return value + (sumB[index] ?? 0) + weight * row * column;
    });
  return {
    count,
    meanX: a.meanX.map((mean, i) => mean + share * (shiftX[i] ?? 0)),
    meanY: a.meanY.map((mean, j) => mean + share * (shiftY[j] ?? 0)),
    xx: outer(a.xx, b.xx, shiftX, shiftX),
    xy: outer(a.xy, b.xy, shiftX, shiftY),
    yy: outer(a.yy, b.yy, shiftY, shiftY),
  };
}
