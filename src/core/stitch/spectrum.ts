/** What a stitch's matrix keeps of its source: singular values, and how many directions matter. */
import { Matrix, SingularValueDecomposition } from "ml-matrix";
import { LabError } from "../errors";

/**
 * @param matrix [rows, columns] row-major
 * @returns [min(rows, columns)] the largest first
 * @throws LabError `bad-shape` when there are not so many numbers, `numerics` when one of them is
 *   not finite
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
  // The decomposition would go round for ever.
  if (!Array.from(matrix).every(Number.isFinite)) {
    throw new LabError({
      code: "numerics",
      input: "matrix of a stitch",
      expected: "finite numbers",
      found: "one that is not",
    });
  }
  const decomposition = new SingularValueDecomposition(Matrix.from1DArray(rows, columns, matrix), {
    computeLeftSingularVectors: false,
    computeRightSingularVectors: false,
    autoTranspose: true,
  });
  return Float64Array.from(decomposition.diagonal.slice(0, Math.min(rows, columns)))
    .sort()
    .reverse();
}

/**
 * Effective rank: exp of the entropy of the singular values, scaled to a sum of 1. Roy & Vetterli
 * 2007, "The effective rank", eq. 2–4. An orthogonal matrix has its size; one that keeps a single
 * direction has 1.
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
