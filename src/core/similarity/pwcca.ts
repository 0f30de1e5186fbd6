/**
 * Projection-weighted canonical correlation analysis: the mean of all canonical correlations, each
 * weighted by how much of the source its canonical variable accounts for: αᵢ = Σⱼ |⟨hᵢ, xⱼ⟩|, hᵢ
 * the variable and xⱼ a channel over all samples.
 */
import {
  canonicalCorrelations,
  leadingDirections,
  principalDirections,
} from "./canonical-correlations";
import type { Eigenpairs } from "../linear-algebra/eigenpairs";
import { scaledColumns, transposed, type Matrix } from "../linear-algebra/matrix";
import { product } from "../linear-algebra/products";
import { rigidInvariances, type Measure } from "./measure";

export const pwcca: Measure = {
  name: "PWCCA",
  source: "Morcos et al. 2018",
  registryNames: ["svcca/pwcca"],
  // Any invertible map of the target changes nothing; even a rotation of the source does, since the
  // weights are sums of absolute values over its channels.
  invariances: { ...rigidInvariances, orthogonal: false },
  readsGramsAlone: false,
  value({ moments }, directions = principalDirections(moments)) {
    const x = leadingDirections(directions.x, 1);
    const y = leadingDirections(directions.y, 1);
    const found = canonicalCorrelations(x, y, moments, { rotation: true });
    if (!found) return null;
    const weights = weightsOf(x, found.rotation);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return weights.reduce((sum, w, i) => sum + w * (found.correlations[i] ?? NaN), 0) / total;
  },
};

/**
 * Computes the αᵢ. Along direction k of the source, a channel is its entry in that direction times
 * √ of the eigenvalue.
 */
function weightsOf({ values, vectors }: Eigenpairs, rotation: Matrix): number[] {
  const channels = scaledColumns(
    vectors,
    values.map((value) => Math.sqrt(value)),
  );
  const products = transposed(product(channels, rotation));
  return Array.from({ length: products.rows }, (_, i) =>
    products.values
      .subarray(i * products.columns, (i + 1) * products.columns)
      .reduce((sum, value) => sum + Math.abs(value), 0),
  );
}
