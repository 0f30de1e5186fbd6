/**
 * B's representations at one tap, computed once for each image where they fit the memory budget. B
 * is frozen: they are the same in every epoch.
 *
 * Kept in ordinary memory, and only where reading a tensor is a copy (CPU backends): on a GPU,
 * running the bottom again is cheaper than reading back. An image's representation does not depend
 * on its batch: the numbers are the same, cached or not.
 */
import type { ImageSet } from "../../data/image-set";
import { sourceBatch, type FrozenNetwork } from "../../nets/network";
import { readsAtOnce } from "../../tensor/backend";
import { tf, type Tensor4D } from "../../tensor/tf";

/**
 * Memory budget of one worker, in bytes: what 1.5 GB leaves after the networks, the images and a
 * step's tensors.
 */
const activationBudgetBytes = 384 * 2 ** 20;

export interface BottomActivations {
  /**
   * @param indices the images, in order
   * @param rows the batch's size; rows beyond `indices` are those of an image of zeros, or zero
   * @returns [rows, h, w, c₁]; the caller disposes it
   */
  batch(indices: Uint32Array, rows?: number): Tensor4D;
  /** First part of `batch`; `from` is the second, which can be replayed. */
  source(indices: Uint32Array, rows?: number): Tensor4D;
  /** Second part of `batch`; to be called inside a `tidy`. */
  from(source: Tensor4D): Tensor4D;
}

/**
 * @param images maximum number of different images, which decides whether they are kept; Infinity
 *   if none is used twice
 */
export function bottomActivations(
  bottom: FrozenNetwork,
  tap: number,
  set: ImageSet,
  images: number,
  budgetBytes = activationBudgetBytes,
): BottomActivations {
  const { height = 0, width = 0, channels = 0 } = bottom.taps[tap] ?? {};
  const size = height * width * channels;
  const compute = (indices: Uint32Array, rows: number): Tensor4D =>
    tf.tidy(() => bottom.bottom(sourceBatch(bottom, set, indices, rows), tap));
  if (!readsAtOnce() || images * size * Float32Array.BYTES_PER_ELEMENT > budgetBytes) {
    return {
      batch: (indices, rows = indices.length) => compute(indices, rows),
      source: (indices, rows = indices.length) => sourceBatch(bottom, set, indices, rows),
      from: (source) => bottom.bottom(source, tap),
    };
  }

  const kept = new Map<number, Float32Array>();
  function keep(indices: Uint32Array, rows: number): void {
    if (indices.length === 0) return;
    const computed = compute(indices, rows);
    const values = computed.dataSync<"float32">();
    computed.dispose();
    indices.forEach((index, row) => kept.set(index, values.slice(row * size, (row + 1) * size)));
  }
  function batch(indices: Uint32Array, rows = indices.length): Tensor4D {
    keep(
      indices.filter((index) => !kept.has(index)),
      rows,
    );
    const values = new Float32Array(rows * size);
    indices.forEach((index, row) => values.set(kept.get(index) ?? [], row * size));
    return tf.tensor4d(values, [rows, height, width, channels]);
  }
  return { batch, source: batch, from: (source) => source };
}
