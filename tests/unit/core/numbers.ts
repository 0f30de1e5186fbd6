/** Seeded random arrays, and how far two arrays lie apart. */
import type { Generator } from "../../../src/core/random/generator";

/** Uniform in [low, high). */
export function uniformArray(
  generator: Generator,
  size: number,
  low = -1,
  high = 1,
): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: size }, () => low + (high - low) * generator.uniform());
}

/** Standard normal. Box & Muller 1958. */
export function normalArray(generator: Generator, size: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: size }, () => {
    const radius = Math.sqrt(-2 * Math.log(1 - generator.uniform()));
    return radius * Math.cos(2 * Math.PI * generator.uniform());
  });
}

/** Largest absolute difference; infinite for arrays of different lengths. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  return Array.from(a).reduce((largest, value, index) => {
    const difference = Math.abs(value - (b[index] ?? NaN));
    return Number.isNaN(difference) ? NaN : Math.max(largest, difference);
  }, 0);
}

/** ‖found − expected‖ / ‖expected‖; infinite for arrays of different lengths. */
export function relativeDistance(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (found.length !== expected.length) return Infinity;
  let distance = 0;
  let norm = 0;
  for (let index = 0; index < expected.length; index++) {
    const value = expected[index] ?? NaN;
    distance += ((found[index] ?? NaN) - value) ** 2;
    norm += value ** 2;
  }
  return Math.sqrt(distance / norm);
}
