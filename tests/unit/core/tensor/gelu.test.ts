import { expect, test } from "vitest";
import { kernels } from "../../../../src/core/tensor/backend";
import { tf } from "../../../../src/core/tensor/tf";
import { describeOnEachBackend } from "../../backend";

/** The normal distribution function Φ and density φ. Abramowitz & Stegun 1964, table 26.1. */
const table = [
  { x: 0, distribution: 0.5, density: 0.3989422804 },
  { x: 0.5, distribution: 0.6914624613, density: 0.3520653268 },
  { x: 1, distribution: 0.8413447461, density: 0.2419707245 },
  { x: 2, distribution: 0.9772498681, density: 0.0539909665 },
  { x: 3, distribution: 0.998650102, density: 0.0044318484 },
];
const entries = table.flatMap((entry) => [
  entry,
  { ...entry, x: -entry.x, distribution: 1 - entry.distribution },
]);
const points = Float32Array.from(entries, ({ x }) => x);

describeOnEachBackend("the Gaussian error linear unit", () => {
  test("is x Φ(x), with the slope Φ(x) + x φ(x), by the table of the normal distribution", async () => {
    const { output, slope } = tf.tidy(() =>
      kernels().geluWithSlope(tf.tensor2d(points, [1, points.length])),
    );
    const [outputs, slopes] = await Promise.all([output.data(), slope.data()]);
    entries.forEach(({ x, distribution, density }, k) => {
      expect(outputs[k]).toBeCloseTo(x * distribution, 6);
      expect(slopes[k]).toBeCloseTo(distribution + x * density, 6);
    });
    tf.dispose([output, slope]);
  });

  test("is the same without its slope", async () => {
    const [alone, { output, slope }] = tf.tidy(() => {
      const x = tf.tensor2d(points, [1, points.length]);
      return [kernels().gelu(x), kernels().geluWithSlope(x)] as const;
    });
    expect(await alone.data()).toEqual(await output.data());
    tf.dispose([alone, output, slope]);
  });

  test("is 0 far below and the identity far above 0, with slopes 0 and 1", async () => {
    const { output, slope } = tf.tidy(() =>
      kernels().geluWithSlope(tf.tensor2d([-200, -20, 20, 200], [2, 2])),
    );
    const rounded = async (data: Promise<ArrayLike<number>>): Promise<number[]> =>
      Array.from(await data, (value) => Math.round(value * 1e5) / 1e5 + 0);
    expect(await rounded(output.data())).toEqual([0, 0, 20, 200]);
    expect(await rounded(slope.data())).toEqual([0, 0, 1, 1]);
    tf.dispose([output, slope]);
  });
});
