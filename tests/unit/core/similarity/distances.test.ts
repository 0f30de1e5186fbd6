import { expect, test } from "vitest";
import { squaredDistances, rbfKernel } from "../../../../src/core/similarity/distances";
import { unbiasedHsic } from "../../../../src/core/similarity/hsic";

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
