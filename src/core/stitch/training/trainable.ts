/**
 * A stitch in training, on the device: its trained numbers in one vector, which keeps the optimiser
 * to a few operations, and its running statistics in another.
 */
import { tf, type Tensor, type Tensor1D, type Tensor2D, type Tensor4D } from "../../tensor/tf";
import {
  statisticsMomentum,
  weightsOf,
  type StitchParameters,
  type StitchShape,
} from "../parameters";

/** Trained numbers by name; views of one vector. */
export interface TrainedParts<Weight extends Tensor = Tensor2D> {
  readonly gamma1: Tensor1D;
  readonly beta1: Tensor1D;
  /** [c₁, c₂]; [k, k, c₁, c₂] for a larger kernel */
  readonly weight: Weight;
  readonly gamma2: Tensor1D;
  readonly beta2: Tensor1D;
}

export interface StatisticsParts {
  readonly mean1: Tensor;
  readonly variance1: Tensor;
  readonly mean2: Tensor;
  readonly variance2: Tensor;
}

/** @returns [c₁ + c₁ + k²c₁c₂ + c₂ + c₂]; the caller disposes it */
export function packTrained(parts: TrainedParts<Tensor>): Tensor1D {
  const { gamma1, beta1, weight, gamma2, beta2 } = parts;
  return tf.tidy(() => tf.concat1d([gamma1, beta1, weight.flatten(), gamma2, beta2]));
}

/** Unpacks the vector of a 1×1 stitch into new tensors; call it inside a `tidy`. */
export function unpackTrained(packed: Tensor1D, source: number, target: number): TrainedParts {
  const parts = split(packed, source, target, source * target);
  return { ...parts, weight: tf.reshape(parts.weight, [source, target]) };
}

/** Unpacks the vector of a stitch with a kernel of any side. */
export function unpackKernel(
  packed: Tensor1D,
  source: number,
  target: number,
  side: number,
): TrainedParts<Tensor4D> {
  const parts = split(packed, source, target, side * side * source * target);
  return { ...parts, weight: tf.reshape(parts.weight, [side, side, source, target]) };
}

function split(
  packed: Tensor1D,
  source: number,
  target: number,
  weights: number,
): TrainedParts<Tensor1D> {
  const [gamma1, beta1, weight, gamma2, beta2] = tf.split(packed, [
    source,
    source,
    weights,
    target,
    target,
  ]) as [Tensor1D, Tensor1D, Tensor1D, Tensor1D, Tensor1D];
  return { gamma1, beta1, weight, gamma2, beta2 };
}

/** @returns [c₁ + c₁ + c₂ + c₂]; the caller disposes it */
function packStatistics(parts: StatisticsParts): Tensor1D {
  const { mean1, variance1, mean2, variance2 } = parts;
  return tf.tidy(() => tf.concat1d([mean1, variance1, mean2, variance2] as Tensor1D[]));
}

/**
 * Returns the running statistics after a batch.
 *
 * @param running packed
 * @param batch means and variances over the batch's samples, the variances divided by their number
 * @returns packed; the caller disposes it
 */
export function movedStatistics(
  running: Tensor1D,
  batch: StatisticsParts,
  samples: number,
): Tensor1D {
  return tf.tidy(() => {
    // As in PyTorch, running variances are unbiased.
    const unbiased = samples / (samples - 1);
    const packed = packStatistics({
      ...batch,
      variance1: tf.mul(batch.variance1, unbiased),
      variance2: tf.mul(batch.variance2, unbiased),
    });
    return tf.add<Tensor1D>(
      tf.mul(running, 1 - statisticsMomentum),
      tf.mul(packed, statisticsMomentum),
    );
  });
}

/** All numbers of a stitch, packed. */
export interface DeviceNumbers {
  readonly trained: Tensor1D;
  readonly statistics: Tensor1D;
}

/** Moves a stitch's numbers to the device. @returns two vectors, which the caller disposes */
export function toDevice(stitch: StitchParameters): DeviceNumbers {
  const { gamma1, beta1, weight, gamma2, beta2 } = stitch;
  const { mean1, variance1, mean2, variance2 } = stitch;
  const joined = (arrays: readonly Float32Array[]): Tensor1D =>
    tf.tensor1d(Float32Array.from(arrays.flatMap((array) => [...array])));
  return {
    trained: joined([gamma1, beta1, weight, gamma2, beta2]),
    statistics: joined([mean1, variance1, mean2, variance2]),
  };
}

/** Reads the numbers of two packed vectors back. */
export async function fromDevice(
  trained: Tensor1D,
  statistics: Tensor1D,
  { source, target, side }: StitchShape,
): Promise<StitchParameters> {
  const shape: StitchShape = side ? { source, target, side } : { source, target };
  const [values, running] = await Promise.all([trained.data(), statistics.data()]);
  const taker = (array: ArrayLike<number>): ((size: number) => Float32Array) => {
    const floats = Float32Array.from(array);
    let offset = 0;
    return (size) => floats.slice(offset, (offset += size));
  };
  const take = taker(values);
  const takeRunning = taker(running);
  return {
    ...shape,
    gamma1: take(source),
    beta1: take(source),
    weight: take(weightsOf(shape)),
    gamma2: take(target),
    beta2: take(target),
    mean1: takeRunning(source),
    variance1: takeRunning(source),
    mean2: takeRunning(target),
    variance2: takeRunning(target),
  };
}
