/**
 * First and second moments of a pair of representations: all that a least-squares stitch needs.
 *
 * Every position of every image is one sample. A batch is summed on the device in float32 about the
 * batch's own mean; batches are merged in float64 (Chan, Golub & LeVeque 1983, eq. 2.1), so neither
 * large means nor many images cost accuracy.
 */
import { tf, type Tensor, type Tensor2D } from "../tensor/tf";

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
  /** [c₂] Σ (y − ȳ)² */
  readonly yy: Float64Array;
}

/**
 * Moments of one batch.
 *
 * @param x [n, h, w, c₁]
 * @param y [n, h, w, c₂]
 */
export async function momentsOf(x: Tensor, y: Tensor): Promise<Moments> {
  const c1 = x.shape[3] ?? 0;
  const c2 = y.shape[3] ?? 0;
  const packed = tf.tidy(() => {
    const samplesX = tf.reshape(x, [-1, c1]);
    const samplesY = tf.reshape(y, [-1, c2]);
    const meanX = tf.mean(samplesX, 0);
    const meanY = tf.mean(samplesY, 0);
    const centredX = tf.sub(samplesX, meanX) as Tensor2D;
    const centredY = tf.sub(samplesY, meanY) as Tensor2D;
    const xx = tf.matMul(centredX, centredX, true);
    const xy = tf.matMul(centredX, centredY, true);
    const yy = tf.sum(tf.square(centredY), 0);
    // One readback for all five.
    return tf.concat([meanX, meanY, xx.flatten(), xy.flatten(), yy]);
  });
  try {
    const values = Float64Array.from(await packed.data());
    let offset = 0;
    const take = (size: number): Float64Array => values.slice(offset, (offset += size));
    return {
      count: x.size / c1,
      meanX: take(c1),
      meanY: take(c2),
      xx: take(c1 * c1),
      xy: take(c1 * c2),
      yy: take(c2),
    };
  } finally {
    packed.dispose();
  }
}

/** Moments of two disjoint sets of samples, merged. */
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
    yy: a.yy.map((value, j) => value + (b.yy[j] ?? 0) + weight * (shiftY[j] ?? 0) ** 2),
  };
}
