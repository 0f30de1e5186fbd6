import { describe, expect, test } from "vitest";
import { imageBatch } from "../../../../src/core/data/images";
import { seeded } from "../../../../src/core/random/generator";
import { deviceStitch } from "../../../../src/core/stitch/device-stitch";
import { momentsOf } from "../../../../src/core/closed-form/batch-sums";
import type { AffineMap } from "../../../../src/core/stitch/affine-map";
import { leastSquares } from "../../../../src/core/stitch/families/least-squares";
import type { Moments } from "../../../../src/core/stitch/moments";
import {
  epsilon,
  fromAffine,
  identityStart,
  randomStart,
  toAffine,
  type StitchParameters,
} from "../../../../src/core/stitch/parameters";
import { tf } from "../../../../src/core/tensor/tf";
import { describeOnEachBackend } from "../../backend";
import { tinyNetwork, randomImages } from "../../fixtures";
import { relativeDistance, uniformArray } from "../numbers";

const source = 4;
const target = 3;

/** A stitch with no number at its default. */
function anyStitch(): StitchParameters {
  const random = seeded(21);
  const some = (size: number, low: number, high: number): Float32Array =>
    uniformArray(random, size, low, high);
  return {
    source,
    target,
    gamma1: some(source, 0.5, 2),
    beta1: some(source, -1, 1),
    mean1: some(source, -1, 1),
    variance1: some(source, 0, 3),
    weight: some(source * target, -1, 1),
    gamma2: some(target, 0.5, 2),
    beta2: some(target, -1, 1),
    mean2: some(target, -1, 1),
    variance2: some(target, 0, 3),
  };
}

/** BN₂(BN₁(x) W) of one position, as the formula is written. */
function stitched(s: StitchParameters, x: number[]): number[] {
  const norm = (
    u: number[],
    gamma: Float32Array,
    beta: Float32Array,
    mean: Float32Array,
    variance: Float32Array,
  ): number[] =>
    u.map((value, i) => {
      const deviation = Math.sqrt((variance[i] ?? NaN) + epsilon);
      return ((gamma[i] ?? NaN) * (value - (mean[i] ?? NaN))) / deviation + (beta[i] ?? NaN);
    });
  const first = norm(x, s.gamma1, s.beta1, s.mean1, s.variance1);
  const mapped = Array.from({ length: s.target }, (_, j) =>
    first.reduce((sum, value, i) => sum + value * (s.weight[i * s.target + j] ?? NaN), 0),
  );
  return norm(mapped, s.gamma2, s.beta2, s.mean2, s.variance2);
}

/** xW + b */
function mapped({ weight, bias }: AffineMap, x: number[]): number[] {
  return Array.from(bias, (shift, j) =>
    x.reduce((sum, value, i) => sum + value * (weight[i * bias.length + j] ?? NaN), shift),
  );
}

test("a stitch as one affine map is BatchNorm, 1×1 convolution, BatchNorm", () => {
  const stitch = anyStitch();
  const map = toAffine(stitch);
  for (const x of [
    [0, 0, 0, 0],
    [1, -2, 3, 0.5],
  ]) {
    expect(relativeDistance(mapped(map, x), stitched(stitch, x))).toBeLessThan(1e-12);
  }
});

describe("an affine map made into a stitch", () => {
  // Moments of a source with a dead channel and unequal ones.
  const moments: Moments = {
    count: 100,
    meanX: Float64Array.of(1, -2, 0, 5),
    meanY: new Float64Array(target),
    xx: Float64Array.of(100, 30, 0, 5, 30, 900, 0, -8, 0, 0, 0, 0, 5, -8, 0, 4),
    xy: new Float64Array(source * target),
    yy: new Float64Array(target * target),
  };
  const map: AffineMap = {
    weight: Float64Array.from(uniformArray(seeded(22), source * target)),
    bias: Float64Array.of(0.5, -3, 0),
  };

  test("and back is the same map up to float32", () => {
    const again = toAffine(fromAffine(map, moments));
    expect(relativeDistance(again.weight, map.weight)).toBeLessThan(1e-6);
    expect(relativeDistance(again.bias, map.bias)).toBeLessThan(1e-6);
  });

  test("normalises with the source's own statistics", () => {
    const { mean1, variance1 } = fromAffine(map, moments);
    expect([...mean1]).toEqual([1, -2, 0, 5]);
    expect([...variance1]).toEqual([...Float32Array.of(1, 9, 0, 0.04)]);
  });

  test("has finite numbers for a source with a dead channel", () => {
    const { weight, gamma2, beta2, variance2 } = fromAffine(map, moments);
    for (const part of [weight, gamma2, beta2, variance2]) {
      expect(part.every(Number.isFinite)).toBe(true);
    }
  });
});

describe("a random start", () => {
  test("has weights within ±1/√c₁, spread over all of it", () => {
    const { weight } = randomStart(64, 64, seeded(1));
    expect(Math.max(...weight)).toBeLessThanOrEqual(1 / 8);
    expect(Math.min(...weight)).toBeGreaterThanOrEqual(-1 / 8);
    const deviation = Math.sqrt(weight.reduce((sum, value) => sum + value ** 2, 0) / weight.length);
    expect(deviation).toBeCloseTo(1 / 8 / Math.sqrt(3), 2);
  });

  test("of a kernel has weights within ±1/√(k²c₁), spread over all of it", () => {
    const { weight, side } = randomStart(64, 16, seeded(1), 3);
    expect(side).toBe(3);
    expect(weight).toHaveLength(9 * 64 * 16);
    expect(Math.max(...weight)).toBeLessThanOrEqual(1 / 24);
    expect(Math.min(...weight)).toBeGreaterThanOrEqual(-1 / 24);
    const deviation = Math.sqrt(weight.reduce((sum, value) => sum + value ** 2, 0) / weight.length);
    expect(deviation).toBeCloseTo(1 / 24 / Math.sqrt(3), 3);
  });

  test("of side 1 says nothing of a kernel", () => {
    expect(randomStart(4, 3, seeded(1), 1)).toStrictEqual(randomStart(4, 3, seeded(1)));
    expect(randomStart(4, 3, seeded(1))).not.toHaveProperty("side");
  });

  test("is decided by the generator", () => {
    expect(randomStart(4, 3, seeded(1))).toEqual(randomStart(4, 3, seeded(1)));
    expect(randomStart(4, 3, seeded(1))).not.toEqual(randomStart(4, 3, seeded(2)));
  });

  test("has BatchNorms that PyTorch would make", () => {
    expect(randomStart(2, 1, seeded(1))).toMatchObject({
      gamma1: Float32Array.of(1, 1),
      beta1: Float32Array.of(0, 0),
      mean1: Float32Array.of(0, 0),
      variance1: Float32Array.of(1, 1),
      gamma2: Float32Array.of(1),
      beta2: Float32Array.of(0),
      mean2: Float32Array.of(0),
      variance2: Float32Array.of(1),
    });
  });
});

test("the identity is exactly that in float32", () => {
  const { weight, bias } = toAffine(identityStart(5));
  const expected = Array.from({ length: 25 }, (_, k) => (k % 6 === 0 ? 1 : 0));
  expect([...Float32Array.from(weight)]).toEqual(expected);
  expect([...bias].every((value) => value === 0)).toBe(true);
});

describeOnEachBackend("a network stitched to itself", () => {
  test("by the identity has bit-equal logits at every tap", async () => {
    const network = tinyNetwork("tiny-a");
    const images = imageBatch(randomImages(6), Uint32Array.of(0, 1, 2, 3, 4, 5));
    const alone = network.logits(images);
    const expected = await alone.data();
    for (const { index, channels } of network.taps) {
      const stitch = deviceStitch(toAffine(identityStart(channels)));
      const logits = tf.tidy(() => network.top(stitch.apply(network.bottom(images, index)), index));
      expect(await logits.data()).toEqual(expected);
      stitch.dispose();
      logits.dispose();
    }
    network.dispose();
    tf.dispose([images, alone]);
  });

  test("by least squares explains all of itself", async () => {
    const network = tinyNetwork("tiny-a");
    const images = imageBatch(randomImages(8), Uint32Array.of(0, 1, 2, 3, 4, 5, 6, 7));
    for (const representation of network.representations(images)) {
      const { r2 } = leastSquares(await momentsOf(representation, representation));
      expect(r2).toBeGreaterThan(1 - 1e-4);
      expect(r2).toBeLessThanOrEqual(1);
      representation.dispose();
    }
    network.dispose();
    images.dispose();
  });
});

describeOnEachBackend("a stitch on the device", () => {
  test("maps every position by z = xW + b and keeps positions apart", async () => {
    const stitch = deviceStitch({
      weight: Float64Array.of(1, 2, 3, 10, 20, 30),
      bias: Float64Array.of(0.5, 0, -1),
    });
    const z = tf.tidy(() => stitch.apply(tf.tensor4d([1, 0, 0, 1, 2, 1, 0, 0], [1, 2, 2, 2])));
    expect(z.shape).toEqual([1, 2, 2, 3]);
    expect([...(await z.data())]).toEqual([1.5, 2, 2, 10.5, 20, 29, 12.5, 24, 35, 0.5, 0, -1]);
    stitch.dispose();
    z.dispose();
  });
});
