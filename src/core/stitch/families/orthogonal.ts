/**
 * An orthogonal map: the same representation seen from another basis. Schönemann 1966, "A
 * generalized solution of the orthogonal Procrustes problem"; here with both means subtracted.
 */
import { matrixOf } from "../../linear-algebra/matrix";
import { productWithTransposed } from "../../linear-algebra/products";
import { singularValueDecomposition } from "../../linear-algebra/singular-values";
import { biasAtMean, explainedShare } from "../affine-map";
import type { Moments } from "../moments";
import type { FamilyFit } from "./family";

/**
 * Σ (x − x̄)(y − ȳ)ᵀ = UΣVᵀ gives Q = UVᵀ, and b takes the source's mean to the target's.
 *
 * With c₁ ≤ c₂ the rows of Q are orthonormal: no distance changes, and no other such map is closer,
 * least Σ‖y − xQ − b‖². With c₁ > c₂ only its columns can be: Q then agrees best with the target,
 * largest Σ (y − ȳ)ᵀQᵀ(x − x̄), but loses distances along what it drops, and the closest such map
 * has no closed form. There is no scale: a source larger than the target stays larger.
 */
export function orthogonal(moments: Moments): FamilyFit {
  const { meanX, meanY, xy } = moments;
  const { left, right } = singularValueDecomposition(matrixOf(meanX.length, meanY.length, xy));
  const weight = productWithTransposed(left, right).values;
  const map = { weight, bias: biasAtMean(weight, moments) };
  return { ...map, r2: explainedShare(map, moments) };
}
