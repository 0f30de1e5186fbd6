import { Matrix, QrDecomposition } from "ml-matrix";
import { describe, expect, test } from "vitest";
import * as z from "../../../../src/core/schema";
import { seeded, shuffled } from "../../../../src/core/random/generator";
import type { Invariances } from "../../../../src/core/similarity/measure";
import { measures, similarityOf } from "../../../../src/core/similarity/measures";
import { withPermutation } from "../../../../src/core/similarity/null";
import { mergeSums } from "../../../../src/core/similarity/sums";
import { fixture } from "../../fixtures";
import { exactSums } from "../exact-sums";
import { normalArray } from "../numbers";

const rows = z.pipe(
  z.array(z.array(z.number())),
  z.transform((values) => new Matrix(values)),
);
const reference = fixture(
  "measures",
  z.object({
    matrices: z.array(
      z.object({
        name: z.string(),
        x: rows,
        y: rows,
        /** Neighbouring rows in so many minibatches. */
        batches: z.int(),
        values: z.record(z.string(), z.number()),
        /** Values with the rows of y in other orders within each minibatch. */
        permuted: z.array(
          z.object({
            orders: z.array(z.array(z.int())),
            values: z.record(z.string(), z.number()),
          }),
        ),
      }),
    ),
  }),
);

const normal = (n: number, c: number, stream: number): Matrix =>
  Matrix.from1DArray(n, c, normalArray(seeded(51, stream), n * c));

describe.each(reference.matrices)("on NumPy's matrices, $name", ({ x, y, batches, values }) => {
  test.each(Object.entries(measures))("%s has NumPy's value", (name, measure) => {
    expect(measure.value(exactSums(x, y, batches))).toBeCloseTo(values[name] ?? NaN, 9);
  });

  test("there is a measure for every value", () => {
    expect(Object.keys(similarityOf(exactSums(x, y, batches)))).toEqual(Object.keys(values));
  });
});

describe.each(reference.matrices)("on NumPy's permuted rows, $name", (matrices) => {
  const { x, y, batches, permuted } = matrices;
  const orders = Array.from({ length: batches }, (_, batch) =>
    permuted.map((one) => one.orders[batch] ?? []),
  );
  const sums = exactSums(x, y, batches, orders);
  const gathered = sums.permuted;
  if (!gathered) throw new Error("nothing was permuted");

  test.each(permuted.map(({ values }, r) => ({ r, values })))(
    "permutation $r has NumPy's value of every measure from Gram matrices",
    ({ r, values }) => {
      const own = Object.entries(measures).filter(([, { readsGramsAlone }]) => readsGramsAlone);
      expect(own.map(([name]) => name)).toEqual(Object.keys(values));
      for (const [name, measure] of own) {
        const found = measure.value(withPermutation(sums, gathered, r));
        expect(found, name).toBeCloseTo(values[name] ?? NaN, 9);
      }
    },
  );

  test("the values in the images' own order are the same as without permutations", () => {
    expect(similarityOf(sums)).toEqual(similarityOf(exactSums(x, y, batches)));
  });
});

test("sums of an older version lack CKNNA, and so do their measures; nothing else changes", () => {
  const sums = exactSums(normal(30, 6, 8), normal(30, 4, 9));
  const { cknna: _, ...older } = sums;
  const { cknna: __, ...others } = similarityOf(sums);
  expect(similarityOf(older)).toEqual(others);
  expect(similarityOf(mergeSums(older, sums))).not.toHaveProperty("cknna");
});

describe.each(Object.entries(measures))("%s", (_, { value, invariances }) => {
  const [n, p, q] = [60, 6, 4];
  // Unlike variances, so that SVCCA has something to leave out.
  const x = normal(n, p, 0).mmul(Matrix.diag([3, 2, 1, 0.5, 0.2, 0.05]));
  const y = Matrix.add(x.mmul(normal(p, q, 1)), normal(n, q, 2));
  const similarity = (a: Matrix, b: Matrix): number => value(exactSums(a, b)) ?? NaN;

  /** Each kind of change, to features of any number. */
  const changes: Record<keyof Invariances, (features: Matrix) => Matrix> = {
    permutation: (m) => m.subMatrixColumn([...shuffled(m.columns, seeded(52))]),
    orthogonal: (m) =>
      m.mmul(new QrDecomposition(normal(m.columns, m.columns, 3)).orthogonalMatrix),
    isotropicScaling: (m) => Matrix.mul(m, -37),
    invertibleLinear: (m) =>
      m.mmul(Matrix.diag(Array.from({ length: m.columns }, (_, j) => 4 ** j))),
    translation: (m) => m.clone().addRowVector(Array.from({ length: m.columns }, (_, j) => 5 * j)),
  };
  const kinds = Object.keys(changes) as (keyof Invariances)[];

  test.each(kinds.filter((kind) => invariances[kind]))("is invariant under %s", (kind) => {
    const before = similarity(x, y);
    expect(similarity(changes[kind](x), y)).toBeCloseTo(before, 9);
    expect(similarity(x, changes[kind](y))).toBeCloseTo(before, 9);
  });

  test.each(kinds.filter((kind) => !invariances[kind]))("is not invariant under %s", (kind) => {
    const before = similarity(x, y);
    const moved = [similarity(changes[kind](x), y), similarity(x, changes[kind](y))];
    expect(Math.max(...moved.map((after) => Math.abs(after - before)))).toBeGreaterThan(1e-3);
  });

  test("of a representation with itself is 1", () => {
    expect(similarity(x, x)).toBeCloseTo(1, 12);
    expect(similarity(y, y)).toBeCloseTo(1, 12);
  });

  test("is undefined where a representation does not vary", () => {
    const still = Matrix.ones(n, p).mul(0.25);
    expect(value(exactSums(still, y))).toBeNull();
    expect(value(exactSums(y, still))).toBeNull();
    expect(value(exactSums(still, still))).toBeNull();
  });

  test("of any number of samples is a number or undefined, never NaN", () => {
    for (let few = 1; few <= 16; few++) {
      const found = value(exactSums(normal(few, p, 4), normal(few, q, 5)));
      expect(found === null || Number.isFinite(found)).toBe(true);
    }
    expect(value(exactSums(normal(1, p, 4), normal(1, q, 5)))).toBeNull();
  });
});

test("canonical correlations that are 1 for lack of samples are undefined", () => {
  const enough = exactSums(normal(11, 6, 6), normal(11, 4, 7));
  const tooFew = exactSums(normal(10, 6, 6), normal(10, 4, 7));
  expect(measures.pwcca.value(enough)).toBeLessThan(1);
  expect(measures.pwcca.value(tooFew)).toBeNull();
});

test("PWCCA does not change when only the target is mapped by something invertible", () => {
  const x = normal(60, 6, 8);
  const y = Matrix.add(x.subMatrix(0, 59, 0, 3), normal(60, 4, 9));
  const mapped = y.mmul(normal(4, 4, 10));
  const before = measures.pwcca.value(exactSums(x, y));
  expect(measures.pwcca.value(exactSums(x, mapped))).toBeCloseTo(before ?? NaN, 9);
});
