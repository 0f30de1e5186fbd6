/** What a case is, and the numbers that it computes with. */
import { seeded } from "../../../src/core/random/generator";
import { tf, type Tensor, type Tensor2D, type Tensor4D } from "../../../src/core/tensor/tf";

export interface Case {
  readonly name: string;
  /** By our functions, whatever kernels the backend has for them. */
  ours(): Tensor;
  /** By tfjs's operators alone. */
  plain(): Tensor;
}

/** Numbers of a case; the same on every backend. */
export function numbers(seed: number, size: number): Float32Array {
  const random = seeded(seed);
  return Float32Array.from({ length: size }, () => 2 * random.uniform() - 1);
}

export function random4d(seed: number, ...shape: [number, number, number, number]): Tensor4D {
  return tf.tensor4d(numbers(seed, tf.util.sizeFromShape(shape)), shape);
}

export function random2d(seed: number, n: number, c: number): Tensor2D {
  return tf.tensor2d(numbers(seed, n * c), [n, c]);
}
