/**
 * What measures of similarity find by chance: the sums of a minibatch with the images of one
 * representation shuffled, once for each permutation. The two representations' own HSIC do not
 * change; what they share is summed here.
 *
 * With K̄ and L̄ centred in rows and columns, S = Σ k̄ᵢⱼ l̄ᵢⱼ over i ≠ j and D the same over i = j,
 * HSIC₀ is (S + D) / (n − 1)². Their rows sum to 0 with the diagonal, so HSIC₁ needs no row sums
 * either: it is (S + tr K̄ tr L̄ / ((n − 1)(n − 2)) − 2 D / (n − 2)) / (n (n − 3)). A permutation
 * costs half a pass over the elements of each kernel.
 */
import { seeded, shuffled } from "../random/generator";
import type { NeighbourKernel } from "./cknna-sums";
import { neighbourCount } from "./neighbour-sums";

/** [permutations] each; sums over parts of the data add up to the sums over the whole. */
export interface PermutedSums {
  /** HSIC₁ with the linear kernel. */
  readonly hsic: Float64Array;
  /** HSIC₀ with the linear kernel. */
  readonly biasedHsic: Float64Array;
  /** HSIC₁ with the Gaussian kernel. */
  readonly rbfHsic: Float64Array;
  /** Sum of each image's share of common neighbours. */
  readonly shared: Float64Array;
  /** Centred kernels at pairs of neighbours. */
  readonly cknna: Float64Array;
}

export function noPermuted(permutations: number): PermutedSums {
  const none = (): Float64Array => new Float64Array(permutations);
  return { hsic: none(), biasedHsic: none(), rbfHsic: none(), shared: none(), cknna: none() };
}

export function addPermuted(a: PermutedSums, b: PermutedSums): PermutedSums {
  const added = (name: keyof PermutedSums): Float64Array =>
    a[name].map((value, r) => value + (b[name][r] ?? NaN));
  return {
    hsic: added("hsic"),
    biasedHsic: added("biasedHsic"),
    rbfHsic: added("rbfHsic"),
    shared: added("shared"),
    cknna: added("cknna"),
  };
}

/**
 * Returns the permutations of a minibatch. They depend on their number and on the batch alone, not
 * on how the data is divided into parts.
 *
 * @param first number of the batch's first image
 * @returns [permutations] of 0 … n − 1
 */
export function permutationsOf(permutations: number, first: number, n: number): Uint32Array[] {
  return Array.from({ length: permutations }, (_, r) => shuffled(n, seeded(r, first)));
}

/** One representation of a minibatch of n images. */
export interface BatchKernels extends NeighbourKernel {
  /** [n, n] row-major, the Gaussian kernel, centred in rows and columns */
  readonly centredRbf: Float64Array;
}

/**
 * @param y the representation whose image π(i) takes the place of image i
 * @param permutations π of each
 */
export function permutedSumsOf(
  x: BatchKernels,
  y: BatchKernels,
  n: number,
  permutations: readonly ArrayLike<number>[],
): PermutedSums {
  const sums = noPermuted(permutations.length);
  const [traceX, traceY] = [trace(x.centred, n), trace(y.centred, n)];
  const [traceRbfX, traceRbfY] = [trace(x.centredRbf, n), trace(y.centredRbf, n)];
  const pairs = interleaved(y.centred, y.centredRbf);
  for (const [r, order] of permutations.entries()) {
    const found = productsOf(x, pairs, n, order);
    sums.hsic[r] = unbiased(found.linear, found.linearDiagonal, traceX * traceY, n);
    sums.biasedHsic[r] = (found.linear + found.linearDiagonal) / (n - 1) ** 2;
    sums.rbfHsic[r] = unbiased(found.rbf, found.rbfDiagonal, traceRbfX * traceRbfY, n);
    const { same, aligned } = neighboursShared(x, y, n, order);
    sums.shared[r] = same / neighbourCount;
    sums.cknna[r] = aligned / (n - 1) ** 2;
  }
  return sums;
}

/** HSIC₁ from the products of two centred kernels. @param traces tr K̄ tr L̄ */
function unbiased(outside: number, diagonal: number, traces: number, n: number): number {
  const spread = traces / ((n - 1) * (n - 2)) - (2 * diagonal) / (n - 2);
  return (outside + spread) / (n * (n - 3));
}

/** Products summed over the diagonal and outside it. */
interface Products {
  readonly linear: number;
  readonly linearDiagonal: number;
  readonly rbf: number;
  readonly rbfDiagonal: number;
}

/**
 * The time of a permutation is spent here.
 *
 * @param pairs [n, n, 2] both kernels of y, next to each other for the cache
 */
function productsOf(
  { centred, centredRbf }: BatchKernels,
  pairs: Float64Array,
  n: number,
  order: ArrayLike<number>,
): Products {
  let linear = 0;
  let linearDiagonal = 0;
  let rbf = 0;
  let rbfDiagonal = 0;
  for (let i = 0; i < n; i++) {
    const own = order[i] ?? 0;
    const row = i * n;
    const otherRow = own * n;
    const middle = 2 * (otherRow + own);
    linearDiagonal += (centred[row + i] ?? NaN) * (pairs[middle] ?? NaN);
    rbfDiagonal += (centredRbf[row + i] ?? NaN) * (pairs[middle + 1] ?? NaN);
    // Symmetric: one half is as large as the other.
    for (let j = i + 1; j < n; j++) {
      const other = 2 * (otherRow + (order[j] ?? 0));
      linear += (centred[row + j] ?? NaN) * (pairs[other] ?? NaN);
      rbf += (centredRbf[row + j] ?? NaN) * (pairs[other + 1] ?? NaN);
    }
  }
  return { linear: 2 * linear, linearDiagonal, rbf: 2 * rbf, rbfDiagonal };
}

function neighboursShared(
  x: NeighbourKernel,
  y: NeighbourKernel,
  n: number,
  order: ArrayLike<number>,
): { readonly same: number; readonly aligned: number } {
  let [same, aligned] = [0, 0];
  if (!x.neighbours || !y.neighbours) return { same, aligned };
  const { nearest } = x.neighbours;
  const { isNear } = y.neighbours;
  for (let i = 0; i < n; i++) {
    const [row, otherRow] = [i * n, (order[i] ?? 0) * n];
    for (let k = i * neighbourCount; k < (i + 1) * neighbourCount; k++) {
      const j = nearest[k] ?? 0;
      const other = otherRow + (order[j] ?? 0);
      if (isNear[other] !== 1) continue;
      same++;
      aligned += (x.centred[row + j] ?? NaN) * (y.centred[other] ?? NaN);
    }
  }
  return { same, aligned };
}

function trace(kernel: Float64Array, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += kernel[i * n + i] ?? NaN;
  return sum;
}

function interleaved(a: Float64Array, b: Float64Array): Float64Array {
  const pairs = new Float64Array(2 * a.length);
  a.forEach((value, at) => {
    pairs[2 * at] = value;
    pairs[2 * at + 1] = b[at] ?? NaN;
  });
  return pairs;
}
