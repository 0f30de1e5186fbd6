/** The Hilbert–Schmidt independence criterion of two Gram matrices. */

/**
 * Unbiased HSIC₁ of two Gram matrices. Song et al. 2012, eq. 5; Nguyen et al. 2021, eq. 3.
 *
 * Adding a constant to all rows of the features changes nothing, so they may be centred first.
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
 * Biased HSIC₀ of two Gram matrices, tr(KHLH) / (n − 1)². Gretton et al. 2005, eq. 9.
 *
 * @param k [n, n] row-major, symmetric
 * @param l [n, n] row-major, symmetric
 */
export function biasedHsic(k: ArrayLike<number>, l: ArrayLike<number>, n: number): number {
  const centredK = centred(k, n);
  const centredL = centred(l, n);
  let trace = 0;
  for (let index = 0; index < n * n; index++) {
    trace += (centredK[index] ?? NaN) * (centredL[index] ?? NaN);
  }
  return trace / (n - 1) ** 2;
}

/** HKH with H = I − 11ᵀ/n. */
function centred(k: ArrayLike<number>, n: number): Float64Array {
  const rowMeans = new Float64Array(n);
  let mean = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) rowMeans[i] = (rowMeans[i] ?? 0) + (k[i * n + j] ?? NaN) / n;
    mean += (rowMeans[i] ?? 0) / n;
  }
  return Float64Array.from(
    { length: n * n },
    (_, index) =>
      (k[index] ?? NaN) -
      (rowMeans[Math.floor(index / n)] ?? 0) -
      (rowMeans[index % n] ?? 0) +
      mean,
  );
}
