/**
 * Multinomial logistic regression on a frozen network's features: the linear classifier that shows
 * what a self-supervised network has learned.
 */
import type { ClassIndices } from "../data/form";
import { lbfgs, type Evaluation } from "../linear-algebra/lbfgs";
import { kernels } from "../tensor/backend";
import type { LinearParameters } from "../tensor/linear";
import { tf, type Tensor1D, type Tensor2D } from "../tensor/tf";
import { standardised, unscaled } from "./standardised";

/** Features of images and the images' classes. */
export interface LabelledFeatures {
  /** [n, p] row-major */
  readonly rows: Float32Array;
  /** [n] */
  readonly labels: ClassIndices;
}

export interface LogisticStep {
  /** Steps of L-BFGS so far. */
  readonly steps: number;
  /** Mean cross-entropy in nats, with the penalty. */
  readonly loss: number;
  /** Undefined before the last step. */
  readonly fitted?: LinearParameters;
  /** Likewise, of the standardised features: W [classes, p], then b [classes]. */
  readonly point?: Float64Array;
}

/**
 * λ of the penalty λ/2 ‖W‖² on the weights of standardised features. It makes the minimum unique,
 * and costs no accuracy that a test set of 10,000 images would show.
 */
export const weightPenalty = 1e-3;
export const mostSteps = 500;
/** The gradient's largest entry at which the minimum is reached. */
const tolerance = 1e-6;

/** Rows on the device at a time in one product. */
const chunkRows = 8192;
/** The columns of a product are filled up to a multiple of this many, which is fast on every backend. */
const columns = 8;

/**
 * Minimises mean cross-entropy + λ/2 ‖W‖² over the linear layers of standardised features, from
 * zero. Standardising is part of the returned layer.
 *
 * @param features standardised in place
 */
export async function* fitLogistic(
  features: LabelledFeatures,
  classes: number,
): AsyncGenerator<LogisticStep> {
  const { rows, labels } = features;
  const scales = standardised(rows, labels.length);
  const width = scales.length;
  const chunks = chunksOf(features, width, classes);
  try {
    const evaluate = (point: Float64Array): Promise<Evaluation> =>
      objective(chunks, point, { width, classes, count: labels.length });
    for await (const step of lbfgs(evaluate, new Float64Array(classes * width + classes))) {
      const { point, gradient, steps, value } = step;
      const largest = gradient.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
      const isLast = !step.improved || largest < tolerance || steps >= mostSteps;
      const fitted = isLast && { fitted: unscaled(point, scales, classes), point };
      yield { steps, loss: value, ...fitted };
      if (isLast) return;
    }
  } finally {
    for (const { x, target } of chunks) tf.dispose([x, target]);
  }
}

/** Some rows and their one-hot classes, [n, p] and [n, c₈]. */
interface Chunk {
  readonly x: Tensor2D;
  readonly target: Tensor2D;
}

interface Sizes {
  readonly width: number;
  readonly classes: number;
  readonly count: number;
}

function chunksOf({ rows, labels }: LabelledFeatures, width: number, classes: number): Chunk[] {
  const padded = columns * Math.ceil(classes / columns);
  return Array.from({ length: Math.ceil(labels.length / chunkRows) }, (_, chunk) => {
    const first = chunk * chunkRows;
    const some = labels.subarray(first, first + chunkRows);
    const target = new Float32Array(some.length * padded);
    some.forEach((label, row) => (target[row * padded + label] = 1));
    return {
      x: tf.tensor2d(rows.subarray(first * width, (first + some.length) * width), [
        some.length,
        width,
      ]),
      target: tf.tensor2d(target, [some.length, padded]),
    };
  });
}

/** @param point W [classes, width], then b [classes] */
async function objective(
  chunks: readonly Chunk[],
  point: Float64Array,
  { width, classes, count }: Sizes,
): Promise<Evaluation> {
  const gradient = new Float64Array(point.length);
  let loss = 0;
  const [weight, bias] = tf.tidy(() => parametersOf(point, width, classes));
  try {
    for (const chunk of chunks) {
      const sums = tf.tidy(() => chunkSums(chunk, weight, bias));
      try {
        const [losses, byWeight, byBias] = await Promise.all([
          sums[0].data(),
          sums[1].data(),
          sums[2].data(),
        ]);
        const padded = byBias.length;
        // In float64: the line search compares values that hardly differ.
        for (const each of losses) loss += each;
        for (let output = 0; output < classes; output++) {
          for (let p = 0; p < width; p++) {
            const at = output * width + p;
            gradient[at] = (gradient[at] ?? 0) + (byWeight[p * padded + output] ?? 0) / count;
          }
          const at = classes * width + output;
          gradient[at] = (gradient[at] ?? 0) + (byBias[output] ?? 0) / count;
        }
      } finally {
        tf.dispose(sums);
      }
    }
  } finally {
    tf.dispose([weight, bias]);
  }
  let squares = 0;
  for (let k = 0; k < classes * width; k++) {
    const entry = point[k] ?? 0;
    squares += entry * entry;
    gradient[k] = (gradient[k] ?? 0) + weightPenalty * entry;
  }
  return { value: loss / count + (weightPenalty / 2) * squares, gradient };
}

/** Of a class that does not exist: its probability is 0. */
const never = -1e9;

/** @returns W [p, c₈] and b [1, c₈] */
function parametersOf(point: Float64Array, width: number, classes: number): [Tensor2D, Tensor2D] {
  const padded = columns * Math.ceil(classes / columns);
  const weight = new Float32Array(width * padded);
  const bias = new Float32Array(padded).fill(never);
  for (let output = 0; output < classes; output++) {
    for (let p = 0; p < width; p++) weight[p * padded + output] = point[output * width + p] ?? 0;
    bias[output] = point[classes * width + output] ?? 0;
  }
  return [tf.tensor2d(weight, [width, padded]), tf.tensor2d(bias, [1, padded])];
}

/** Cross-entropies [n], and the gradients of their sum by W [p, c₈] and by b [c₈]. */
function chunkSums(
  { x, target }: Chunk,
  weight: Tensor2D,
  bias: Tensor2D,
): [Tensor1D, Tensor2D, Tensor1D] {
  const logits = tf.add<Tensor2D>(tf.matMul(x, weight), bias);
  const shifted = tf.sub<Tensor2D>(logits, tf.max(logits, 1, true));
  const exponentials = tf.exp(shifted);
  const sums = tf.sum<Tensor2D>(exponentials, 1, true);
  const right = tf.sum<Tensor1D>(tf.mul(shifted, target), 1);
  const losses = tf.sub<Tensor1D>(tf.log(tf.squeeze<Tensor1D>(sums, [1])), right);
  const error = tf.sub<Tensor2D>(tf.div(exponentials, sums), target);
  return [losses, kernels().matMulTransposeA(x, error), tf.sum<Tensor1D>(error, 0)];
}
