import { afterAll, beforeAll, expect, test } from "vitest";
import { momentsOf } from "../../../../src/core/closed-form/batch-sums";
import { imageRange, type ImageSet } from "../../../../src/core/data/image-set";
import { imageBatch, oneHot } from "../../../../src/core/data/images";
import { classClusteredNoise } from "../../../../src/core/nets/class-noise";
import { sourceBatch, type FrozenNetwork } from "../../../../src/core/nets/network";
import { deviceStitch } from "../../../../src/core/stitch/device-stitch";
import { leastSquares } from "../../../../src/core/stitch/families/least-squares";
import { tf, type Tensor4D } from "../../../../src/core/tensor/tf";
import { describeOnEachBackend, useBackend } from "../../backend";
import { randomImages, tinyNetwork } from "../../fixtures";
import { largestDifference } from "../numbers";

const images = randomImages(96, 3);
const all = Uint32Array.from({ length: images.count }, (_, k) => k);
const classes = 10;
/** 32 channels at 4 × 4 positions. */
const deep = 4;

/** What a stitch reads of some images at a tap; to be called inside a `tidy`. */
function read(
  noise: FrozenNetwork,
  of: ImageSet,
  indices: ArrayLike<number>,
  tap: number,
): Tensor4D {
  return noise.bottom(sourceBatch(noise, of, Uint32Array.from(indices)), tap);
}

function valuesOf(
  noise: FrozenNetwork,
  of: ImageSet,
  indices: ArrayLike<number>,
  tap: number,
): Float32Array {
  return tf.tidy(() => read(noise, of, indices, tap).dataSync<"float32">().slice());
}

describeOnEachBackend("class-clustered noise", () => {
  let bottom: FrozenNetwork;
  let noise: FrozenNetwork;
  beforeAll(() => {
    bottom = tinyNetwork("tiny-b");
    noise = classClusteredNoise(bottom, classes);
  });
  afterAll(() => noise.dispose());

  test("has the shapes of the bottom, whose own answers stay", () => {
    tf.tidy(() => {
      const batch = imageBatch(images, Uint32Array.of(0, 1));
      const shapes = (xs: readonly Tensor4D[]): number[][] => xs.map(({ shape }) => shape);
      const source = sourceBatch(noise, images, Uint32Array.of(0, 1));
      expect(shapes(noise.representations(source))).toEqual(shapes(bottom.representations(batch)));
      expect(noise.taps).toEqual(bottom.taps);
      expect(noise.logits(batch).dataSync()).toEqual(bottom.logits(batch).dataSync());
    });
  });

  test("is the same for an image in every batch, padded or not, and in every range", () => {
    for (const tap of [0, deep]) {
      const alone = valuesOf(noise, images, [6], tap);
      const second = valuesOf(noise, images, [5, 6, 7], tap).slice(alone.length, 2 * alone.length);
      expect(second).toEqual(alone);
      expect(valuesOf(noise, imageRange(images, 6, 9), [0], tap)).toEqual(alone);
      tf.tidy(() => {
        const padded = noise.bottom(sourceBatch(noise, images, Uint32Array.of(6), 4), tap);
        expect(padded.shape[0]).toBe(4);
        expect(padded.dataSync().slice(0, alone.length)).toEqual(alone);
        const together = noise.representations(sourceBatch(noise, images, Uint32Array.of(6)), tap);
        expect(together[tap]?.dataSync()).toEqual(alone);
      });
    }
  });

  test("of an image changes with its label alone, by one number a channel at all positions", () => {
    const relabelled = { ...images, labels: images.labels.map(() => 0) };
    const { channels = NaN } = noise.taps[deep] ?? {};
    const differences = [...all.filter((k) => images.labels[k] === 1)].map((k) => {
      const [own, other] = [images, relabelled].map((set) => valuesOf(noise, set, [k], deep));
      return own?.map((value, at) => value - (other?.[at] ?? NaN)) ?? new Float32Array();
    });
    expect(differences.length).toBeGreaterThan(3);
    const [first = new Float32Array()] = differences;
    const ofClass = first.slice(0, channels);
    expect(Math.max(...ofClass.map(Math.abs))).toBeGreaterThan(0.5);
    for (const difference of differences) {
      const expected = difference.map((_, at) => ofClass[at % channels] ?? NaN);
      expect(largestDifference(difference, expected)).toBeLessThan(1e-5);
    }
  });

  test("differs between images of one class, and between layers", () => {
    const [first = 0, second = 0] = all.filter((k) => images.labels[k] === 2);
    const [a, b] = [first, second].map((k) => valuesOf(noise, images, [k], deep));
    const same = a?.filter((value, at) => value === b?.[at]) ?? [];
    expect(same).toHaveLength(0);
    // Blocks 0 and 1 have the same size.
    expect(valuesOf(noise, images, [first], 1)).not.toEqual(valuesOf(noise, images, [first], 0));
  });

  test("around its class is standard and Gaussian", () => {
    tf.tidy(() => {
      const ofClass = all.filter((k) => images.labels[k] === 3);
      const x = read(noise, images, ofClass, 0);
      const { channels = NaN } = noise.taps[0] ?? {};
      const samples = tf.reshape(x, [x.size / channels, channels]);
      const centred = tf.sub(samples, tf.mean(samples, 0));
      const moment = (power: number): number =>
        tf.mean(tf.pow(centred, power)).dataSync()[0] ?? NaN;
      expect(moment(2)).toBeCloseTo(1, 1);
      expect(moment(3)).toBeCloseTo(0, 1);
      expect(Math.abs(moment(4) - 3)).toBeLessThan(0.15);
    });
  });

  test("a least-squares stitch of single positions reads the label of images it was not fitted to", async () => {
    const fitted = all.subarray(0, 64);
    const held = all.subarray(64);
    const { height = NaN, width = NaN } = noise.taps[deep] ?? {};
    const [x, y] = tf.tidy(() => {
      const labels = oneHot(images.labels.subarray(0, 64), classes);
      const wide = tf.tile(tf.reshape(labels, [64, 1, 1, classes]), [1, height, width, 1]);
      return [read(noise, images, fitted, deep), wide as Tensor4D];
    });
    const stitch = deviceStitch(leastSquares(await momentsOf(x, y)));
    const answers = tf.tidy(() =>
      tf.argMax(tf.mean(stitch.apply(read(noise, images, held, deep)), [1, 2]), 1).dataSync(),
    );
    tf.dispose([x, y]);
    stitch.dispose();
    expect([...answers]).toEqual([...images.labels.subarray(64)]);
  });

  test("leaves no tensor behind", () => {
    const before = tf.memory().numTensors;
    const other = classClusteredNoise(tinyNetwork("tiny-b"), classes);
    valuesOf(other, images, [0, 1], 0);
    valuesOf(other, images, [0, 1], deep);
    other.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

test("every backend has the same bits", async () => {
  const found: Float32Array[] = [];
  for (const backend of ["wasm", "cpu"] as const) {
    await useBackend(backend);
    const noise = classClusteredNoise(tinyNetwork("tiny-b"), classes);
    found.push(valuesOf(noise, images, [1, 40, 7], 2));
    noise.dispose();
  }
  expect(found[0]).toEqual(found[1]);
});

test("images without labels have no such noise", () => {
  const bottom = tinyNetwork("tiny-b");
  expect(() => classClusteredNoise(bottom, 0)).toThrow(
    "class-noise: expected images with labels, found images without labels",
  );
  bottom.dispose();
});
