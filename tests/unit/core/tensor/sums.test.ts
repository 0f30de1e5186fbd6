/** Compares sums over rows and columns of matrices with the same in float64. */
import { describe, expect, test } from "vitest";
import { seeded } from "../../../../src/core/random/generator";
import { kernels } from "../../../../src/core/tensor/backend";
import { tf, type Tensor } from "../../../../src/core/tensor/tf";
import { describeOnEachBackend } from "../../backend";
import { largestDifference, uniformArray } from "../numbers";

const shapes = [
  { n: 1, p: 1, q: 1 },
  { n: 7, p: 3, q: 5 },
  { n: 5, p: 4, q: 8 },
  { n: 1000, p: 16, q: 24 },
  { n: 12, p: 1100, q: 8 },
];

async function values(make: () => Tensor): Promise<Float32Array> {
  const tensor = tf.tidy(make);
  const read = Float32Array.from(await tensor.data());
  tensor.dispose();
  return read;
}

/** Σ over k < count of term(k), for each of `size` results. */
function sums(size: number, count: number, term: (at: number, k: number) => number): number[] {
  return Array.from({ length: size }, (_, at) => {
    let sum = 0;
    for (let k = 0; k < count; k++) sum += term(at, k);
    return sum;
  });
}

describeOnEachBackend("of matrices", () => {
  test("aᵀb of other numbers of rows is refused, and not read beyond the tensor", () => {
    const product = () => kernels().matMulTransposeA(tf.zeros([2, 8]), tf.zeros([4, 8]));
    expect(() => tf.tidy(product)).toThrow(/inner shapes/);
  });

  describe.each(shapes)("[$n, $p] and [$n, $q]", ({ n, p, q }) => {
    const random = seeded(n + p);
    const a = uniformArray(random, n * p);
    const b = uniformArray(random, n * q);
    const atA = (row: number, column: number): number => a[row * p + column] ?? NaN;
    const atB = (row: number, column: number): number => b[row * q + column] ?? NaN;

    test("aᵀb sums products over rows", async () => {
      const expected = sums(p * q, n, (at, row) => atA(row, Math.floor(at / q)) * atB(row, at % q));
      const found = await values(() =>
        kernels().matMulTransposeA(tf.tensor2d(a, [n, p]), tf.tensor2d(b, [n, q])),
      );
      expect(largestDifference(found, expected)).toBeLessThan(2e-5);
    });

    test("aaᵀ sums products over columns", async () => {
      const expected = sums(
        n * n,
        p,
        (at, column) => atA(Math.floor(at / n), column) * atA(at % n, column),
      );
      const found = await values(() => kernels().gramMatrix(tf.tensor2d(a, [n, p])));
      expect(largestDifference(found, expected)).toBeLessThan(1e-4);
    });

    test("columns have their sums and means", async () => {
      const expected = sums(p, n, (column, row) => atA(row, column));
      const found = await values(() => kernels().columnSums(tf.tensor2d(a, [n, p])));
      const means = await values(() => kernels().columnMeans(tf.tensor2d(a, [n, p])));
      expect(largestDifference(found, expected)).toBeLessThan(1e-4);
      expect(
        largestDifference(
          means,
          expected.map((sum) => sum / n),
        ),
      ).toBeLessThan(1e-6);
    });

    test("each row is repeated", async () => {
      const repeated = await values(() => kernels().repeatRows(tf.tensor2d(a, [n, p]), 3));
      const expected = sums(3 * n * p, 1, (at) => atA(Math.floor(at / p / 3), at % p));
      expect(largestDifference(repeated, expected)).toBe(0);
    });

    test("centred columns have a mean of 0, and a constant one is exactly 0", async () => {
      const raised = a.map((value, at) => (at % p === 0 ? 1 / 3 : value + 1000));
      const centred = await values(
        () => kernels().centredColumns(tf.tensor2d(raised, [n, p])).centred,
      );
      const means = sums(p, n, (column, row) => (centred[row * p + column] ?? NaN) / n);
      expect(Math.max(...means.map(Math.abs))).toBeLessThan(1e-4);
      expect(sums(1, n, (_, row) => Math.abs(centred[row * p] ?? NaN))).toEqual([0]);
    });
  });
});

describeOnEachBackend("a ReLU's gradient", () => {
  test.each([3, 8])("passes where the output is positive, with %i channels", async (channels) => {
    const gradient = uniformArray(seeded(1), 5 * channels);
    const output = uniformArray(seeded(2), 5 * channels).map((value) => Math.max(0, value));
    const shape: [number, number, number, number] = [5, 1, 1, channels];
    const found = await values(() =>
      kernels().reluGradient(tf.tensor4d(gradient, shape), tf.tensor4d(output, shape)),
    );
    const expected = gradient.map((value, at) => ((output[at] ?? NaN) > 0 ? value : 0));
    expect(largestDifference(found, expected)).toBe(0);
  });
});
