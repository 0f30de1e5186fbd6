import { Matrix, QrDecomposition } from "ml-matrix";
import { describe, expect, test } from "vitest";
import { seeded } from "../../../../src/core/random/generator";
import { centredGram } from "../../../../src/core/closed-form/batch-sums";
import { unbiasedHsic } from "../../../../src/core/similarity/hsic";
import {
  addHsic,
  ckaOf,
  hsicOfBatch,
  noHsic,
  type HsicSums,
} from "../../../../src/core/similarity/hsic-sums";
import { tf } from "../../../../src/core/tensor/tf";
import { describeOnEachBackend } from "../../backend";
import { normalArray } from "../numbers";

const n = 24;
const p = 6;

const random = Matrix.from1DArray(n, p, [...normalArray(seeded(1), n * p)]);
const other = Matrix.from1DArray(n, p, [...normalArray(seeded(2), n * p)]);
/** Related to `random`, but not the same. */
const related = Matrix.add(random, Matrix.mul(other, 0.7));

/** HSIC of two sets of features with the device's Gram matrices. */
async function hsic(x: Matrix, y: Matrix): Promise<HsicSums> {
  const [k, l] = tf.tidy(() => [
    centredGram(tf.tensor2d(x.to2DArray())),
    centredGram(tf.tensor2d(y.to2DArray())),
  ]);
  const sums = hsicOfBatch(unbiasedHsic, await k.data(), await l.data(), x.rows);
  tf.dispose([k, l]);
  return sums;
}

async function cka(x: Matrix, y: Matrix): Promise<number> {
  return ckaOf(await hsic(x, y)) ?? NaN;
}

describeOnEachBackend("debiased CKA", () => {
  test("of a representation with itself is 1", async () => {
    expect(await cka(random, random)).toBeCloseTo(1, 12);
  });

  test("is symmetric", async () => {
    expect(await cka(random, related)).toBeCloseTo(await cka(related, random), 12);
  });

  test("does not change under an orthogonal map", async () => {
    const { orthogonalMatrix } = new QrDecomposition(
      Matrix.from1DArray(p, p, [...normalArray(seeded(4), p * p)]),
    );
    const before = await cka(random, related);
    expect(await cka(random, related.mmul(orthogonalMatrix))).toBeCloseTo(before, 5);
    expect(await cka(random.mmul(orthogonalMatrix), random)).toBeCloseTo(1, 5);
  });

  test("does not change under isotropic scaling, or when all rows move", async () => {
    const before = await cka(random, related);
    expect(await cka(random, Matrix.mul(related, 1e-3))).toBeCloseTo(before, 5);
    expect(await cka(random, Matrix.add(related, 3))).toBeCloseTo(before, 5);
  });

  test("changes under an invertible linear map that is not orthogonal", async () => {
    const stretched = random.mmul(Matrix.diag([1, 2, 4, 8, 16, 32]));
    expect(await cka(random, stretched)).toBeLessThan(0.9);
  });

  test("is that of the exact Gram matrices up to rounding", async () => {
    const gram = (m: Matrix): number[] => m.mmul(m.transpose()).to1DArray();
    const exact = ckaOf(hsicOfBatch(unbiasedHsic, gram(random), gram(related), n));
    expect(await cka(random, related)).toBeCloseTo(exact ?? NaN, 5);
  });

  test("keeps its precision when channels have large means", async () => {
    const before = await cka(random, related);
    expect(await cka(Matrix.add(random, 100), related)).toBeCloseTo(before, 4);
  });

  test.each([
    { constant: 0, rows: 8 },
    { constant: 0.1, rows: 100 },
    { constant: 1 / 3, rows: 128 },
    { constant: 1234.567, rows: 77 },
  ])("is undefined when $rows rows are all $constant", async ({ constant, rows }) => {
    const still = Matrix.ones(rows, p).mul(constant);
    const varying = Matrix.from1DArray(rows, p, [...normalArray(seeded(5), rows * p)]);
    expect(ckaOf(await hsic(still, varying))).toBeNull();
    expect(ckaOf(await hsic(varying, still))).toBeNull();
    expect(ckaOf(await hsic(still, still))).toBeNull();
  });
});

describe("HSIC over minibatches", () => {
  test("sums first and takes the ratio last, as in NumPy's fixture", () => {
    const rows = (from: number): number[] => Array.from({ length: 6 }, (_, i) => from + i);
    const halves = [rows(0), rows(6)].map((half) => {
      const x = half.map((i) => [0, 1, 2].map((j) => Math.sin(1.3 * i + 0.7 * j + 0.2 * i * i)));
      const y = half.map((i) =>
        [0, 1, 2, 3, 4].map((j) => Math.cos(0.9 * i - 0.4 * j * Math.sqrt(i + 1))),
      );
      const gram = (m: number[][]): number[] =>
        new Matrix(m).mmul(new Matrix(m).transpose()).to1DArray();
      return hsicOfBatch(unbiasedHsic, gram(x), gram(y), 6);
    });
    expect(ckaOf(halves.reduce(addHsic, noHsic))).toBeCloseTo(-0.1027059, 6);
  });

  test("of no batch at all leaves CKA undefined", () => {
    expect(ckaOf(noHsic)).toBeNull();
  });

  test("that came out negative, as noise may, leaves CKA undefined", () => {
    expect(ckaOf({ xy: 1, xx: -1, yy: 1 })).toBeNull();
  });
});
