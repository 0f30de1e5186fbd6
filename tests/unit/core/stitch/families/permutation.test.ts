import { Matrix } from "ml-matrix";
import { describe, expect, test } from "vitest";
import { seeded, shuffled } from "../../../../../src/core/random/generator";
import { deviceStitch } from "../../../../../src/core/stitch/device-stitch";
import { momentsOf } from "../../../../../src/core/closed-form/batch-sums";
import { permutation } from "../../../../../src/core/stitch/families/permutation";
import { tf } from "../../../../../src/core/tensor/tf";
import { describeOnEachBackend } from "../../../backend";
import { exactMoments } from "../../exact-sums";
import { normalArray } from "../../numbers";
import { familiesReference } from "./families-fixture";

const [n, c] = [300, 7];
const x = Matrix.from1DArray(n, c, normalArray(seeded(42), n * c));
const planted = [...shuffled(c, seeded(43))];

describeOnEachBackend("a permuted copy", () => {
  test("is undone bit for bit", async () => {
    const [source, target] = tf.tidy(() => {
      const samples = tf.tensor4d(x.to1DArray(), [n / 6, 2, 3, c]);
      return [samples, tf.gather(samples, planted, 3)];
    });
    const fit = permutation(await momentsOf(source, target));
    const stitch = deviceStitch(fit);
    const found = tf.tidy(() => stitch.apply(source));
    expect([...fit.sourceOf]).toEqual(planted);
    expect(await found.data()).toEqual(await target.data());
    stitch.dispose();
    tf.dispose([source, target, found]);
  });
});

describe("the permutation stitch", () => {
  const copy = x.subMatrixColumn(planted);

  test("explains all of a permuted copy", () => {
    const { r2, meanCorrelation } = permutation(exactMoments(x, copy));
    expect(r2).toBeCloseTo(1, 12);
    expect(meanCorrelation).toBeCloseTo(1, 12);
  });

  test("matches by correlation, whatever the channels' sizes and means", () => {
    const scaled = copy.clone();
    for (let j = 0; j < c; j++) scaled.mulColumn(j, 10 ** (j - 3));
    const { sourceOf, weight, bias } = permutation(exactMoments(x, Matrix.add(scaled, 5)));
    expect([...sourceOf]).toEqual(planted);
    // It moves channels and does nothing else to them.
    expect([...weight].every((value) => value === 0 || value === 1)).toBe(true);
    expect([...bias].every((value) => value === 0)).toBe(true);
  });

  test("gives a constant channel what remains", () => {
    const dead = x.clone();
    for (let row = 0; row < n; row++) dead.set(row, 2, 0.5);
    const { sourceOf, meanCorrelation } = permutation(
      exactMoments(dead, dead.subMatrixColumn(planted)),
    );
    expect([...sourceOf]).toEqual(planted);
    expect(meanCorrelation).toBeCloseTo((c - 1) / c, 12);
  });

  test("is the best of all permutations of NumPy's correlations", () => {
    const { x: source, y, permutation: reference } = familiesReference;
    const narrow = source.subMatrix(0, source.rows - 1, 0, y.columns - 1);
    const { sourceOf, meanCorrelation } = permutation(exactMoments(narrow, y));
    expect([...sourceOf]).toEqual(reference.sourceOf);
    expect(meanCorrelation).toBeCloseTo(reference.meanCorrelation, 12);
  });

  test("refuses representations with unlike channels", () => {
    const narrow = x.subMatrix(0, n - 1, 0, 3);
    expect(() => permutation(exactMoments(x, narrow))).toThrow(
      "permutation stitch: expected as many channels in the source as in the target, found 7 and 4",
    );
  });
});
