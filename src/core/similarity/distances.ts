/** Distances between the samples of a batch. */

/**
 * Squared Euclidean distances from a Gram matrix, kᵢᵢ + kⱼⱼ − 2kᵢⱼ; never below 0, where rounding may put them.
 *
 * @param gram [n, n] row-major, symmetric
 * @returns [n, n] row-major
 */
export function squaredDistances(gram: ArrayLike<number>, n: number): Float64Array {
  const own = (i: number): number => gram[i * n + i] ?? NaN;
  const squares = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      if (i === j) continue;
      const square = own(i) + own(j) - 2 * (gram[i * n + j] ?? NaN);
      squares[i * n + j] = Math.max(0, square);
    }
  }
  return squares;
}
