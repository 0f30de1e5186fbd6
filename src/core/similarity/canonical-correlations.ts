/**
 * Canonical correlations: pairs of directions along which two representations correlate most, each
 * uncorrelated with the pairs before. Hotelling 1936; as singular values, Björck & Golub 1973. From
 * moments: every position of every image is one sample, as in Raghu et al. 2017 for convolutional
 * layers.
 */
import { Matrix, SingularValueDecomposition } from "ml-matrix";
import { eigenpairs, symmetricMatrix, type Eigenpairs } from "../linear-algebra/symmetric";
import type { Moments } from "../stitch/moments";

/** Below this share of the largest, an eigenvalue may be mere float32 rounding in the moments. */
const relativeFloor = 1e-6;

/**
 * Returns the fewest leading principal directions that explain this share of the variance.
 *
 * @param scatter [c, c] row-major, Σ (x − x̄)(x − x̄)ᵀ
 * @param share in (0, 1]; 1 keeps every direction that varies
 * @returns none for a representation that does not vary
 */
export function leadingDirections(scatter: Float64Array, share: number): Eigenpairs {
  const { values, vectors } = eigenpairs(symmetricMatrix(scatter));
  const floor = relativeFloor * (values[0] ?? 0);
  const varying = values.filter((value) => value > Math.max(0, floor));
  const total = varying.reduce((sum, value) => sum + value, 0);
  let held = 0;
  const kept = varying.filter((value) => {
    const needed = held < share * total;
    held += value;
    return needed;
  });
  return { values: kept, vectors: vectors.subMatrixColumn(kept.map((_, k) => k)) };
}

export interface CanonicalCorrelations {
  /** [min(a, b)] in [0, 1], the largest first */
  readonly correlations: readonly number[];
  /**
   * [a, min(a, b)] orthonormal: the source's canonical variables in terms of its kept directions,
   * each of length 1
   */
  readonly rotation: Matrix;
}

/**
 * @param x a directions of the source
 * @param y b directions of the target
 * @returns null where a representation does not vary, or where so few samples, at most a + b, force
 *   some correlations to 1
 */
export function canonicalCorrelations(
  x: Eigenpairs,
  y: Eigenpairs,
  { count, meanX, meanY, xy }: Moments,
): CanonicalCorrelations | null {
  const [a, b] = [x.values.length, y.values.length];
  if (a === 0 || b === 0 || count <= a + b) return null;
  const cross = whitening(x)
    .transpose()
    .mmul(Matrix.from1DArray(meanX.length, meanY.length, xy))
    .mmul(whitening(y));
  const { diagonal, leftSingularVectors } = new SingularValueDecomposition(cross, {
    autoTranspose: true,
    computeRightSingularVectors: false,
  });
  const size = Math.min(a, b);
  return {
    // Rounding may leave a perfect correlation a little above 1.
    correlations: diagonal.slice(0, size).map((value) => Math.min(1, value)),
    rotation: leftSingularVectors.subMatrix(0, a - 1, 0, size - 1),
  };
}

/**
 * [c, a] Maps centred samples to coordinates along the directions, each of length 1 over all
 * samples.
 */
function whitening({ values, vectors }: Eigenpairs): Matrix {
  const scaled = vectors.clone();
  values.forEach((value, k) => scaled.mulColumn(k, 1 / Math.sqrt(value)));
  return scaled;
}
