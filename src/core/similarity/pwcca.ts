/**
 * Projection-weighted canonical correlation analysis: the mean of all canonical correlations, each
 * weighted by how much of the source its canonical variable accounts for: αᵢ = Σⱼ |⟨hᵢ, xⱼ⟩|, hᵢ
 * the variable and xⱼ a channel over all samples.
 */
import {
  canonicalCorrelations,
  leadingDirections,
  type CanonicalCorrelations,
} from "./canonical-correlations";
import type { Eigenpairs } from "../linear-algebra/symmetric";
import { rigidInvariances, type Measure } from "./measure";

export const pwcca: Measure = {
  name: "PWCCA",
  source: "Morcos et al. 2018",
  // Any invertible map of the target changes nothing; even a rotation of the source does, since the
  // weights are sums of absolute values over its channels.
  invariances: { ...rigidInvariances, orthogonal: false },
  value({ moments }) {
    const x = leadingDirections(moments.xx, 1);
    const y = leadingDirections(moments.yy, 1);
    const found = canonicalCorrelations(x, y, moments);
    if (!found) return null;
    const weights = weightsOf(x, found);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return weights.reduce((sum, w, i) => sum + w * (found.correlations[i] ?? NaN), 0) / total;
  },
};

/**
 * Computes the αᵢ. Along direction k of the source, a channel is its entry in that direction times
 * √ of the eigenvalue.
 */
function weightsOf({ values, vectors }: Eigenpairs, { rotation }: CanonicalCorrelations): number[] {
  const channels = vectors.clone();
  values.forEach((value, k) => channels.mulColumn(k, Math.sqrt(value)));
  const products = channels.mmul(rotation);
  return Array.from({ length: products.columns }, (_, i) =>
    products.getColumn(i).reduce((sum, product) => sum + Math.abs(product), 0),
  );
}
