import { expect, test } from "vitest";
import { seeded } from "../../../../src/core/random/generator";
import { tf } from "../../../../src/core/tensor/tf";
import { transposedProduct } from "../../../../src/core/tensor/transposed-product";
import { describeOnEachBackend } from "../../backend";
import { largestDifference, uniformArray } from "../numbers";

describeOnEachBackend("a transposed product", () => {
  test.each([
    { n: 1, p: 1, q: 1 },
    { n: 7, p: 3, q: 5 },
    { n: 300, p: 17, q: 4 },
    { n: 5000, p: 2, q: 3 },
  ])("of [$n, $p] and [$n, $q] sums products over rows", async ({ n, p, q }) => {
    const random = seeded(n);
    const a = uniformArray(random, n * p);
    const b = uniformArray(random, n * q);
    const expected = Array.from({ length: p * q }, (_, index) => {
      let sum = 0;
      for (let row = 0; row < n; row++) {
        sum += (a[row * p + Math.floor(index / q)] ?? NaN) * (b[row * q + (index % q)] ?? NaN);
      }
      return sum;
    });
    const product = tf.tidy(() =>
      transposedProduct(tf.tensor2d(a, [n, p]), tf.tensor2d(b, [n, q])),
    );
    expect(product.shape).toEqual([p, q]);
    expect(largestDifference(await product.data(), expected)).toBeLessThan(1e-4);
    product.dispose();
  });
});
