/**
 * Compares convolutions whose channels are whole vectors, which on wasm run in our own kernels,
 * with plain sums in JavaScript.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seeded } from "../../../../src/core/random/generator";
import { kernels } from "../../../../src/core/tensor/backend";
import type { FrozenConvolution } from "../../../../src/core/tensor/convolution";
import { tf, type Tensor4D } from "../../../../src/core/tensor/tf";
import { describeOnEachBackend } from "../../backend";
import { largestDifference, uniformArray } from "../numbers";

interface Case {
  readonly k: number;
  readonly stride: 1 | 2;
  readonly n: number;
  readonly h: number;
  readonly w: number;
  readonly c1: number;
  readonly c2: number;
}

const cases: Case[] = [
  { k: 3, stride: 1, n: 3, h: 6, w: 10, c1: 8, c2: 16 },
  { k: 3, stride: 1, n: 17, h: 4, w: 4, c1: 16, c2: 8 },
  { k: 3, stride: 1, n: 1, h: 2, w: 2, c1: 8, c2: 8 },
  { k: 3, stride: 1, n: 2, h: 5, w: 7, c1: 8, c2: 8 },
  { k: 3, stride: 1, n: 2, h: 6, w: 6, c1: 3, c2: 8 },
  { k: 3, stride: 1, n: 2, h: 6, w: 6, c1: 8, c2: 12 },
  { k: 3, stride: 2, n: 2, h: 8, w: 12, c1: 8, c2: 16 },
  { k: 3, stride: 2, n: 2, h: 2, w: 2, c1: 16, c2: 8 },
  { k: 1, stride: 2, n: 2, h: 6, w: 4, c1: 8, c2: 16 },
  { k: 1, stride: 1, n: 2, h: 3, w: 5, c1: 8, c2: 16 },
  { k: 5, stride: 1, n: 2, h: 4, w: 6, c1: 8, c2: 8 },
];

/** Calls `visit` with the places of every product in a convolution. */
function eachProduct(
  { k, stride, n, h, w, c1, c2 }: Case,
  visit: (x: number, kernel: number, y: number) => void,
): void {
  const pad = (k - 1) / 2;
  const [oh, ow] = [h / stride, w / stride].map(Math.ceil) as [number, number];
  for (let image = 0; image < n; image++)
    for (let oy = 0; oy < oh; oy++)
      for (let ox = 0; ox < ow; ox++)
        for (let ky = 0; ky < k; ky++)
          for (let kx = 0; kx < k; kx++) {
            const [iy, ix] = [oy * stride + ky - pad, ox * stride + kx - pad];
            if (iy < 0 || iy >= h || ix < 0 || ix >= w) continue;
            for (let i = 0; i < c1; i++)
              for (let j = 0; j < c2; j++)
                visit(
                  ((image * h + iy) * w + ix) * c1 + i,
                  ((ky * k + kx) * c1 + i) * c2 + j,
                  ((image * oh + oy) * ow + ox) * c2 + j,
                );
          }
}

const add = (array: Float64Array, at: number, value: number): void => {
  array[at] = (array[at] ?? NaN) + value;
};

describeOnEachBackend("a convolution", () => {
  describe.each(cases)("of $k×$k, stride $stride, [$n, $h, $w, $c1] to $c2", (geometry) => {
    const { k, stride, n, h, w, c1, c2 } = geometry;
    const inShape: [number, number, number, number] = [n, h, w, c1];
    const outShape: [number, number, number, number] = [n, h / stride, w / stride, c2];
    const random = seeded(k * 100 + h);
    const outSize = outShape.reduce((size, axis) => size * axis, 1);
    const x = uniformArray(random, n * h * w * c1);
    const dy = uniformArray(random, outSize);
    const kernel = uniformArray(random, k * k * c1 * c2);
    const bias = uniformArray(random, c2);
    const outAddend = uniformArray(random, outSize);
    const inAddend = uniformArray(random, x.length);
    const mask = uniformArray(random, x.length).map((value) => Math.max(0, value));

    const output = Float64Array.from({ length: outSize }, (_, at) => bias[at % c2] ?? NaN);
    const gradient = new Float64Array(x.length);
    eachProduct(geometry, (atX, atKernel, atY) => {
      const weight = kernel[atKernel] ?? NaN;
      add(output, atY, weight * (x[atX] ?? NaN));
      add(gradient, atX, weight * (dy[atY] ?? NaN));
    });

    let convolution: FrozenConvolution;
    beforeAll(() => {
      const kernelTensor = tf.tensor4d(kernel, [k, k, c1, c2]);
      convolution = kernels().frozenConvolution(kernelTensor, tf.tensor1d(bias), stride);
    });
    afterAll(() => convolution.dispose());
    const tensor = (values: Float32Array, shape: [number, number, number, number]): Tensor4D =>
      tf.tensor4d(values, shape);
    const distance = async (make: () => Tensor4D, expected: ArrayLike<number>): Promise<number> => {
      const result = tf.tidy(make);
      const values = await result.data();
      result.dispose();
      return largestDifference(values, expected);
    };

    test("has the output written out", async () => {
      const forward = (): Tensor4D => convolution.forward(tensor(x, inShape), "linear");
      expect(await distance(forward, output)).toBeLessThan(2e-5);
    });

    test("adds an addend before its ReLU", async () => {
      const expected = output.map((value, at) => Math.max(0, value + (outAddend[at] ?? NaN)));
      const forward = (): Tensor4D =>
        convolution.forward(tensor(x, inShape), "relu", tensor(outAddend, outShape));
      expect(await distance(forward, expected)).toBeLessThan(2e-5);
    });

    test("has the input gradient written out", async () => {
      const backward = (): Tensor4D => convolution.inputGradient(tensor(dy, outShape));
      expect(await distance(backward, gradient)).toBeLessThan(2e-5);
    });

    test("adds an addend to its input gradient, then masks it", async () => {
      const expected = gradient.map((value, at) =>
        (mask[at] ?? NaN) > 0 ? value + (inAddend[at] ?? NaN) : 0,
      );
      const epilogue = (): { addend: Tensor4D; mask: Tensor4D } => ({
        addend: tensor(inAddend, inShape),
        mask: tensor(mask, inShape),
      });
      const backward = (): Tensor4D => convolution.inputGradient(tensor(dy, outShape), epilogue());
      expect(await distance(backward, expected)).toBeLessThan(2e-5);
    });
  });
});
