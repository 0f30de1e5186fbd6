/**
 * Passes images through both networks once and gathers, at every tap, the moments that closed-form
 * stitches need and, where asked, the sums that measures of similarity need.
 */
import type { ImageSet } from "../data/image-set";
import { imageBatch } from "../data/images";
import type { FrozenNetwork } from "../nets/network";
import { centredGram, momentsOf } from "./batch-sums";
import { gramsOfBatch, mergeSums, noGrams, type ClosedFormSums } from "../similarity/sums";
import { tf, type Tensor4D } from "../tensor/tf";

export interface ClosedFormEvent {
  /** Images passed so far. */
  readonly passed: number;
  /** Sums by tap, null at taps that were not requested; complete with the last event. */
  readonly sums: readonly (ClosedFormSums | null)[];
}

/** Images from `first` up to, but not including, `end`. */
export interface ClosedFormRange {
  readonly first: number;
  readonly end: number;
  /** Taps to gather; all if absent. */
  readonly taps?: readonly number[] | undefined;
  /** Whether to gather Gram sums too; moments alone take less time. True if absent. */
  readonly grams?: boolean;
}

/**
 * Passes a range of images; yields after every batch. A batch of fewer than 4 images adds nothing
 * to the Gram sums.
 *
 * @param from the last event of an earlier pass over the same range; sums are merged in order, and
 *   resuming changes no bit
 */
export async function* closedFormPass(
  bottom: FrozenNetwork,
  top: FrozenNetwork,
  images: ImageSet,
  { first, end, taps = top.taps.map((_, tap) => tap), grams = true }: ClosedFormRange,
  batchSize: number,
  from?: ClosedFormEvent,
): AsyncGenerator<ClosedFormEvent> {
  const last = Math.max(...taps);
  let sums: readonly (ClosedFormSums | null)[] = from?.sums ?? [];
  for (let start = first + (from?.passed ?? 0); start < end; start += batchSize) {
    const size = Math.min(batchSize, end - start);
    const indices = Uint32Array.from({ length: size }, (_, k) => start + k);
    const pairs = tf.tidy(() => {
      const batch = imageBatch(images, indices);
      const [xs, ys] = [bottom.representations(batch, last), top.representations(batch, last)];
      return taps.flatMap((tap) => {
        const [x, y] = [xs[tap], ys[tap]];
        return x && y ? [[x, y] as const] : [];
      });
    });
    try {
      const gramOf = gramsOf();
      const batchSums = await Promise.all(
        pairs.map(async ([x, y]) => {
          if (!grams) return { moments: await momentsOf(x, y), ...noGrams };
          // Requested together: a GPU then gets the whole batch in one submit.
          const [moments, gramX, gramY] = await Promise.all([
            momentsOf(x, y),
            gramOf(x),
            gramOf(y),
          ]);
          return { moments, ...gramsOfBatch(gramX, gramY, size) };
        }),
      );
      sums = top.taps.map((_, tap) => {
        const sum = batchSums[taps.indexOf(tap)] ?? null;
        const before = sums[tap];
        return before && sum ? mergeSums(before, sum) : sum;
      });
    } finally {
      tf.dispose(pairs.flat());
    }
    yield { passed: start + size - first, sums };
  }
}

/** Gram matrices, computed once per representation, even if it is in several pairs. */
function gramsOf(): (x: Tensor4D) => Promise<ArrayLike<number>> {
  const made = new Map<Tensor4D, Promise<ArrayLike<number>>>();
  return (x) => {
    const before = made.get(x);
    if (before) return before;
    const gram = centredGram(x);
    const values = gram.data().finally(() => gram.dispose());
    made.set(x, values);
    return values;
  };
}
