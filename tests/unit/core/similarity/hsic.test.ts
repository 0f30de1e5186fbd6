import { Matrix } from "ml-matrix";
import { expect, test } from "vitest";
import { biasedHsic, unbiasedHsic } from "../../../../src/core/similarity/hsic";
import { seeded } from "../../../../src/core/random/generator";
import { chanceLevel } from "../../../../src/core/similarity/cka";
import { normalArray } from "../numbers";
import { squaredDistances, rbfKernel } from "../../../../src/core/similarity/distances";

/** The float64 fixture of NumPy: 12 rows of 3 and of 5 features. */
const x = filled(12, 3, (i, j) => Math.sin(1.3 * i + 0.7 * j + 0.2 * i * i));
const y = filled(12, 5, (i, j) => Math.cos(0.9 * i - 0.4 * j * Math.sqrt(i + 1)));

function filled(rows: number, columns: number, value: (i: number, j: number) => number): Matrix {
  return new Matrix(
    Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => value(i, j))),
  );
}

/** XXᵀ, row-major. */
const gram = (features: Matrix): number[] => features.mmul(features.transpose()).to1DArray();

type Hsic = (k: number[], l: number[], n: number) => number;

function cka(hsic: Hsic, a: Matrix, b: Matrix): number {
  const [k, l, n] = [gram(a), gram(b), a.rows];
  return hsic(k, l, n) / Math.sqrt(hsic(k, k, n) * hsic(l, l, n));
}

test("unbiased HSIC of the fixture is NumPy's", () => {
  expect(unbiasedHsic(gram(x), gram(y), 12)).toBeCloseTo(-0.2807045, 6);
  expect(unbiasedHsic(gram(x), gram(x), 12)).toBeCloseTo(1.0129146, 6);
  expect(unbiasedHsic(gram(y), gram(y), 12)).toBeCloseTo(2.2414323, 6);
});

test("CKA of the fixture, biased and debiased, is NumPy's", () => {
  expect(cka(biasedHsic, x, y)).toBeCloseTo(0.0535173, 6);
  expect(cka(unbiasedHsic, x, y)).toBeCloseTo(-0.1862945, 6);
});

test("scaling features apart changes CKA, to NumPy's value", () => {
  const scaled = x.mmul(Matrix.diag([1, 2, 4]));
  expect(cka(biasedHsic, x, scaled)).toBeCloseTo(0.8121925, 6);
});

test("the feature form ‖YᵀX‖² / ‖XᵀX‖ ‖YᵀY‖ equals the Gram form", () => {
  const centredX = x.clone().center("column");
  const centredY = y.clone().center("column");
  const cross = centredY.transpose().mmul(centredX).norm("frobenius");
  const own = (m: Matrix): number => m.transpose().mmul(m).norm("frobenius");
  const featureForm = cross ** 2 / (own(centredX) * own(centredY));
  expect(cka(biasedHsic, x, y)).toBeCloseTo(featureForm, 12);
});

test("neither HSIC changes when all rows move by the same vector", () => {
  const moved = Matrix.add(x, new Matrix(Array.from({ length: 12 }, () => [5, -3, 1])));
  for (const hsic of [unbiasedHsic, biasedHsic]) {
    expect(hsic(gram(moved), gram(y), 12)).toBeCloseTo(hsic(gram(x), gram(y), 12), 10);
  }
});

test("unbiased HSIC of fewer than four rows is not a number", () => {
  expect(unbiasedHsic(gram(x), gram(y), 4)).not.toBeNaN();
  expect(unbiasedHsic([1, 0, 0, 0, 1, 0, 0, 0, 1], [1, 0, 0, 0, 1, 0, 0, 0, 1], 3)).toBeNaN();
});

test("biased CKA of independent Gaussians is near its chance level, debiased CKA near 0", () => {
  const [n, p, q] = [48, 500, 300];
  const gaussian = (stream: number, columns: number): Matrix =>
    Matrix.from1DArray(n, columns, [...normalArray(seeded(3, stream), n * columns)]);
  const [a, b] = [gaussian(0, p), gaussian(1, q)];
  const chance = chanceLevel(n, p, q);
  expect(Math.abs(cka(biasedHsic, a, b) - chance)).toBeLessThan(0.02);
  expect(Math.abs(cka(unbiasedHsic, a, b))).toBeLessThan(0.05);
});

test("the chance level of biased CKA is 0.97 for 128 images of 4096 features", () => {
  expect(chanceLevel(128, 4096, 4096)).toBeCloseTo(0.97, 3);
});

/** Squared distances of points on a line. */
const squaresOf = (points: number[]): Float64Array =>
  Float64Array.from(points.flatMap((a) => points.map((b) => (a - b) ** 2)));

test("the kernel's bandwidth is 0.8 of the median distance", () => {
  // Distances 1, 2, 3, 4, 5, 6: the median is 3.5.
  const kernel = rbfKernel(squaresOf([0, 2, 5, 6]), 4);
  expect(kernel[0]).toBe(1);
  expect(kernel[1]).toBeCloseTo(Math.exp(-(2 ** 2) / (2 * (0.8 * 3.5) ** 2)), 12);
  expect(kernel[3]).toBeCloseTo(Math.exp(-(6 ** 2) / (2 * (0.8 * 3.5) ** 2)), 12);
});

test("samples that are mostly the same have a kernel whose HSIC is exactly 0", () => {
  const kernel = rbfKernel(squaresOf([1, 1, 1, 1, 1, 3]), 6);
  const other = rbfKernel(squaresOf([0, 2, 5, 6, 9, 4]), 6);
  expect(unbiasedHsic(kernel, other, 6)).toBe(0);
  expect(unbiasedHsic(kernel, kernel, 6)).toBe(0);
});

test("rounding that puts a squared distance below 0 leaves the kernel at most 1", () => {
  const gram = [1, 1 + 1e-7, 0, 1 + 1e-7, 1, 0, 0, 0, 9];
  expect(Math.max(...rbfKernel(squaredDistances(gram, 3), 3))).toBe(1);
});
