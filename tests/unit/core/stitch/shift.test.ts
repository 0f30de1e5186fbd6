import { describe, expect, test } from "vitest";
import { seeded } from "../../../../src/core/random/generator";
import { leastSquares } from "../../../../src/core/stitch/families/least-squares";
import type { Moments } from "../../../../src/core/stitch/moments";
import { farDeviations, outOfDistribution, shiftOf } from "../../../../src/core/stitch/shift";
import { largestDifference, normalArray } from "../numbers";

const [count, c1, c2] = [400, 3, 2];

/** [count, c] */
type Samples = readonly (readonly number[])[];

/** B's representation, and A's: partly a map of it. */
const xs: Samples = Array.from({ length: count }, (_, n) => [
  ...normalArray(seeded(n, 1), c1).map((value, i) => value * (i + 1) + i),
]);
const ys: Samples = xs.map((x, n) => {
  const noise = normalArray(seeded(n, 2), c2);
  return [
    1 + (x[0] ?? 0) - (x[1] ?? 0) + (noise[0] ?? 0),
    -2 + 0.5 * (x[2] ?? 0) + 2 * (noise[1] ?? 0),
  ];
});

function meanOf(samples: Samples, channels: number): Float64Array {
  return Float64Array.from(
    { length: channels },
    (_, c) => samples.reduce((sum, row) => sum + (row[c] ?? NaN), 0) / samples.length,
  );
}

function momentsOf(a: Samples, b: Samples, ca: number, cb: number): Moments {
  const [meanX, meanY] = [meanOf(a, ca), meanOf(b, cb)];
  const product = (
    left: Samples,
    leftMean: Float64Array,
    right: Samples,
    rightMean: Float64Array,
  ): Float64Array =>
    Float64Array.from({ length: leftMean.length * rightMean.length }, (_, at) => {
      const [i, j] = [Math.floor(at / rightMean.length), at % rightMean.length];
      return left.reduce(
        (sum, row, n) =>
          sum +
          ((row[i] ?? NaN) - (leftMean[i] ?? NaN)) *
            ((right[n]?.[j] ?? NaN) - (rightMean[j] ?? NaN)),
        0,
      );
    });
  return {
    count: a.length,
    meanX,
    meanY,
    xx: product(a, meanX, a, meanX),
    xy: product(a, meanX, b, meanY),
    yy: product(b, meanY, b, meanY),
  };
}

const moments = momentsOf(xs, ys, c1, c2);
const identity = { weight: Float64Array.of(1, 0, 0, 1), bias: new Float64Array(2) };
const selfMoments = momentsOf(ys, ys, c2, c2);

describe("the shift of a stitched representation", () => {
  test("is that of the representation itself, counted image by image", () => {
    const map = { weight: Float64Array.of(1, 0.2, -1, 0, 0.3, 0.4), bias: Float64Array.of(0.5, 1) };
    const stitched = xs.map((x) =>
      [0, 1].map((j) =>
        x.reduce((sum, value, i) => sum + value * (map.weight[i * c2 + j] ?? 0), map.bias[j] ?? 0),
      ),
    );
    const shift = shiftOf(map, moments);
    const mean = meanOf(stitched, c2);
    const square = meanOf(
      stitched.map((row) => row.map((value, j) => (value - (mean[j] ?? 0)) ** 2)),
      c2,
    );
    expect(largestDifference(shift.stitchedMean, mean)).toBeLessThan(1e-10);
    expect(largestDifference(shift.stitchedDeviation, square.map(Math.sqrt))).toBeLessThan(1e-10);
    const missed = ys.flatMap((y, n) =>
      y.map((value, j) => (value - (stitched[n]?.[j] ?? 0)) ** 2),
    );
    const own = ys.flatMap((y) => y.map((value, j) => (value - (moments.meanY[j] ?? 0)) ** 2));
    const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
    expect(shift.residual).toBeCloseTo(sum(missed) / sum(own), 10);
  });

  test("of the identity between a network and itself is nothing", () => {
    const shift = shiftOf(identity, selfMoments);
    expect(shift.frechet).toBeCloseTo(0, 12);
    expect(shift.residual).toBeCloseTo(0, 12);
    expect(shift.farChannels).toBe(0);
  });

  test("of the least-squares stitch moves no mean, and is never out of A's distribution", () => {
    const shift = shiftOf(leastSquares(moments), moments);
    expect(largestDifference(shift.stitchedMean, shift.ownMean)).toBeLessThan(1e-9);
    expect(shift.farChannels).toBe(0);
    expect(shift.frechet).toBeGreaterThan(0);
    expect(shift.frechet).toBeLessThan(outOfDistribution);
  });

  test("of a stitch that always outputs A's mean is 1, image by image and in distribution", () => {
    const shift = shiftOf({ weight: new Float64Array(6), bias: moments.meanY }, moments);
    expect(shift.frechet).toBeCloseTo(1, 12);
    expect(shift.residual).toBeCloseTo(1, 12);
  });

  test("counts channels whose mean is more than two standard deviations off", () => {
    const deviation = shiftOf(identity, selfMoments).ownDeviation;
    const off = (share: number): Float64Array => Float64Array.of(share * (deviation[0] ?? 0), 0);
    expect(shiftOf({ ...identity, bias: off(farDeviations - 0.1) }, selfMoments).farChannels).toBe(
      0,
    );
    const far = shiftOf({ ...identity, bias: off(-farDeviations - 0.1) }, selfMoments);
    expect(far.farChannels).toBe(1);
    expect(far.livelyChannels).toBe(2);
  });

  test("from a representation of A's that does not vary is undefined", () => {
    const flat = momentsOf(
      xs,
      xs.map(() => [3, 4]),
      c1,
      c2,
    );
    const shift = shiftOf({ weight: new Float64Array(6), bias: Float64Array.of(3, 4) }, flat);
    expect(shift.frechet).toBeNull();
    expect(shift.residual).toBeNull();
    expect(shift.livelyChannels).toBe(0);
  });
});
