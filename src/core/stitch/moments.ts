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
  const copy = {
    count: a.count,
    meanX: a.meanX.slice(),
    meanY: a.meanY.slice(),
    xx: a.xx.slice(),
    xy: a.xy.slice(),
    yy: a.yy.slice(),
  };
  return addMoments(copy, b);
}

/** As `mergeMoments`, in the arrays of `a`: of thousands of channels each takes 100 MB. */
export function addMoments(a: Moments, b: Moments): Moments {
  const count = a.count + b.count;
  const share = b.count / count;
  const weight = a.count * share;
  const shiftX = b.meanX.map((mean, i) => mean - (a.meanX[i] ?? 0));
  const shiftY = b.meanY.map((mean, j) => mean - (a.meanY[j] ?? 0));
  const addOuter = (
    sum: Float64Array,
    other: Float64Array,
    left: Float64Array,
    right: Float64Array,
  ): void => {
    left.forEach((row, i) => {
      const scaled = weight * row;
      const first = i * right.length;
      for (let j = 0; j < right.length; j++) {
        const at = first + j;
        sum[at] = (sum[at] ?? 0) + (other[at] ?? 0) + scaled * (right[j] ?? 0);
      }
    });
  };
  addOuter(a.xx, b.xx, shiftX, shiftX);
  addOuter(a.xy, b.xy, shiftX, shiftY);
  addOuter(a.yy, b.yy, shiftY, shiftY);
  const move = (means: Float64Array, shift: Float64Array): void =>
    means.forEach((mean, i) => (means[i] = mean + share * (shift[i] ?? 0)));
  move(a.meanX, shiftX);
  move(a.meanY, shiftY);
  return { ...a, count };
}
