/**
 * Canonical correlations: pairs of directions along which two representations correlate most, each
 * uncorrelated with the pairs before. Hotelling 1936; as singular values, Björck & Golub 1973. From
 * moments: every position of every image is one sample, as in Raghu et al. 2017 for convolutional
 * layers.
 */
import { eigenpairs, type Eigenpairs } from "../linear-algebra/eigenpairs";
import {
  leadingColumns,
  matrixOf,
  scaledColumns,
  symmetricMatrix,
  transposed,
  type Matrix,
} from "../linear-algebra/matrix";
import { product } from "../linear-algebra/products";
import { singularValueDecomposition } from "../linear-algebra/singular-values";
import type { Moments } from "../stitch/moments";

/** Below this share of the largest, an eigenvalue may be mere float32 rounding in the moments. */
const relativeFloor = 1e-6;

/** Principal directions of both representations, with the variance along each. */
export interface PrincipalDirections {
  readonly x: Eigenpairs;
  readonly y: Eigenpairs;
}

export function principalDirections({ xx, yy }: Moments): PrincipalDirections {
  return { x: eigenpairs(symmetricMatrix(xx)), y: eigenpairs(symmetricMatrix(yy)) };
}

/**
 * Returns the fewest leading directions that explain this share of the variance.
 *
 * @param share in (0, 1]; 1 keeps every direction that varies
 * @returns none for a representation that does not vary
 */
export function leadingDirections({ values, vectors }: Eigenpairs, share: number): Eigenpairs {
  const floor = relativeFloor * (values[0] ?? 0);
  const varying = values.filter((value) => value > Math.max(0, floor));
  const total = varying.reduce((sum, value) => sum + value, 0);
  let held = 0;
  const kept = varying.filter((value) => {
    const needed = held < share * total;
    held += value;
    return needed;
  });
  return { values: kept, vectors: leadingColumns(vectors, kept.length) };
}

export interface CanonicalCorrelations {
  /** [min(a, b)] in [0, 1], the largest first */
  readonly correlations: readonly number[];
  /**
   * [a, min(a, b)] orthonormal: the source's canonical variables in terms of its kept directions,
   * each of length 1; without rows if not wanted
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
  wants: { readonly rotation: boolean },
): CanonicalCorrelations | null {
  const [a, b] = [x.values.length, y.values.length];
  if (a === 0 || b === 0 || count <= a + b) return null;
  const covariances = matrixOf(meanX.length, meanY.length, xy);
  const cross = product(product(transposed(whitening(x)), covariances), whitening(y));
  const { values, left } = singularValueDecomposition(cross, {
    left: wants.rotation,
    right: false,
  });
  // Rounding may leave a perfect correlation a little above 1.
  return { correlations: Array.from(values, (value) => Math.min(1, value)), rotation: left };
}

/**
 * [c, a] Maps centred samples to coordinates along the directions, each of length 1 over all
 * samples.
 */
function whitening({ values, vectors }: Eigenpairs): Matrix {
  return scaledColumns(
    vectors,
    values.map((value) => 1 / Math.sqrt(value)),
  );
}
