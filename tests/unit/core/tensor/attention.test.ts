/** Compares the products of attention with the same in float64. */
import { describe, expect, test } from "vitest";
import { seeded } from "../../../../src/core/random/generator";
import { kernels } from "../../../../src/core/tensor/backend";
import { tf, type Tensor } from "../../../../src/core/tensor/tf";
import { describeOnEachBackend } from "../../backend";
import { largestDifference, uniformArray } from "../numbers";

const shapes = [
  { n: 1, tokens: 1, heads: 1, width: 1 },
  { n: 2, tokens: 5, heads: 3, width: 2 },
  { n: 2, tokens: 17, heads: 2, width: 8 },
  { n: 3, tokens: 9, heads: 1, width: 12 },
  { n: 2, tokens: 65, heads: 3, width: 64 },
];

async function values(make: () => Tensor): Promise<Float32Array> {
  const tensor = tf.tidy(make);
  const read = Float32Array.from(await tensor.data());
  tensor.dispose();
  return read;
}

describeOnEachBackend("of tokens by head", () => {
  describe.each(shapes)("$n images, $tokens tokens, $heads heads of $width", (shape) => {
    const { n, tokens, heads, width } = shape;
    const c = heads * width;
    const random = seeded(tokens);
    const a = uniformArray(random, n * tokens * c);
    const b = uniformArray(random, n * tokens * c);
    const weights = uniformArray(random, n * heads * tokens * tokens);
    const row = (matrix: Float32Array, image: number, token: number, head: number, k: number) =>
      matrix[(image * tokens + token) * c + head * width + k] ?? NaN;
    const rows = (matrix: Float32Array) => tf.tensor2d(matrix, [n * tokens, c]);
    const squares = () => tf.tensor4d(weights, [n, heads, tokens, tokens]);

    test("inner products are sums over a head's columns", async () => {
      const found = await values(() =>
        kernels().attentionScores(rows(a), rows(b), { tokens, heads }),
      );
      const expected = Array.from({ length: weights.length }, (_, at) => {
        const [image, head] = [
          Math.floor(at / (heads * tokens ** 2)),
          Math.floor(at / tokens ** 2) % heads,
        ];
        const [i, j] = [Math.floor(at / tokens) % tokens, at % tokens];
        let sum = 0;
        for (let k = 0; k < width; k++)
          sum += row(a, image, i, head, k) * row(b, image, j, head, k);
        return sum;
      });
      expect(largestDifference(found, expected)).toBeLessThan(1e-5);
    });

    /** Σ over tokens of weight(token) b, for each number of the result. */
    function mixtures(transposed: boolean): number[] {
      return Array.from({ length: b.length }, (_, at) => {
        const [image, i] = [Math.floor(at / (tokens * c)), Math.floor(at / c) % tokens];
        const [head, k] = [Math.floor((at % c) / width), at % width];
        let sum = 0;
        for (let j = 0; j < tokens; j++) {
          const [from, to] = transposed ? [j, i] : [i, j];
          const weight = weights[((image * heads + head) * tokens + from) * tokens + to] ?? NaN;
          sum += weight * row(b, image, j, head, k);
        }
        return sum;
      });
    }

    test("mixtures are sums over tokens", async () => {
      const found = await values(() =>
        kernels().attentionOutput(squares(), rows(b), { tokens, heads }),
      );
      expect(largestDifference(found, mixtures(false))).toBeLessThan(1e-5);
    });

    test("transposed mixtures are sums over the other tokens", async () => {
      const found = await values(() =>
        kernels().attentionOutputTransposed(squares(), rows(b), { tokens, heads }),
      );
      expect(largestDifference(found, mixtures(true))).toBeLessThan(1e-5);
    });
  });
});
