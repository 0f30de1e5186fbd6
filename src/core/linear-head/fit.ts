/**
 * The linear head of a trunk on a data set: its trunk's features of all training images, the logistic
 * regression on them, and its error on the test images.
 */
import { classIndices, type ClassIndices } from "../data/form";
import type { ImageSet } from "../data/image-set";
import { imageBatch } from "../data/images";
import { LabError } from "../errors";
import { classesOf, type ImageShape } from "../nets/architecture";
import type { FrozenNetwork } from "../nets/network";
import type { LinearParameters } from "../tensor/linear";
import { tf } from "../tensor/tf";
import { fitLogistic, mostSteps } from "./logistic";

/** Images of a data set, in its order, as many at a time as are in memory together. */
export interface ImageParts {
  readonly count: number;
  parts(): AsyncIterable<ImageSet>;
}

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
  /** Fraction of the test images that the network with this head classifies wrongly. */
  readonly testError: number;
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
 * @param trunk the network whose logits are the features, see `featureNetwork`
 * @param classes of the data set
 * @throws LabError `numerics` for features that are not finite
 */
export async function* fitHead(
  trunk: FrozenNetwork,
  classes: number,
  train: ImageParts,
  test: ImageParts,
): AsyncGenerator<FitEvent> {
  const width = classesOf(trunk.architecture);
  const count = headImages(train.count, width);
  const all = count + test.count;
  const rows = new Float32Array(count * width);
  const labels = classIndices(count, classes);
  let done = 0;
  for await (const part of featuresOf(trunk, train, count)) {
    rows.set(part.rows, done * width);
    labels.set(part.labels, done);
    done += part.labels.length;
    yield {
      fraction: (featuresShare * done) / all,
      activity: `features of ${done} of ${count} training images`,
    };
  }
  let fitted: LinearParameters | undefined;
  for await (const step of fitLogistic({ rows, labels }, classes)) {
    yield {
      fraction: (featuresShare * count) / all + ((1 - featuresShare) * step.steps) / mostSteps,
      activity: `fitting the head, step ${step.steps}`,
    };
    ({ fitted } = step);
  }
  if (!fitted) throw new Error("the fit ended without a head");
  let wrong = 0;
  let tested = 0;
  for await (const part of featuresOf(trunk, test, test.count)) {
    wrong += wrongIn(part, fitted);
    tested += part.labels.length;
    yield {
      fraction: 1 - (featuresShare * (test.count - tested)) / all,
      activity: `scoring the head on ${tested} of ${test.count} test images`,
    };
  }
  const head = { ...fitted, trainImages: count, testImages: tested, testError: wrong / tested };
  yield { fraction: 1, activity: "head fitted", head };
}

interface FeaturesOfBatch {
  /** [n, p] */
  readonly rows: Float32Array;
  /** [n] */
  readonly labels: ClassIndices;
}

async function* featuresOf(
  trunk: FrozenNetwork,
  images: ImageParts,
  count: number,
): AsyncGenerator<FeaturesOfBatch> {
  let left = count;
  for await (const part of images.parts()) {
    const size = batchOf(part);
    const end = Math.min(part.count, left);
    for (let first = 0; first < end; first += size) {
      const some = Math.min(size, end - first);
      const indices = Uint32Array.from({ length: some }, (_, k) => first + k);
      // A short last batch is padded: every backend compiles one set of shapes.
      const features = tf.tidy(() => trunk.logits(imageBatch(part, indices, size)));
      try {
        const width = features.shape[1];
        const rows = (await features.data()).subarray(0, some * width) as Float32Array;
        checkFinite(rows);
        yield { rows, labels: part.labels.subarray(first, first + some) };
      } finally {
        features.dispose();
      }
    }
    left -= end;
    if (left === 0) return;
  }
}

const mostBatch = 128;
/** Pixels in a batch, so that large images come in smaller ones. */
const batchPixels = 2 ** 20;

function batchOf({ height, width }: ImageShape): number {
  return Math.max(1, Math.min(mostBatch, Math.floor(batchPixels / (height * width))));
}

function checkFinite(rows: Float32Array): void {
  const wrong = rows.find((value) => !Number.isFinite(value));
  if (wrong === undefined) return;
  throw new LabError({
    code: "numerics",
    input: "features of the trunk",
    expected: "finite numbers for every image",
    found: String(wrong),
  });
}

/** How many images a linear layer classifies wrongly. */
function wrongIn({ rows, labels }: FeaturesOfBatch, { weight, bias }: LinearParameters): number {
  const width = weight.length / bias.length;
  let wrong = 0;
  labels.forEach((label, row) => {
    let best = 0;
    let largest = -Infinity;
    bias.forEach((shift, output) => {
      let logit = shift;
      for (let p = 0; p < width; p++) {
        logit += (weight[output * width + p] ?? 0) * (rows[row * width + p] ?? 0);
      }
      if (logit > largest) [best, largest] = [output, logit];
    });
    if (best !== label) wrong++;
  });
  return wrong;
}
