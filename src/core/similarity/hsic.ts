/** The Hilbert–Schmidt independence criterion of two Gram matrices. */

/** A criterion of two Gram matrices, [n, n] row-major and symmetric. */
export type Hsic = (k: ArrayLike<number>, l: ArrayLike<number>, n: number) => number;

/**
 * Unbiased HSIC₁ of two Gram matrices. Song et al. 2012, eq. 5; Nguyen et al. 2021, eq. 3.
 *
 * Adding a constant to all rows of the features changes nothing: they may be centred first.
 *
 * @param k [n, n] row-major, symmetric
 * @param l [n, n] row-major, symmetric
 * @returns NaN for n < 4, where it is not defined
 */
export function unbiasedHsic(k: ArrayLike<number>, l: ArrayLike<number>, n: number): number {
  if (n < 4) return NaN;
  let trace = 0;
  let sumK = 0;
  let sumL = 0;
  let crossed = 0;
  for (let i = 0; i < n; i++) {
    let rowK = 0;
    let rowL = 0;
    for (let j = 0; j < n; j++) {
      if (i === j) continue;
      const kij = k[i * n + j] ?? NaN;
      const lij = l[i * n + j] ?? NaN;
      trace += kij * lij;
      rowK += kij;
      rowL += lij;
    }
    sumK += rowK;
    sumL += rowL;
    crossed += rowK * rowL;
  }
  return (trace + (sumK * sumL) / ((n - 1) * (n - 2)) - (2 * crossed) / (n - 2)) / (n * (n - 3));
}

/**
 * Biased HSIC₀ of two Gram matrices, tr(KHLH) / (n − 1)² with H = I − 11ᵀ/n. Gretton et al. 2005,
 * eq. 9.
 *
 * @param k [n, n] row-major, symmetric
 * @param l [n, n] row-major, symmetric
 */
export function biasedHsic(k: ArrayLike<number>, l: ArrayLike<number>, n: number): number {
  let trace = 0;
  let sumK = 0;
  let sumL = 0;
  let crossed = 0;
  for (let i = 0; i < n; i++) {
    let rowK = 0;
    let rowL = 0;
    for (let j = 0; j < n; j++) {
      const kij = k[i * n + j] ?? NaN;
      const lij = l[i * n + j] ?? NaN;
      trace += kij * lij;
      rowK += kij;
      rowL += lij;
    }
    sumK += rowK;
    sumL += rowL;
    crossed += rowK * rowL;
  }
  return (trace - (2 * crossed) / n + (sumK * sumL) / n ** 2) / (n - 1) ** 2;
}

/**
 * HKH with H = I − 11ᵀ/n: the kernel of centred features.
 *
 * @param k [n, n] row-major, symmetric
 * @returns [n, n] row-major; every row and column sums to 0
 */
export function doublyCentred(k: ArrayLike<number>, n: number): Float64Array {
  const means = new Float64Array(n);
  let mean = 0;
  for (let i = 0; i < n; i++) {
    let row = 0;
    for (let j = 0; j < n; j++) row += k[i * n + j] ?? NaN;
    means[i] = row / n;
    mean += row / n ** 2;
  }
  const centred = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      centred[i * n + j] = (k[i * n + j] ?? NaN) - (means[i] ?? NaN) - (means[j] ?? NaN) + mean;
    }
  }
  return centred;
}
