/** What CKNNA sums over minibatches in place of HSIC₀: centred kernels at pairs of neighbours. */
import type { HsicSums } from "./hsic-sums";
import { noHsic } from "./hsic-sums";
import { neighbourCount, type Neighbours } from "./neighbour-sums";

/** One representation of a minibatch of n images. */
export interface NeighbourKernel {
  /** [n, n] row-major, centred in rows and columns */
  readonly centred: Float64Array;
  readonly neighbours: Neighbours | null;
}

/** @returns nothing for a batch in which a representation has no neighbours */
export function cknnaOfBatch(x: NeighbourKernel, y: NeighbourKernel, n: number): HsicSums {
  if (!x.neighbours || !y.neighbours) return noHsic;
  return { xy: alignment(x, y, n), xx: alignment(x, x, n), yy: alignment(y, y, n) };
}

/** Σ α(i, j) k̄ᵢⱼ l̄ᵢⱼ / (n − 1)², as the paper writes HSIC₀ with α in it. */
function alignment(x: NeighbourKernel, y: NeighbourKernel, n: number): number {
  const [nearest, isNear] = [x.neighbours?.nearest ?? [], y.neighbours?.isNear ?? []];
  let sum = 0;
  nearest.forEach((other, at) => {
    const pair = Math.floor(at / neighbourCount) * n + other;
    if (isNear[pair] === 1) sum += (x.centred[pair] ?? NaN) * (y.centred[pair] ?? NaN);
  });
  return sum / (n - 1) ** 2;
}
