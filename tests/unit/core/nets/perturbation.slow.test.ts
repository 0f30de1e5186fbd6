import { afterAll, beforeAll, expect, test } from "vitest";
import { closedFormPass } from "../../../../src/core/closed-form/pass";
import { imageBatch } from "../../../../src/core/data/images";
import { shuffledPositions, withNoiseChannels } from "../../../../src/core/nets/perturbation";
import type { FrozenNetwork } from "../../../../src/core/nets/network";
import { ckaOf, addHsic, noHsic } from "../../../../src/core/similarity/hsic-sums";
import { leastSquares } from "../../../../src/core/stitch/families/least-squares";
import { tf } from "../../../../src/core/tensor/tf";
import { describeOnEachBackend } from "../../backend";
import { tinyNetwork, randomImages } from "../../fixtures";

const images = randomImages(32, 4);
const batchSize = 8;
const noiseCount = 6;

async function finalSums(bottom: FrozenNetwork, top: FrozenNetwork) {
  for await (const { passed, sums } of closedFormPass(
    bottom,
    top,
    images,
    { first: 0, end: images.count },
    batchSize,
  )) {
    if (passed === images.count) return sums;
  }
  throw new Error("the pass ended early");
}

describeOnEachBackend("altered bottoms", () => {
  let bottom: FrozenNetwork;
  let noisy: FrozenNetwork;
  let shuffled: FrozenNetwork;
  beforeAll(() => {
    bottom = tinyNetwork("tiny-b");
    noisy = withNoiseChannels(bottom, noiseCount);
    shuffled = shuffledPositions(bottom);
  });
  afterAll(() => noisy.dispose());

  test("noise follows the bottom's own channels, which do not change", () => {
    tf.tidy(() => {
      const batch = imageBatch(images, Uint32Array.of(0, 1, 2), 3);
      for (const { index, channels } of bottom.taps) {
        const plain = bottom.bottom(batch, index);
        const altered = noisy.bottom(batch, index);
        expect(noisy.taps[index]?.channels).toBe(channels + noiseCount);
        const own = tf.slice(altered, [0, 0, 0, 0], plain.shape);
        expect(own.dataSync()).toEqual(plain.dataSync());
      }
    });
  });

  test("an image has the same noise in every batch, and mostly another than its neighbour", () => {
    tf.tidy(() => {
      const noiseOf = (indices: number[], row: number): ArrayLike<number> => {
        const x = noisy.bottom(imageBatch(images, Uint32Array.from(indices), 4), 1);
        const [, h, w, c] = x.shape;
        return tf.slice(x, [row, 0, 0, c - noiseCount], [1, h, w, noiseCount]).dataSync();
      };
      expect(noiseOf([5, 6, 7, 8], 1)).toEqual(noiseOf([6], 0));
      const different = Array.from({ length: 28 }, (_, k) => k).filter(
        (k) => noiseOf([k, k + 1], 0)[0] !== noiseOf([k, k + 1], 1)[0],
      );
      expect(different.length).toBeGreaterThan(20);
    });
  });

  test("it does not matter which layer's noise is needed first", () => {
    tf.tidy(() => {
      const batch = imageBatch(images, Uint32Array.of(2, 9), 2);
      const backwards = withNoiseChannels(bottom, noiseCount);
      const late = backwards.bottom(batch, 2).dataSync();
      expect(backwards.bottom(batch, 0).dataSync()).toEqual(noisy.bottom(batch, 0).dataSync());
      expect(late).toEqual(noisy.bottom(batch, 2).dataSync());
    });
  });

  test("the noise is standard and Gaussian", () => {
    tf.tidy(() => {
      const wide = withNoiseChannels(bottom, 64);
      const batch = imageBatch(
        images,
        Uint32Array.from({ length: 32 }, (_, k) => k),
        32,
      );
      const x = wide.bottom(batch, 0);
      const [n, h, w, c] = x.shape;
      const noise = tf.slice(x, [0, 0, 0, c - 64], [n, h, w, 64]);
      const moment = (power: number): number => tf.mean(tf.pow(noise, power)).dataSync()[0] ?? NaN;
      // The first four moments of a standard normal variable are 0, 1, 0 and 3; two million
      // numbers, some of them twice.
      expect(moment(1)).toBeCloseTo(0, 2);
      expect(moment(2)).toBeCloseTo(1, 2);
      expect(moment(3)).toBeCloseTo(0, 1);
      expect(moment(4)).toBeCloseTo(3, 1);
    });
  });

  test("noise lowers CKA; the least-squares stitch explains no less than without it", async () => {
    const plain = await finalSums(bottom, bottom);
    const altered = await finalSums(noisy, bottom);
    for (const { index } of bottom.taps) {
      const [before, after] = [plain[index], altered[index]];
      if (!before || !after) throw new Error("no sums");
      const cka = (hsic: typeof before.hsic): number => ckaOf(addHsic(noHsic, hsic)) ?? NaN;
      expect(cka(before.hsic)).toBeCloseTo(1, 5);
      expect(cka(after.hsic)).toBeLessThan(0.999);
      // The ridge is larger with the noise's variance in the mean.
      const explained = leastSquares(after.moments).r2 ?? NaN;
      expect(explained).toBeGreaterThan((leastSquares(before.moments).r2 ?? NaN) - 1e-3);
    }
  });

  test("shuffling moves positions, the same way for every image and channel", () => {
    tf.tidy(() => {
      const batch = imageBatch(images, Uint32Array.of(3, 4), 2);
      const plain = bottom.bottom(batch, 0);
      const [n, h, w, c] = plain.shape;
      const rows = (x: typeof plain): number[][][] =>
        tf.reshape(x, [n, h * w, c]).arraySync() as number[][][];
      const [first = [], second = []] = rows(plain);
      const [movedFirst = [], movedSecond = []] = rows(shuffled.bottom(batch, 0));
      const text = (row: number[]): string => row.join(" ");
      expect(movedFirst.map(text).sort()).toEqual(first.map(text).sort());
      expect(movedFirst).not.toEqual(first);
      const from = movedSecond.map((row) => second.map(text).indexOf(text(row)));
      // Rows that occur twice prove nothing.
      const unique = from.filter(
        (at) => second.map(text).lastIndexOf(text(second[at] ?? [])) === at,
      );
      expect(unique.length).toBeGreaterThan(0);
      from.forEach((at, to) => {
        if (unique.includes(at)) expect(movedFirst[to]).toEqual(first[at]);
      });
    });
  });

  test("CKA of flattened features cannot see it, a stitch of single positions can", async () => {
    const plain = await finalSums(bottom, bottom);
    const altered = await finalSums(shuffled, bottom);
    const [before, after] = [plain[0], altered[0]];
    if (!before || !after) throw new Error("no sums");
    expect(ckaOf(before.hsic)).toBeCloseTo(1, 5);
    expect(ckaOf(after.hsic)).toBeCloseTo(1, 5);
    expect(leastSquares(before.moments).r2).toBeCloseTo(1, 3);
    expect(leastSquares(after.moments).r2).toBeLessThan(0.9);
  });
});
