/**
 * Sums over images that closed-form stitches and measures of similarity are computed from. Sums
 * over parts of the data merge into the sums over all of it. No tensors here.
 */
import { cknnaOfBatch } from "./cknna-sums";
import { squaredDistances, rbfKernel } from "./distances";
import { biasedHsic, doublyCentred, unbiasedHsic } from "./hsic";
import { addHsic, hsicOfBatch, noHsic, type HsicSums } from "./hsic-sums";
import {
  addNeighbours,
  neighboursIn,
  neighboursOfBatch,
  noNeighbours,
  type NeighbourSums,
} from "./neighbour-sums";
import { addPermuted, noPermuted, permutedSumsOf, type PermutedSums } from "./permuted-sums";
import { mergeMoments, type Moments } from "../stitch/moments";

export interface GramSums {
  /** HSIC₁ with the linear kernel. */
  readonly hsic: HsicSums;
  /** HSIC₀ with the linear kernel. */
  readonly biasedHsic: HsicSums;
  /** HSIC₁ with the Gaussian kernel. */
  readonly rbfHsic: HsicSums;
  readonly neighbours: NeighbourSums;
  /** Centred linear kernels at pairs of neighbours; absent from results of older versions. */
  readonly cknna?: HsicSums | undefined;
  /** The same with the images of one representation shuffled; absent where it was not asked for. */
  readonly permuted?: PermutedSums | undefined;
}

/** Of a pass that gathers none. */
export const noGrams: GramSums = {
  hsic: noHsic,
  biasedHsic: noHsic,
  rbfHsic: noHsic,
  neighbours: noNeighbours,
};

/** Unbiased HSIC needs at least so many images. */
const smallestBatch = 4;

/** What only one of the two has is not in their sum. */
export function addGrams(a: GramSums, b: GramSums): GramSums {
  return {
    hsic: addHsic(a.hsic, b.hsic),
    biasedHsic: addHsic(a.biasedHsic, b.biasedHsic),
    rbfHsic: addHsic(a.rbfHsic, b.rbfHsic),
    neighbours: addNeighbours(a.neighbours, b.neighbours),
    ...(a.cknna && b.cknna && { cknna: addHsic(a.cknna, b.cknna) }),
    ...(a.permuted && b.permuted && { permuted: addPermuted(a.permuted, b.permuted) }),
  };
}

/**
 * Computes the sums of one minibatch of n images.
 *
 * @param k [n, n] Gram matrix of the one representation, row-major
 * @param l [n, n] of the other
 * @param permutations of the other's images, see `permutationsOf`; none by default
 * @returns nothing for fewer than 4 images
 */
export function gramsOfBatch(
  k: ArrayLike<number>,
  l: ArrayLike<number>,
  n: number,
  permutations: readonly ArrayLike<number>[] = [],
): GramSums {
  const isPermuted = permutations.length > 0;
  if (n < smallestBatch) {
    const permuted = isPermuted && { permuted: noPermuted(permutations.length) };
    return { ...noGrams, cknna: noHsic, ...permuted };
  }
  const [squaresX, squaresY] = [squaredDistances(k, n), squaredDistances(l, n)];
  const [rbfX, rbfY] = [rbfKernel(squaresX, n), rbfKernel(squaresY, n)];
  const x = { centred: doublyCentred(k, n), neighbours: neighboursIn(squaresX, n) };
  const y = { centred: doublyCentred(l, n), neighbours: neighboursIn(squaresY, n) };
  return {
    hsic: hsicOfBatch(unbiasedHsic, k, l, n),
    biasedHsic: hsicOfBatch(biasedHsic, k, l, n),
    rbfHsic: hsicOfBatch(unbiasedHsic, rbfX, rbfY, n),
    neighbours: neighboursOfBatch(x.neighbours, y.neighbours, n),
    cknna: cknnaOfBatch(x, y, n),
    ...(isPermuted && {
      permuted: permutedSumsOf(
        { ...x, centredRbf: doublyCentred(rbfX, n) },
        { ...y, centredRbf: doublyCentred(rbfY, n) },
        n,
        permutations,
      ),
    }),
  };
}

/** Sums of one pass at one tap; passes over disjoint images merge into the pass over them all. */
export interface ClosedFormSums extends GramSums {
  /** From bottom (x) to top (y). */
  readonly moments: Moments;
}

/** Merges the sums over two disjoint sets of images. */
export function mergeSums(a: ClosedFormSums, b: ClosedFormSums): ClosedFormSums {
  return { moments: mergeMoments(a.moments, b.moments), ...addGrams(a, b) };
}
