import { expect, test } from "vitest";
import { resized } from "../../../../src/core/nets/resize";
import { seeded } from "../../../../src/core/random/generator";
import { tf, type Tensor4D } from "../../../../src/core/tensor/tf";
import { describeOnEachBackend } from "../../backend";
import { largestDifference, uniformArray } from "../numbers";

type Size = Parameters<typeof resized>[1];

const map = (side: number): Size => ({ height: side, width: side });
const tokens = (side: number): Size => ({ height: 1, width: 1 + side * side });

/** [n, h, w, c] of what a size holds. */
function ofSize(
  values: ArrayLike<number>,
  n: number,
  { height, width }: Size,
  c: number,
): Tensor4D {
  return tf.tensor4d(Float32Array.from(values), [n, height, width, c]);
}

function valuesOf(x: Tensor4D, from: Size, to: Size): { shape: number[]; values: Float32Array } {
  return tf.tidy(() => {
    const y = resized(x, from, to);
    return { shape: y.shape, values: Float32Array.from(y.dataSync()) };
  });
}

describeOnEachBackend("resized", () => {
  const random = uniformArray(seeded(1), 2 * 8 * 8 * 3);

  test("no tensor is created where the size matches", () => {
    const x = ofSize(random, 2, map(8), 3);
    expect(resized(x, map(8), map(8))).toBe(x);
    x.dispose();
  });

  test("a map that shrinks by a whole factor is averaged", () => {
    const x = ofSize([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16], 1, map(4), 1);
    expect([...valuesOf(x, map(4), map(2)).values]).toEqual([3.5, 5.5, 11.5, 13.5]);
    expect([...valuesOf(x, map(4), map(1)).values]).toEqual([8.5]);
    x.dispose();
  });

  test("a map that grows is interpolated as PyTorch does with align_corners=False", () => {
    // torch.nn.functional.interpolate([[0, 1], [2, 3]], scale_factor=2, mode="bilinear"), by its
    // formula: along each axis 0, 1/4, 3/4, 1 of the way.
    const x = ofSize([0, 1, 2, 3], 1, map(2), 1);
    const expected = [0, 0.5, 1.5, 2].flatMap((row) =>
      [0, 0.25, 0.75, 1].map((column) => row + column),
    );
    expect(largestDifference(valuesOf(x, map(2), map(4)).values, expected)).toBeLessThan(1e-6);
    x.dispose();
  });

  test("a map as tokens and back is the map; the class token is its mean", () => {
    const x = ofSize(random, 2, map(8), 3);
    const as = valuesOf(x, map(8), tokens(8));
    expect(as.shape).toEqual([2, 1, 65, 3]);
    const sequence = ofSize(as.values, 2, tokens(8), 3);
    expect(valuesOf(sequence, tokens(8), map(8)).values).toEqual(random);
    const mean = tf.tidy(() => [...tf.mean(x, [1, 2]).dataSync()]);
    const first = [...as.values.subarray(0, 3), ...as.values.subarray(65 * 3, 66 * 3)];
    expect(largestDifference(first, mean)).toBeLessThan(1e-6);
    tf.dispose([x, sequence]);
  });

  test("tokens of another number keep their class token", () => {
    const values = uniformArray(seeded(2), 65 * 2);
    const x = ofSize(values, 1, tokens(8), 2);
    const fewer = valuesOf(x, tokens(8), tokens(4));
    expect(fewer.shape).toEqual([1, 1, 17, 2]);
    expect(fewer.values.subarray(0, 2)).toEqual(values.subarray(0, 2));
    x.dispose();
  });
});
