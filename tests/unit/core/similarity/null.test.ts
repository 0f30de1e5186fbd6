/** The permutation null of measures of similarity. Against NumPy's values: measures.test.ts. */
import { Matrix } from "ml-matrix";
import { describe, expect, test } from "vitest";
import { seeded } from "../../../../src/core/random/generator";
import { biasedHsic, doublyCentred, unbiasedHsic } from "../../../../src/core/similarity/hsic";
import { measures } from "../../../../src/core/similarity/measures";
import { nullOf, similarityNullOf } from "../../../../src/core/similarity/null";
import {
  addPermuted,
  noPermuted,
  permutationsOf,
  permutedSumsOf,
} from "../../../../src/core/similarity/permuted-sums";
import { mergeSums } from "../../../../src/core/similarity/sums";
import { exactSums } from "../exact-sums";
import { normalArray } from "../numbers";

const normal = (n: number, c: number, stream: number): Matrix =>
  Matrix.from1DArray(n, c, normalArray(seeded(61, stream), n * c));

/** Of 60 samples in two minibatches. */
const n = 60;
const batches = 2;
const orders = (count: number): Uint32Array[][] =>
  [0, 30].map((first) => permutationsOf(count, first, n / batches));
const x = normal(n, 8, 0);
const unrelated = normal(n, 5, 1);
const related = Matrix.add(x.mmul(normal(8, 5, 2)), normal(n, 5, 3));

describe("of one minibatch", () => {
  const rows = 14;
  const gram = (m: Matrix): number[] => m.mmul(m.transpose()).to1DArray();
  const [k, l] = [gram(normal(rows, 6, 4)), gram(normal(rows, 3, 5))];
  const permutations = permutationsOf(5, 7, rows);
  const kernels = (each: number[]) => ({
    centred: doublyCentred(each, rows),
    centredRbf: doublyCentred(each, rows),
    neighbours: null,
  });
  const sums = permutedSumsOf(kernels(k), kernels(l), rows, permutations);

  test.each([
    ["biasedHsic", biasedHsic],
    ["hsic", unbiasedHsic],
    ["rbfHsic", unbiasedHsic],
  ] as const)(
    "%s is that of the permuted Gram matrix, though this is not centred",
    (name, hsic) => {
      for (const [r, order] of permutations.entries()) {
        const moved = l.map((_, at) => {
          const [i, j] = [Math.floor(at / rows), at % rows];
          return l[(order[i] ?? 0) * rows + (order[j] ?? 0)] ?? NaN;
        });
        expect(sums[name][r]).toBeCloseTo(hsic(k, moved, rows), 9);
      }
    },
  );

  test("the identity leaves HSIC as it is", () => {
    const same = permutedSumsOf(kernels(k), kernels(l), rows, [
      Array.from({ length: rows }, (_, i) => i),
    ]);
    expect(same.hsic[0]).toBeCloseTo(unbiasedHsic(k, l, rows), 9);
    expect(same.biasedHsic[0]).toBeCloseTo(biasedHsic(k, l, rows), 9);
  });
});

describe("permutations", () => {
  test("depend on their number and the batch's first image alone, and are permutations", () => {
    const [few, more] = [permutationsOf(3, 128, 20), permutationsOf(9, 128, 20)];
    expect(more.slice(0, 3)).toEqual(few);
    expect(permutationsOf(3, 256, 20)).not.toEqual(few);
    for (const order of more) {
      expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i));
    }
    expect(new Set(more.map((order) => order.join())).size).toBe(9);
  });

  test("sums over parts add up permutation by permutation", () => {
    const whole = exactSums(x, related, batches, orders(4));
    const half = (first: number) =>
      exactSums(
        x.subMatrix(first, first + 29, 0, 7),
        related.subMatrix(first, first + 29, 0, 4),
        1,
        [permutationsOf(4, first, 30)],
      );
    expect(mergeSums(half(0), half(30)).permuted).toEqual(whole.permuted);
    expect(addPermuted(noPermuted(4), half(0).permuted ?? noPermuted(4))).toEqual(half(0).permuted);
  });
});

describe("the null of two sets of samples", () => {
  const found = (y: Matrix, count = 200) =>
    similarityNullOf(exactSums(x, y, batches, orders(count))) ?? {};

  test("is there for the measures from Gram sums, not for those from moments", () => {
    expect(Object.keys(found(related))).toEqual([
      "linearCka",
      "biasedLinearCka",
      "rbfCka",
      "mutualNeighbours",
      "cknna",
    ]);
    expect(similarityNullOf(exactSums(x, related))).toBeUndefined();
  });

  test("puts related ones beyond every permutation, and unrelated ones among them", () => {
    for (const [name, one] of Object.entries(found(related))) {
      expect(one?.pValue, name).toBe(1 / 201);
      expect(one?.calibrated, name).toBeGreaterThan(0.1);
    }
    for (const [name, one] of Object.entries(found(unrelated))) {
      expect(one?.pValue, name).toBeGreaterThan(0.01);
      expect(one?.calibrated, name).toBeLessThan(0.1);
    }
  });

  test("has the mean that theory knows: 0 for debiased CKA, k / (n − 1) for neighbours", () => {
    const { linearCka, rbfCka, mutualNeighbours } = found(unrelated);
    expect(Math.abs(linearCka?.mean ?? NaN)).toBeLessThan(0.02);
    expect(Math.abs(rbfCka?.mean ?? NaN)).toBeLessThan(0.02);
    expect(Math.abs((mutualNeighbours?.mean ?? NaN) - 10 / 29)).toBeLessThan(0.01);
  });

  test("is undefined where a representation does not vary", () => {
    for (const one of Object.values(found(Matrix.ones(n, 3), 20))) expect(one).toBeNull();
  });

  test("p-values of unrelated samples are uniform: about one in twenty is at most 0.05", () => {
    const small = Array.from({ length: 200 }, (_, k) => {
      const [a, b] = [normal(12, 3, 100 + 2 * k), normal(12, 3, 101 + 2 * k)];
      const sums = exactSums(a, b, 1, [permutationsOf(39, 12 * k, 12)]);
      return similarityNullOf(sums)?.linearCka?.pValue ?? NaN;
    });
    const low = small.filter((p) => p <= 0.05).length;
    // Binomial: 10 ± 3.1.
    expect(Math.abs(low - 10)).toBeLessThan(9.3);
  });
});

describe("a value among permutations", () => {
  const hundred = Array.from({ length: 199 }, (_, r) => r / 200);

  test("has Phipson and Smyth's p-value, which is never 0 and counts ties", () => {
    expect(nullOf(2, hundred)?.pValue).toBe(1 / 200);
    expect(nullOf(-1, hundred)?.pValue).toBe(1);
    expect(nullOf(hundred[189] ?? NaN, hundred)?.pValue).toBe(11 / 200);
  });

  test("is above the high level just where its p-value is at most 0.05", () => {
    for (const value of hundred.map((one) => one + 1e-6)) {
      const { high = NaN, pValue = NaN, calibrated } = nullOf(value, hundred) ?? {};
      expect(value > high).toBe(pValue <= 0.05);
      expect((calibrated ?? NaN) > 0).toBe(pValue <= 0.05);
    }
  });

  test("is calibrated from 0 at the level to 1 at 1", () => {
    // The 190th of 199: ⌈0.95 · 200⌉.
    const high = 189 / 200;
    expect(nullOf(0.5, hundred)).toMatchObject({ high, calibrated: 0 });
    expect(nullOf(1, hundred)?.calibrated).toBe(1);
    expect(nullOf((1 + high) / 2, hundred)?.calibrated).toBeCloseTo(0.5, 12);
  });

  test("is never NaN: undefined without a value, and not calibrated where all is 1 by chance", () => {
    expect(nullOf(null, hundred)).toBeNull();
    expect(nullOf(0.5, [0.1, null])).toBeNull();
    expect(nullOf(1, [1, 1, 1])).toEqual({ mean: 1, high: 1, pValue: 1, calibrated: null });
  });
});

test("every measure names its closest entries in the registry, package and measure", () => {
  for (const { registryNames } of Object.values(measures)) {
    for (const name of registryNames) expect(name).toMatch(/^\w+\/[\w-]+$/);
    expect(registryNames.length).toBeGreaterThan(0);
  }
});
