/** The variance of a network's representations at several taps, gathered batch by batch. */
import { kernels } from "../../tensor/backend";
import { tf, type Rank, type Tensor1D, type Tensor2D, type Tensor4D } from "../../tensor/tf";

export interface VarianceSums {
  /**
   * To be called inside a `tidy`.
   *
   * @param ys one [n, h, w, c] a tap, the same taps in every batch
   * @returns sums of the batch, one tensor a tap, for `add`; the caller disposes them
   */
  ofBatch(ys: readonly Tensor4D[]): Tensor1D[];
  /** Adds what `ofBatch` returned, in the order of the batches. */
  add(sums: readonly Float32Array[]): void;
  /** @returns E‖y − ȳ‖² by tap, with ȳ each channel's mean over images and positions */
  perImage(images: number): number[];
  dispose(): void;
}

/** Sums are taken about the means of the first batch, so that large means cost no digits. */
export function varianceSums(): VarianceSums {
  const shifts: Tensor1D[] = [];
  const sums: { squares: number; readonly channels: Float64Array; samples: number }[] = [];
  const samples: number[] = [];
  return {
    ofBatch: (ys) =>
      ys.map((y, k) => {
        const [n, h, w, c] = y.shape;
        samples[k] = n * h * w;
        const all = tf.reshape<Rank.R2>(y, [n * h * w, c]);
        const shift = (shifts[k] ??= tf.keep(kernels().columnMeans(all)));
        const centred = tf.sub<Tensor2D>(all, shift);
        const squares = tf.reshape<Rank.R1>(tf.sum(tf.square(centred)), [1]);
        return tf.concat1d([kernels().columnSums(centred), squares]);
      }),
    add(found) {
      for (const [k, values] of found.entries()) {
        const c = values.length - 1;
        const sum = (sums[k] ??= { squares: 0, channels: new Float64Array(c), samples: 0 });
        values.subarray(0, c).forEach((value, channel) => {
          sum.channels[channel] = (sum.channels[channel] ?? 0) + value;
        });
        sum.squares += values[c] ?? 0;
        sum.samples += samples[k] ?? 0;
      }
    },
    perImage: (images) =>
      sums.map(({ squares, channels, samples }) => {
        const ofMeans = channels.reduce((sum, value) => sum + value ** 2, 0) / samples;
        return Math.max(0, squares - ofMeans) / images;
      }),
    dispose() {
      tf.dispose(shifts);
    },
  };
}
