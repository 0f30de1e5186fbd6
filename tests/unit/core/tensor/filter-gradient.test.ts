/** Compares the gradient of a convolution's kernel with its definition in float64. */
import { expect, test } from "vitest";
import { seeded } from "../../../../src/core/random/generator";
import { kernels } from "../../../../src/core/tensor/backend";
import { tf } from "../../../../src/core/tensor/tf";
import { describeOnEachBackend } from "../../backend";
import { largestDifference, uniformArray } from "../numbers";

interface Shape {
  readonly n: number;
  /** Of the output. */
  readonly h: number;
  readonly w: number;
  readonly p: number;
  readonly q: number;
  readonly side: number;
  readonly stride: 1 | 2;
}

/**
 * Σ over images and positions of dy at a position times x at the stride times that, moved by the
 * kernel's place, where there is one.
 */
function byDefinition(x: Float32Array, dy: Float32Array, shape: Shape): number[] {
  const { n, h, w, p, q, side, stride } = shape;
  const reach = (side - 1) / 2;
  const [height, width] = [stride * h, stride * w];
  return Array.from({ length: side * side * p * q }, (_, at) => {
    const place = Math.floor(at / (p * q));
    const down = Math.floor(place / side) - reach;
    const right = (place % side) - reach;
    let sum = 0;
    for (let output = 0; output < n * h * w; output++) {
      const row = stride * (Math.floor(output / w) % h) + down;
      const column = stride * (output % w) + right;
      if (row < 0 || row >= height || column < 0 || column >= width) continue;
      const read = (Math.floor(output / (h * w)) * height + row) * width + column;
      sum += (x[read * p + (Math.floor(at / q) % p)] ?? NaN) * (dy[output * q + (at % q)] ?? NaN);
    }
    return sum;
  });
}

const shapes: (Shape & { name: string })[] = [
  { name: "of whole vectors", n: 3, h: 4, w: 6, p: 4, q: 8, side: 3, stride: 1 },
  { name: "of odd numbers of channels", n: 2, h: 5, w: 4, p: 3, q: 5, side: 3, stride: 1 },
  { name: "of side 1", n: 2, h: 4, w: 4, p: 8, q: 16, side: 1, stride: 1 },
  { name: "wider than the map", n: 2, h: 4, w: 4, p: 8, q: 8, side: 9, stride: 1 },
  { name: "on maps of one pixel", n: 5, h: 1, w: 1, p: 4, q: 8, side: 5, stride: 1 },
  { name: "over many small maps", n: 37, h: 4, w: 4, p: 8, q: 8, side: 3, stride: 1 },
  { name: "over maps of many rows", n: 2, h: 17, w: 40, p: 4, q: 8, side: 5, stride: 1 },
  { name: "over maps wider than a stretch", n: 1, h: 3, w: 300, p: 4, q: 8, side: 3, stride: 1 },
  { name: "with stride 2", n: 3, h: 4, w: 6, p: 4, q: 8, side: 3, stride: 2 },
  { name: "with stride 2, of odd channels", n: 2, h: 3, w: 4, p: 3, q: 5, side: 3, stride: 2 },
  { name: "with stride 2 and side 1", n: 2, h: 4, w: 5, p: 8, q: 8, side: 1, stride: 2 },
  { name: "in tiles of 4 × 4", n: 3, h: 8, w: 12, p: 8, q: 16, side: 3, stride: 1 },
  { name: "with one tile an image", n: 70, h: 4, w: 4, p: 4, q: 8, side: 3, stride: 1 },
  { name: "in tiles, of odd channels", n: 2, h: 4, w: 8, p: 3, q: 5, side: 3, stride: 1 },
  { name: "with stride 2 over many rows", n: 1, h: 40, w: 17, p: 4, q: 8, side: 3, stride: 2 },
];

describeOnEachBackend("the gradient of a kernel", () => {
  const algorithms = ["direct", "fastest"] as const;
  const cases = shapes.flatMap((shape) => algorithms.map((algorithm) => ({ ...shape, algorithm })));

  test.each(cases)("$name is the sum over positions ($algorithm)", async (shape) => {
    const { n, h, w, p, q, side, stride, algorithm } = shape;
    const x = uniformArray(seeded(1), n * stride * h * stride * w * p);
    const dy = uniformArray(seeded(2), n * h * w * q);
    const before = tf.memory().numTensors;
    const found = tf.tidy(() => {
      const input = tf.tensor4d(x, [n, stride * h, stride * w, p]);
      const gradient = tf.tensor4d(dy, [n, h, w, q]);
      return kernels().filterGradient(input, gradient, side, stride, algorithm);
    });
    expect(found.shape).toEqual([side, side, p, q]);
    const values = Float32Array.from(await found.data());
    expect(largestDifference(values, byDefinition(x, dy, shape))).toBeLessThan(1e-4);
    found.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
