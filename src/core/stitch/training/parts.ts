/** Batches that pass in parts, since the whole does not fit into memory. */
import { tf, type Tensor } from "../../tensor/tf";

/** Cuts a batch into parts of `rows` images. */
export function partsOfBatch(batch: Uint32Array, rows: number): Uint32Array[] {
  return Array.from({ length: Math.ceil(batch.length / rows) }, (_, part) =>
    batch.subarray(part * rows, (part + 1) * rows),
  );
}

/**
 * Adds up what each part of a batch gives, one part at a time; a single part's is returned as it
 * is.
 *
 * @param of returns as many tensors for each part
 * @returns tensors that the caller disposes
 */
export function summedOver<P, T extends readonly Tensor[]>(
  parts: readonly P[],
  of: (part: P) => T,
): T {
  let sums: readonly Tensor[] = [];
  for (const part of parts) {
    const before = sums;
    sums = tf.tidy(() =>
      of(part).map((tensor, k) => {
        const sum = before[k];
        return sum ? tf.add(sum, tensor) : tensor;
      }),
    );
    tf.dispose([...before]);
  }
  return sums as unknown as T;
}

/** As `summedOver`, for means over parts of one size. */
export function averagedOver<P, T extends readonly Tensor[]>(
  parts: readonly P[],
  of: (part: P) => T,
): T {
  const sums = summedOver(parts, of);
  if (parts.length <= 1) return sums;
  const means = tf.tidy(() => sums.map((sum) => tf.div(sum, parts.length)));
  tf.dispose([...sums]);
  return means as unknown as T;
}
