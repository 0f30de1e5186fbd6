/**
 * Reduced-rank regression: the least-squares stitch through at most r directions. Izenman 1975,
 * "Reduced-rank regression for the multivariate linear model", with Γ = I: distances are those of
 * A's representation.
 *
 * The smallest sufficient r measures how much of A's representation B's must contain.
 */
import { LabError } from "../../errors";
import { eigenpairs } from "../../linear-algebra/eigenpairs";
import { leadingColumns, matrixOf, symmetricMatrix, transposed } from "../../linear-algebra/matrix";
import { product, productWithTransposed } from "../../linear-algebra/products";
import { biasAtMean, explainedShare } from "../affine-map";
import { leastSquares } from "./least-squares";
import type { Moments } from "../moments";
import type { FamilyFit } from "./family";

/**
 * W = W₀ V Vᵀ, with W₀ the least-squares stitch and V the r leading right singular vectors of its
 * fitted values: by Eckart & Young 1936 no map of rank r is closer. Singular vectors are taken with
 * the ridge's rows among the samples (Mukherjee & Zhu 2011), which makes the result optimal for the
 * same sum that W₀ minimises.
 *
 * @param rank r, from 1 to the smaller number of channels, which gives the least-squares stitch
 *   itself
 * @throws LabError `bad-input` for another rank, `numerics` if the source does not vary
 */
export function lowRank(moments: Moments, rank: number): FamilyFit {
  checkRank(moments, rank);
  return lowRankFits(moments)(rank);
}

/**
 * Factors the least-squares stitch once, for its best maps of every rank.
 *
 * @returns the map of a rank, as `lowRank` gives it
 * @throws LabError as `lowRank` does
 */
export function lowRankFits(moments: Moments): (rank: number) => FamilyFit {
  const { meanX, meanY, xy } = moments;
  const [c1, c2] = [meanX.length, meanY.length];
  const full = matrixOf(c1, c2, leastSquares(moments).weight);
  // Σ ŷŷᵀ = W₀ᵀ(Σxxᵀ + λ)W₀ with the ridge's rows, and (Σxxᵀ + λ)W₀ is Σxyᵀ.
  const fitted = product(transposed(full), matrixOf(c1, c2, xy));
  const { vectors } = eigenpairs(symmetricMatrix(fitted.values));
  return (rank) => {
    checkRank(moments, rank);
    const leading = leadingColumns(vectors, rank);
    const weight = productWithTransposed(product(full, leading), leading).values;
    const map = { weight, bias: biasAtMean(weight, moments) };
    return { ...map, r2: explainedShare(map, moments) };
  };
}

function checkRank({ meanX, meanY }: Moments, rank: number): void {
  const largest = Math.min(meanX.length, meanY.length);
  if (Number.isInteger(rank) && rank >= 1 && rank <= largest) return;
  throw new LabError({
    code: "bad-input",
    input: "rank of the low-rank stitch",
    expected: `a whole number from 1 to ${largest}`,
    found: String(rank),
  });
}
