/**
 * Passes images through both networks once and gathers, at every tap, the moments that closed-form
 * stitches need and, where asked, the sums that measures of similarity need.
 */
import type { ImageSet } from "../data/image-set";
import { imageBatch } from "../data/images";
import { sourceBatch, type FrozenNetwork } from "../nets/network";
import { centredGram, momentsOf } from "./batch-sums";
import { batchInParts, type GramSumsOf, type PartsFit } from "./parts";
import { permutationsOf } from "../similarity/permuted-sums";
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
  /** For how many permutations of each batch's images Gram sums are gathered again; none if absent. */
  readonly permutations?: number | undefined;
}

/**
 * Passes a range of images; yields after every batch. A batch of fewer than 4 images adds nothing
 * to the Gram sums.
 *
 * @param from the last event of an earlier pass over the same range; sums are merged in order, and
 *   resuming changes no bit
 * @param fits for a batch that does not fit into memory; the sums are then the same up to rounding
 */
export async function* closedFormPass(
  bottom: FrozenNetwork,
  top: FrozenNetwork,
  images: ImageSet,
  range: ClosedFormRange,
  batchSize: number,
  from?: ClosedFormEvent,
  fits?: PartsFit,
): AsyncGenerator<ClosedFormEvent> {
  const { first, end, taps = top.taps.map((_, tap) => tap) } = range;
  const { grams = true, permutations = 0 } = range;
  let sums: readonly (ClosedFormSums | null)[] = from?.sums ?? [];
  let passed = from?.passed ?? 0;
  while (first + passed < end) {
    const size = Math.min(batchSize, end - first - passed);
    const indices = Uint32Array.from({ length: size }, (_, k) => first + passed + k);
    const gramSums = grams && gramsFor(permutationsOf(permutations, first + passed, size), size);
    const batchSums = fits
      ? yield* reporting(batchInParts(bottom, top, images, indices, taps, gramSums, fits), {
          passed,
          sums,
        })
      : await wholeBatch(bottom, top, images, indices, taps, gramSums);
    const before = sums;
    sums = top.taps.map((_, tap) => {
      const sum = batchSums[taps.indexOf(tap)] ?? null;
      const earlier = before[tap];
      return earlier && sum ? mergeSums(earlier, sum) : sum;
    });
    passed += size;
    yield { passed, sums };
  }
}

/** Returns what computes a batch's Gram sums. All taps have the same permutations. */
function gramsFor(permutations: readonly Uint32Array[], n: number): GramSumsOf {
  return (k, l) => gramsOfBatch(k, l, n, permutations);
}

/** Yields what was there before for each part of a batch. */
async function* reporting<T>(
  parts: AsyncGenerator<undefined, T>,
  before: ClosedFormEvent,
): AsyncGenerator<ClosedFormEvent, T> {
  for (;;) {
    const next = await parts.next();
    if (next.done) return next.value;
    yield before;
  }
}

/** @returns the sums of a batch, one for each of the taps */
async function wholeBatch(
  bottom: FrozenNetwork,
  top: FrozenNetwork,
  images: ImageSet,
  indices: Uint32Array,
  taps: readonly number[],
  gramSums: GramSumsOf | false,
): Promise<ClosedFormSums[]> {
  const last = Math.max(...taps);
  const pairs = tf.tidy(() => {
    const batch = imageBatch(images, indices);
    const source = sourceBatch(bottom, images, indices, indices.length, batch);
    const [xs, ys] = [bottom.representations(source, last), top.representations(batch, last)];
    return taps.flatMap((tap) => {
      const [x, y] = [xs[tap], ys[tap]];
      return x && y ? [[x, y] as const] : [];
    });
  });
  try {
    const gramOf = gramsOf();
    return await Promise.all(
      pairs.map(async ([x, y]) => {
        if (!gramSums) return { moments: await momentsOf(x, y), ...noGrams };
        // Requested together: a GPU then gets the whole batch in one submit.
        const [moments, gramX, gramY] = await Promise.all([momentsOf(x, y), gramOf(x), gramOf(y)]);
        return { moments, ...gramSums(gramX, gramY) };
      }),
    );
  } finally {
    tf.dispose(pairs.flat());
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
