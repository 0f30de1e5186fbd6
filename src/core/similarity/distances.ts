/**
 * Squared distances between the samples of a batch, and the Gaussian kernel exp(−d² / 2σ²)
 * (Kornblith et al. 2019, sec. 3.3).
 */

/**
 * Squared Euclidean distances from a Gram matrix, kᵢᵢ + kⱼⱼ − 2kᵢⱼ; clipped at 0, below which
 * rounding may push them.
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

/** σ as a share of the median distance: the best of three in Kornblith et al. 2019, table 2. */
const bandwidthShare = 0.8;

/**
 * The kernel matrix of a batch, with the bandwidth from the batch's own distances.
 *
 * @param squares [n, n] squared distances, row-major
 * @returns [n, n] row-major; zeros, whose HSIC is 0, where most samples are equal
 */
export function rbfKernel(squares: Float64Array, n: number): Float64Array {
  const bandwidth = bandwidthShare * medianDistance(squares, n);
  if (!(bandwidth > 0)) return new Float64Array(n * n);
  return squares.map((square) => Math.exp(-square / (2 * bandwidth ** 2)));
}

/** Median over all pairs of different samples; for an even number, the mean of the middle two. */
function medianDistance(squares: Float64Array, n: number): number {
  const pairs = new Float64Array((n * (n - 1)) / 2);
  let pair = 0;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) pairs[pair++] = squares[i * n + j] ?? NaN;
  }
  pairs.sort();
  const middle = (pairs.length - 1) / 2;
  const at = (k: number): number => Math.sqrt(pairs[k] ?? NaN);
  return (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2;
}
