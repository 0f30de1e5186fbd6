/**
 * A linear classifier of a frozen network's features, as the head of a trunk or as a probe of a
 * layer: features of all training images, the logistic regression on them, and its error on the
 * test images.
 */
import { classIndices } from "../data/form";
import type { ImageSet } from "../data/image-set";
import type { LinearParameters } from "../tensor/linear";
import { answersByRank, largestIn, logitDirections, type LogitDirections } from "./by-rank";
import { featuresOf, usualBatch, type Features, type ImageParts } from "./features";
import { fitLogistic, mostSteps } from "./logistic";

export interface FitEvent {
  /** Share of the work that is done, in [0, 1]. */
  readonly fraction: number;
  readonly activity: string;
  /** Undefined before the last event. */
  readonly head?: FittedHead;
}

export interface FittedHead extends LinearParameters {
  readonly trainImages: number;
  readonly testImages: number;
  /** Fraction of the test images that it classifies wrongly. */
  readonly testError: number;
  /** [n] 1 where a test image is classified wrongly, else 0. */
  readonly wrong: Uint8Array;
  /** Its test error when cut down to rank 1, 2 and so on, as far as was asked. */
  readonly errorByRank: readonly number[];
}

export interface FitOptions {
  /** Ranks to cut the classifier down to: 1, 2, up to this many; 0 for none. */
  readonly ranks?: number;
  /** Images of a set that pass at a time; by default as many as suits their size. */
  readonly batchOf?: (images: ImageSet) => number;
}

/** Floats of all features together, half a gigabyte. */
const mostFeatures = 2 ** 27;

/** How many of a data set's training images a head is fitted to: all, while the features fit. */
function headImages(trainImages: number, features: number): number {
  return Math.min(trainImages, Math.floor(mostFeatures / features));
}

/** Share of the time for the features, where the fit has so many steps. */
const featuresShare = 0.9;

/**
 * Fits a classifier and scores it.
 *
 * @param classes how many the images' labels have
 * @throws LabError `numerics` for features that are not finite
 */
export async function* fitHead(
  features: Features,
  classes: number,
  train: ImageParts,
  test: ImageParts,
  { ranks = 0, batchOf = usualBatch }: FitOptions = {},
): AsyncGenerator<FitEvent> {
  const { width } = features;
  const count = headImages(train.count, width);
  const all = count + test.count;
  const rows = new Float32Array(count * width);
  const labels = classIndices(count, classes);
  let done = 0;
  for await (const part of featuresOf(features, train, count, batchOf)) {
    rows.set(part.rows, done * width);
    labels.set(part.labels, done);
    done += part.labels.length;
    yield {
      fraction: (featuresShare * done) / all,
      activity: `features of ${done} of ${count} training images`,
    };
  }
  let fitted: LinearParameters | undefined;
  let directions: LogitDirections | undefined;
  for await (const step of fitLogistic({ rows, labels }, classes)) {
    yield {
      fraction: (featuresShare * count) / all + ((1 - featuresShare) * step.steps) / mostSteps,
      activity: `fitting a linear classifier, step ${step.steps}`,
    };
    ({ fitted } = step);
    // The rows are standardised by now.
    if (step.point && ranks > 0) {
      const standard = {
        weight: step.point.subarray(0, classes * width),
        bias: step.point.subarray(classes * width),
      };
      directions = logitDirections(logitsOf(rows, standard), classes);
    }
  }
  if (!fitted) throw new Error("the fit ended without a classifier");
  const wrong = new Uint8Array(test.count);
  const wrongByRank = Array.from({ length: ranks }, () => 0);
  let tested = 0;
  for await (const part of featuresOf(features, test, test.count, batchOf)) {
    const logits = logitsOf(part.rows, fitted);
    part.labels.forEach((label, row) => {
      const own = logits.subarray(row * classes, (row + 1) * classes);
      wrong[tested + row] = largestIn(own) === label ? 0 : 1;
      if (!directions) return;
      answersByRank(own, directions, ranks).forEach((answer, k) => {
        if (answer !== label) wrongByRank[k] = (wrongByRank[k] ?? 0) + 1;
      });
    });
    tested += part.labels.length;
    yield {
      fraction: 1 - (featuresShare * (test.count - tested)) / all,
      activity: `scoring a linear classifier on ${tested} of ${test.count} test images`,
    };
  }
  const head = {
    ...fitted,
    trainImages: count,
    testImages: tested,
    testError: wrong.reduce((sum, flag) => sum + flag, 0) / tested,
    wrong,
    errorByRank: wrongByRank.map((sum) => sum / tested),
  };
  yield { fraction: 1, activity: "linear classifier fitted", head };
}

/**
 * @param rows [n, p]
 * @returns [n, classes]
 */
function logitsOf(
  rows: Float32Array,
  { weight, bias }: { readonly weight: ArrayLike<number>; readonly bias: ArrayLike<number> },
): Float64Array {
  const classes = bias.length;
  const width = weight.length / classes;
  const count = rows.length / width;
  const logits = new Float64Array(count * classes);
  for (let row = 0; row < count; row++) {
    for (let output = 0; output < classes; output++) {
      let logit = bias[output] ?? 0;
      for (let p = 0; p < width; p++) {
        logit += (weight[output * width + p] ?? 0) * (rows[row * width + p] ?? 0);
      }
      logits[row * classes + output] = logit;
    }
  }
  return logits;
}
