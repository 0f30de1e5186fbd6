/**
 * Sums over images that closed-form stitches and measures of similarity are computed from. Sums
 * over parts of the data merge into the sums over all of it. No tensors here.
 */
import { squaredDistances, rbfKernel } from "./distances";
import { biasedHsic, unbiasedHsic } from "./hsic";
import { addHsic, hsicOfBatch, noHsic, type HsicSums } from "./hsic-sums";
import {
  addNeighbours,
  neighboursOfBatch,
  noNeighbours,
  type NeighbourSums,
} from "./neighbour-sums";
import { mergeMoments, type Moments } from "../stitch/moments";

export interface GramSums {
  /** HSIC₁ with the linear kernel. */
  readonly hsic: HsicSums;
  /** HSIC₀ with the linear kernel. */
  readonly biasedHsic: HsicSums;
  /** HSIC₁ with the Gaussian kernel. */
  readonly rbfHsic: HsicSums;
  readonly neighbours: NeighbourSums;
}

export const noGrams: GramSums = {
  hsic: noHsic,
  biasedHsic: noHsic,
  rbfHsic: noHsic,
  neighbours: noNeighbours,
};

/** Unbiased HSIC needs at least so many images. */
const smallestBatch = 4;

export function addGrams(a: GramSums, b: GramSums): GramSums {
  return {
    hsic: addHsic(a.hsic, b.hsic),
    biasedHsic: addHsic(a.biasedHsic, b.biasedHsic),
    rbfHsic: addHsic(a.rbfHsic, b.rbfHsic),
    neighbours: addNeighbours(a.neighbours, b.neighbours),
  };
}

/**
 * Computes the sums of one minibatch of n images.
 *
 * @param k [n, n] Gram matrix of the one representation, row-major
 * @param l [n, n] of the other
 * @returns nothing for fewer than 4 images
 */
export function gramsOfBatch(k: ArrayLike<number>, l: ArrayLike<number>, n: number): GramSums {
  if (n < smallestBatch) return noGrams;
  const [squaresX, squaresY] = [squaredDistances(k, n), squaredDistances(l, n)];
  return {
    hsic: hsicOfBatch(unbiasedHsic, k, l, n),
    biasedHsic: hsicOfBatch(biasedHsic, k, l, n),
    rbfHsic: hsicOfBatch(unbiasedHsic, rbfKernel(squaresX, n), rbfKernel(squaresY, n), n),
    neighbours: neighboursOfBatch(squaresX, squaresY, n),
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
