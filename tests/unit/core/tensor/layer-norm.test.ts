import { expect, test } from "vitest";
import { seeded } from "../../../../src/core/random/generator";
import { layerNorm, tracedLayerNorm } from "../../../../src/core/tensor/layer-norm";
import { tf, type Rank } from "../../../../src/core/tensor/tf";
import { describeOnEachBackend } from "../../backend";
import { largestDifference, uniformArray } from "../numbers";

const [n, c] = [5, 12];
const epsilon = 1e-6;
const values = uniformArray(seeded(1), n * c, 2, 4);

/** The rows of a matrix of `c` columns. */
function rowsOf(matrix: ArrayLike<number>): number[][] {
  return Array.from({ length: matrix.length / c }, (_, row) =>
    Array.from(matrix).slice(row * c, (row + 1) * c),
  );
}

const mean = (row: readonly number[]): number => row.reduce((sum, x) => sum + x, 0) / row.length;

describeOnEachBackend("a standardised row", () => {
  test("has mean 0 and variance 1, and is the old one moved and scaled", async () => {
    const output = tf.tidy(() => layerNorm(tf.tensor2d(values, [n, c]), epsilon));
    const found = rowsOf(await output.data());
    rowsOf(values).forEach((row, k) => {
      const centred = row.map((x) => x - mean(row));
      const deviation = Math.sqrt(mean(centred.map((x) => x * x)) + epsilon);
      const expected = centred.map((x) => x / deviation);
      expect(largestDifference(found[k] ?? [], expected)).toBeLessThan(2e-6);
    });
    output.dispose();
  });

  test("has the gradient that differences in float64 have", async () => {
    const g = uniformArray(seeded(2), n * c);
    const gradient = tf.tidy(() =>
      tracedLayerNorm(tf.tensor2d(values, [n, c]), epsilon).pullback(tf.tensor2d(g, [n, c])),
    );
    /** Σ g ∘ standardised row */
    const loss = (row: readonly number[], weights: readonly number[]): number => {
      const centred = row.map((x) => x - mean(row));
      const deviation = Math.sqrt(mean(centred.map((x) => x * x)) + epsilon);
      return centred.reduce((sum, x, k) => sum + (x / deviation) * (weights[k] ?? NaN), 0);
    };
    const weights = rowsOf(g);
    const step = 1e-5;
    const expected = rowsOf(values).flatMap((row, r) =>
      row.map((x, k) => {
        const at = (shifted: number): number => loss(row.with(k, shifted), weights[r] ?? []);
        return (at(x + step) - at(x - step)) / (2 * step);
      }),
    );
    expect(largestDifference(await gradient.data(), expected)).toBeLessThan(1e-5);
    gradient.dispose();
  });

  test("that does not vary is 0", async () => {
    const output = tf.tidy(() => layerNorm(tf.fill<Rank.R2>([2, c], 3), epsilon));
    expect(largestDifference(await output.data(), new Float32Array(2 * c))).toBe(0);
    output.dispose();
  });
});
