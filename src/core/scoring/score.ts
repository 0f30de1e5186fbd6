/**
 * Scores networks on images: which images each gets wrong. A stitched network predicts its top's
 * classes.
 */
import type { ImageSet } from "../data/image-set";
import { classIndices, noClass, type ClassIndices } from "../data/form";
import { targetClasses } from "../data/targets";
import { classesOf } from "../nets/architecture";
import { sourceBatch, type FrozenNetwork } from "../nets/network";
import { tf, type Tensor1D, type Tensor2D, type Tensor4D } from "../tensor/tf";
import type { DeviceStitch } from "../stitch/device-stitch";

/** [n] 1 where the image is classified wrongly, else 0. */
export type WrongFlags = Uint8Array;

/** [n] the predicted class of each image; `noClass`, which is wrong, where its logits are not finite. */
export type PredictedClasses = ClassIndices;

export interface ScoringEvent {
  /** Images scored so far. */
  readonly scored: number;
  /** One for each function scored; complete with the last event. */
  readonly wrong: readonly WrongFlags[];
  /** Likewise; null where scoring resumed from a checkpoint without them. */
  readonly predicted: readonly PredictedClasses[] | null;
}

/** The last event of an earlier scoring of the same functions on the same images. */
export type ScoredBefore = ScoringEvent | undefined;

/** Scores a network alone. */
export function scoreNetwork(
  network: FrozenNetwork,
  images: ImageSet,
  batchSize: number,
  from?: ScoredBefore,
): AsyncGenerator<ScoringEvent> {
  const classes = classesOf(network.architecture);
  return score(imagesAlone, images, classes, batchSize, from, (batch) => [network.logits(batch)]);
}

/** Scores layers above a bottom; `logits` is called inside a `tidy`. */
export function scoreLogits(
  images: ImageSet,
  classes: number,
  batchSize: number,
  logits: (batch: Tensor4D) => Tensor2D,
): AsyncGenerator<ScoringEvent> {
  return score(imagesAlone, images, classes, batchSize, undefined, (batch) => [logits(batch)]);
}

/** Scores several stitches at one tap; the bottom runs once for all of them. */
export function scoreStitches(
  bottom: FrozenNetwork,
  top: FrozenNetwork,
  tap: number,
  stitches: readonly DeviceStitch[],
  images: ImageSet,
  batchSize: number,
  from?: ScoredBefore,
): AsyncGenerator<ScoringEvent> {
  const classes = classesOf(top.architecture);
  return score(bottom, images, classes, batchSize, from, (batch) => {
    const x = bottom.bottom(batch, tap);
    return stitches.map((stitch) => top.top(stitch.apply(x), tap));
  });
}

/** Scores a stitch at each of several taps; the bottom's pass is shared by all of them. */
export function scoreAtTaps(
  bottom: FrozenNetwork,
  top: FrozenNetwork,
  stitches: readonly { readonly tap: number; readonly stitch: DeviceStitch }[],
  images: ImageSet,
  batchSize: number,
  from?: ScoredBefore,
): AsyncGenerator<ScoringEvent> {
  const last = Math.max(...stitches.map(({ tap }) => tap));
  const classes = classesOf(top.architecture);
  return score(bottom, images, classes, batchSize, from, (batch) => {
    const xs = bottom.representations(batch, last);
    return stitches.flatMap(({ tap, stitch }) => {
      const x = xs[tap];
      return x ? [top.top(stitch.apply(x), tap)] : [];
    });
  });
}

/** What reads the images themselves. */
const imagesAlone = {};

async function* score(
  reader: Pick<FrozenNetwork, "source">,
  images: ImageSet,
  classes: number,
  batchSize: number,
  from: ScoredBefore,
  logitsOf: (batch: Tensor4D) => Tensor2D[],
): AsyncGenerator<ScoringEvent> {
  const answers = targetClasses(images, classes);
  let wrong: WrongFlags[] = from?.wrong.map((flags) => flags.slice()) ?? [];
  let predicted: PredictedClasses[] | null = from ? copied(from.predicted) : [];
  for (let start = from?.scored ?? 0; start < images.count; start += batchSize) {
    const size = Math.min(batchSize, images.count - start);
    const indices = Uint32Array.from({ length: size }, (_, k) => start + k);
    // A short last batch is padded: every backend compiles one set of shapes.
    const guesses = tf.tidy((): Tensor1D[] =>
      logitsOf(sourceBatch(reader, images, indices, batchSize)).map(guessesAndSums),
    );
    try {
      const read = await Promise.all(guesses.map((guess) => guess.data()));
      const guessed = read.map((values) => classesIn(values, batchSize, classes));
      predicted &&= guessed.map((guess, k) => {
        const answered = predicted?.[k] ?? classIndices(images.count, classes);
        answered.set(guess.slice(0, size), start);
        return answered;
      });
      wrong = guessed.map((guess, k) => {
        const flags = wrong[k] ?? new Uint8Array(images.count);
        for (let row = 0; row < size; row++) {
          flags[start + row] = guess[row] === answers[start + row] ? 0 : 1;
        }
        return flags;
      });
    } finally {
      tf.dispose(guesses);
    }
    yield { scored: start + size, wrong, predicted };
  }
}

/**
 * The largest logit's class and the sum of the logits, in one tensor, for one readback: only the
 * sum shows logits that are not finite.
 *
 * @param logits [n, classes]
 * @returns [2n]
 */
function guessesAndSums(logits: Tensor2D): Tensor1D {
  const guesses = tf.cast(tf.argMax(logits, 1), "float32");
  return tf.concat1d([guesses as Tensor1D, tf.sum<Tensor1D>(logits, 1)]);
}

function classesIn(values: ArrayLike<number>, n: number, classes: number): PredictedClasses {
  const found = classIndices(n, classes);
  const none = noClass(found);
  for (let row = 0; row < n; row++) {
    found[row] = Number.isFinite(values[n + row]) ? (values[row] ?? none) : none;
  }
  return found;
}

function copied(predicted: readonly PredictedClasses[] | null): PredictedClasses[] | null {
  return predicted?.map((classes) => classes.slice()) ?? null;
}
