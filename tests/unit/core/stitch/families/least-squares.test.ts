import { Matrix } from "ml-matrix";
import { beforeAll, describe, expect, test } from "vitest";
import * as z from "../../../../../src/core/schema";
import { imageBatch } from "../../../../../src/core/data/images";
import { seeded } from "../../../../../src/core/random/generator";
import { momentsOf } from "../../../../../src/core/closed-form/batch-sums";
import {
  leastSquares,
  type LeastSquaresFit,
} from "../../../../../src/core/stitch/families/least-squares";
import { mergeMoments, type Moments } from "../../../../../src/core/stitch/moments";
import { tf } from "../../../../../src/core/tensor/tf";
import { describeOnEachBackend, useBackend } from "../../../backend";
import { cifarImages, fixture, networkOf, weightsSchema } from "../../../fixtures";
import { normalArray, relativeDistance, uniformArray } from "../../numbers";

const count = 400;
const c1 = 5;
const c2 = 3;

/** Fits rows of y to rows of x, with the moments taken on the device. */
async function fit(x: Matrix, y: Matrix): Promise<LeastSquaresFit> {
  const [source, target] = tf.tidy(() => [
    tf.tensor4d(x.to1DArray(), [x.rows, 1, 1, x.columns]),
    tf.tensor4d(y.to1DArray(), [y.rows, 1, 1, y.columns]),
  ]);
  const moments = await momentsOf(source, target);
  tf.dispose([source, target]);
  return leastSquares(moments);
}

const normal = (rows: number, columns: number, stream: number): Matrix =>
  Matrix.from1DArray(rows, columns, [...normalArray(seeded(11, stream), rows * columns)]);

const x = Matrix.add(normal(count, c1, 0), 2);
const planted = Matrix.from1DArray(c1, c2, [...uniformArray(seeded(11, 1), c1 * c2)]);
const shift = [3, -1, 0.5];
const y = x.mmul(planted).addRowVector(shift);

describeOnEachBackend("least squares", () => {
  test("recovers a planted map Y = XW + b", async () => {
    const { weight, bias, r2 } = await fit(x, y);
    expect(relativeDistance(weight, planted.to1DArray())).toBeLessThan(1e-4);
    expect(relativeDistance(bias, shift)).toBeLessThan(1e-4);
    expect(r2).toBeGreaterThan(1 - 1e-5);
    expect(r2).toBeLessThanOrEqual(1);
  });

  test("explains half the variance when the other half is noise", async () => {
    const source = normal(20_000, 1, 2);
    const { r2 } = await fit(source, Matrix.add(source, normal(20_000, 1, 3)));
    expect(Math.abs((r2 ?? NaN) - 0.5)).toBeLessThan(0.03);
  });

  test("explains almost nothing of an unrelated target", async () => {
    const { r2 } = await fit(x, normal(count, c2, 4));
    expect(r2).toBeGreaterThanOrEqual(0);
    expect(r2).toBeLessThan(0.05);
  });

  test("gives a dead channel finite weights", async () => {
    const dead = x.clone();
    for (let row = 0; row < count; row++) dead.set(row, 2, 0.25);
    const { weight, bias, r2 } = await fit(dead, y);
    expect([...weight, ...bias, r2].every(Number.isFinite)).toBe(true);
    expect([...weight.subarray(2 * c2, 3 * c2)]).toEqual([0, 0, 0]);
  });

  test("fits a source whose channels depend on each other", async () => {
    // One direction in 64 channels: rounding makes the other 63 eigenvalues slightly negative.
    const scales = new Matrix([[...uniformArray(seeded(11, 5), 64, 0.5, 2)]]);
    const line = normal(5000, 1, 6);
    const { weight, r2 } = await fit(line.mmul(scales), Matrix.mul(line, 3));
    expect(weight.every(Number.isFinite)).toBe(true);
    expect(r2).toBeGreaterThan(1 - 1e-3);
  });

  test("has no R² for a target that does not vary, and maps everything to it", async () => {
    const { weight, bias, r2 } = await fit(x, Matrix.ones(count, 1).mul(0.1));
    expect(r2).toBeNull();
    expect([...weight]).toEqual([0, 0, 0, 0, 0]);
    expect([...bias]).toEqual([Math.fround(0.1)]);
  });

  test.each([0, 0.1, 1 / 3, 1234.567])(
    "refuses a source that is %f throughout: there is nothing to fit",
    async (constant) => {
      await expect(fit(Matrix.ones(count, c1).mul(constant), y)).rejects.toMatchObject({
        name: "LabError",
        code: "numerics",
        input: "least-squares stitch",
      });
    },
  );
});

describe("the least-squares stitch of two networks", () => {
  beforeAll(() => useBackend("wasm"));

  test("is that of PyTorch's QR in float64", async () => {
    const reference = fixture(
      "least-squares",
      z.object({
        bottom: weightsSchema,
        top: weightsSchema,
        tap: z.int(),
        images: z.int().check(z.multipleOf(128)),
        weight: z.array(z.number()),
        bias: z.array(z.number()),
        r2: z.number(),
      }),
    );
    const images = cifarImages("train", reference.images);
    const bottom = networkOf(reference.bottom);
    const top = networkOf(reference.top);
    let moments: Moments | undefined;
    for (let start = 0; start < reference.images; start += 128) {
      const indices = Uint32Array.from({ length: 128 }, (_, k) => start + k);
      const [source, target] = tf.tidy(() => {
        const batch = imageBatch(images, indices);
        return [bottom.bottom(batch, reference.tap), top.bottom(batch, reference.tap)];
      });
      const ofBatch = await momentsOf(source, target);
      moments = moments ? mergeMoments(moments, ofBatch) : ofBatch;
      tf.dispose([source, target]);
    }
    bottom.dispose();
    top.dispose();
    if (!moments) throw new Error("the fixture has no images");

    const { weight, bias, r2 } = leastSquares(moments);
    expect(Math.abs((r2 ?? NaN) - reference.r2)).toBeLessThan(1e-5);
    expect(relativeDistance(weight, reference.weight)).toBeLessThan(1e-3);
    expect(relativeDistance(bias, reference.bias)).toBeLessThan(1e-3);
  });
});
