/** Singular values of a stitch's matrix and its effective rank: how much of the source it keeps. */
import { LabError } from "../errors";
import { matrixOf } from "../linear-algebra/matrix";
import { noVectors, singularValueDecomposition } from "../linear-algebra/singular-values";

/**
 * @param matrix [rows, columns] row-major
 * @returns [min(rows, columns)] the largest first
 * @throws LabError `bad-shape` for another number of entries, `numerics` if one is not finite
 */
export function singularValues(
  matrix: ArrayLike<number>,
  rows: number,
  columns: number,
): Float64Array {
  if (matrix.length !== rows * columns) {
    throw new LabError({
      code: "bad-shape",
      input: "matrix of a stitch",
      expected: `${rows} × ${columns} numbers`,
      found: String(matrix.length),
    });
  }
  // The decomposition would not terminate.
  if (!Array.from(matrix).every(Number.isFinite)) {
    throw new LabError({
      code: "numerics",
      input: "matrix of a stitch",
      expected: "finite numbers",
      found: "an infinite value or NaN",
    });
  }
  return singularValueDecomposition(matrixOf(rows, columns, matrix), noVectors).values;
}

/**
 * Effective rank: exp of the entropy of the singular values, scaled to a sum of 1. Roy & Vetterli
 * 2007, "The effective rank", eq. 2–4. For an orthogonal matrix it is the size; for a matrix that
 * keeps a single direction, 1.
 *
 * @returns null for a matrix of zeros, which has no directions
 */
export function effectiveRank(values: ArrayLike<number>): number | null {
  const all = Array.from(values);
  const sum = all.reduce((total, value) => total + value, 0);
  if (!(sum > 0)) return null;
  const entropy = all.reduce((total, value) => {
    const share = value / sum;
    return share > 0 ? total - share * Math.log(share) : total;
  }, 0);
  return Math.exp(entropy);
}
