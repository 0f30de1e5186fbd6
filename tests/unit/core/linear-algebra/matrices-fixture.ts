/** Matrices on which decompositions go different ways. */
import { Matrix } from "ml-matrix";
import { matrixOf, type Matrix as FlatMatrix } from "../../../../src/core/linear-algebra/matrix";
import { seeded } from "../../../../src/core/random/generator";
import { normalArray } from "../numbers";

export function normal(rows: number, columns: number, stream = 0): Matrix {
  return Matrix.from1DArray(rows, columns, normalArray(seeded(53, stream), rows * columns));
}

export function flat(matrix: Matrix): FlatMatrix {
  return matrixOf(matrix.rows, matrix.columns, matrix.to1DArray());
}

/** Row-major; the same numbers must also have the same signs of zeros. */
export function entriesOf(matrix: Matrix): Float64Array {
  return Float64Array.from(matrix.to1DArray());
}

/** Rows and columns 1, 4, 7, … are zeros, as those of dead channels. */
function withDeadChannels(matrix: Matrix): Matrix {
  matrix.to2DArray().forEach((row, i) => {
    row.forEach((_, j) => {
      if (i % 3 === 1 || j % 3 === 1) matrix.set(i, j, 0);
    });
  });
  return matrix;
}

/** @returns by name; of rank 1 only small ones, on which the iteration of ml-matrix ends */
export function rectangular(rows: number, columns: number): Record<string, Matrix> {
  const half = Math.ceil(Math.min(rows, columns) / 2);
  return {
    random: normal(rows, columns),
    "rank-deficient": normal(rows, half, 1).mmul(normal(half, columns, 2)),
    "with dead channels": withDeadChannels(normal(rows, columns, 3)),
    diagonal: Matrix.eye(rows, columns).mul(-2),
    zero: Matrix.zeros(rows, columns),
  };
}

export function symmetric(size: number): Record<string, Matrix> {
  const gram = (x: Matrix): Matrix => x.transpose().mmul(x);
  return {
    random: gram(normal(2 * size, size)),
    indefinite: Matrix.add(normal(size, size), normal(size, size).transpose()),
    "rank-deficient": gram(normal(Math.ceil(size / 2), size, 1)),
    "with dead channels": withDeadChannels(gram(normal(2 * size, size, 2))),
    "diagonal with equal values": Matrix.diag(Array.from({ length: size }, (_, k) => k % 3)),
    constant: Matrix.ones(size, size),
    zero: Matrix.zeros(size, size),
  };
}
