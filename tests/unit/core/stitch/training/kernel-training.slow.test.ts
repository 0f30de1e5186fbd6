/**
 * Stitches with larger kernels: training and scoring compared with PyTorch, and maps that only a
 * kernel can represent.
 */
import { beforeAll, describe, expect, test } from "vitest";
import { imageBatch } from "../../../../../src/core/data/images";
import type { FrozenNetwork } from "../../../../../src/core/nets/network";
import {
  kernelSides,
  identityStart,
  randomStart,
  widened,
  type StitchParameters,
} from "../../../../../src/core/stitch/parameters";
import { seeded } from "../../../../../src/core/random/generator";
import { stitchOnDevice } from "../../../../../src/core/stitch/device-stitch";
import type { TrainingPlan } from "../../../../../src/core/stitch/training/train";
import { tf, type Tensor4D } from "../../../../../src/core/tensor/tf";
import { describeOnEachBackend, useBackend } from "../../../backend";
import {
  cifarImages,
  networkOf,
  tinyNetwork,
  type NumberArray,
  randomImages,
} from "../../../fixtures";
import { relativeDistance } from "../../numbers";
import { claimsAgainstPyTorch, trained, type Outcome } from "./training-claims";
import { kernels, nameOf } from "./training-fixture";

const { applied, cases, testImages } = kernels;
const named = cases.map((training) => ({
  name: `of side ${training.side} from ${nameOf(training)}`,
  training,
}));

describe.each(named)("a stitch $name", ({ training }) => {
  beforeAll(() => useBackend("wasm"));
  let found: Outcome;
  claimsAgainstPyTorch(training, (outcome) => (found = outcome));

  test("has PyTorch's logits once it is trained", async () => {
    const [bottom, top] = [networkOf(training.bottom), networkOf(training.top)];
    const indices = Uint32Array.from({ length: testImages }, (_, k) => k);
    const stitch = stitchOnDevice(found.stitch);
    const logits = tf.tidy(() => {
      const images = imageBatch(cifarImages("test", testImages), indices);
      return top.top(stitch.apply(bottom.bottom(images, training.tap)), training.tap);
    });
    expect(logits.shape).toEqual(training.logits.shape);
    expect(relativeDistance(await logits.data(), training.logits.values)).toBeLessThan(2e-3);
    stitch.dispose();
    logits.dispose();
    bottom.dispose();
    top.dispose();
  });
});

const tensor = ({ shape, values }: NumberArray): Tensor4D =>
  tf.tensor4d(values, shape as [number, number, number, number]);

describeOnEachBackend("a stitch with a kernel, as it is scored", () => {
  test.each(applied)("of side $side on $x.shape is PyTorch's up to the border", async (given) => {
    const { side, statistics, trained: numbers } = given;
    const [source, target] = [numbers.gamma1.length, numbers.gamma2.length];
    const before = tf.memory().numTensors;
    const stitch = stitchOnDevice({ source, target, side, ...numbers, ...statistics });
    const z = tf.tidy(() => stitch.apply(tensor(given.x)));
    expect(z.shape).toEqual(given.z.shape);
    expect(relativeDistance(await z.data(), given.z.values)).toBeLessThan(1e-5);
    stitch.dispose();
    z.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test("that looks at the centre alone is the 1×1 stitch", async () => {
    const plain = { ...randomStart(3, 8, seeded(5)), beta1: Float32Array.of(1, -2, 3) };
    const weight = new Float32Array(9 * plain.weight.length);
    weight.set(plain.weight, 4 * plain.weight.length);
    const x = tensor({ shape: [1, 4, 4, 3], values: [...Array(48).keys()] });
    const [small, large] = [plain, { ...plain, weight, side: 3 as const }].map((stitch) => {
      const device = stitchOnDevice(stitch);
      const z = device.apply(x);
      device.dispose();
      return z;
    });
    if (!small || !large) throw new Error("two stitches give two maps");
    expect(relativeDistance(await large.data(), await small.data())).toBeLessThan(1e-6);
    tf.dispose([x, small, large]);
  });
});

/**
 * A network whose representations are moved down and right by a pixel, with zeros where nothing
 * came from.
 */
function moved(network: FrozenNetwork): FrozenNetwork {
  return {
    ...network,
    bottom: (images, tap) =>
      tf.tidy(() => {
        const x = network.bottom(images, tap);
        const [n, h, w, c] = x.shape;
        return tf.slice(
          tf.pad(x, [
            [0, 0],
            [1, 0],
            [1, 0],
            [0, 0],
          ]),
          [0, 0, 0, 0],
          [n, h, w, c],
        );
      }),
  };
}

/** Moves a map up and left by a pixel. */
function movingBack(channels: number): StitchParameters {
  const identity = identityStart(channels);
  const weight = new Float32Array(9 * identity.weight.length);
  weight.set(identity.weight, 8 * identity.weight.length);
  return { ...identity, weight, side: 3 };
}

describe("a 1×1 stitch widened", () => {
  beforeAll(() => useBackend("wasm"));

  test.each(kernelSides)("to side %d is the same map, at the border too", async (side) => {
    const random = seeded(5);
    const some = (): Float32Array => Float32Array.from({ length: 8 }, () => 0.5 + random.uniform());
    const statistics = { mean1: some(), variance1: some(), mean2: some(), variance2: some() };
    const trainedParts = { gamma1: some(), beta1: some(), gamma2: some(), beta2: some() };
    const plain = { ...randomStart(8, 8, random), ...statistics, ...trainedParts };
    const [small, large] = [stitchOnDevice(plain), stitchOnDevice(widened(plain, side))];
    const network = tinyNetwork("tiny-b");
    const images = imageBatch(randomImages(2, 11), Uint32Array.of(0, 1));
    const [expected, found] = tf.tidy(() => {
      const x = network.bottom(images, 2);
      return [small.apply(x), large.apply(x)];
    });
    expect(relativeDistance(await found.data(), await expected.data())).toBeLessThan(1e-5);
    small.dispose();
    large.dispose();
    network.dispose();
    tf.dispose([images, expected, found]);
  });
});

describe("a planted 3×3 map", () => {
  beforeAll(() => useBackend("wasm"));

  test("moves back what was moved", async () => {
    const network = tinyNetwork("tiny-a");
    const images = imageBatch(randomImages(3), Uint32Array.of(0, 1, 2));
    const stitch = stitchOnDevice(movingBack(4));
    const inner = (x: Tensor4D): Tensor4D => tf.slice(x, [0, 0, 0, 0], [-1, 31, 31, -1]);
    const there = tf.tidy(() => inner(network.bottom(images, 1)));
    const back = tf.tidy(() => inner(stitch.apply(moved(network).bottom(images, 1))));
    expect(await back.data()).toEqual(await there.data());
    stitch.dispose();
    tf.dispose([images, there, back]);
    network.dispose();
  });

  test("is found by training where it, and no 1×1 map, gave the labels", async () => {
    const [bottom, top, tap] = [tinyNetwork("tiny-b"), tinyNetwork("tiny-a"), 3];
    const images = cifarImages("train", 512);
    const train = async (changes: Partial<TrainingPlan>): Promise<Outcome> =>
      trained({
        start: randomStart(16, 16, seeded(1), 3),
        bottom,
        top,
        tap,
        images,
        epochs: 10,
        batchSize: 32,
        peakRate: 1e-2,
        seed: 3,
        ...changes,
      });

    // Looks at the neighbours alone; a rate of 0 gives it the statistics of its own outputs.
    const random = randomStart(16, 16, seeded(7), 3);
    const weight = random.weight.map((value, at) => (Math.floor(at / 256) === 4 ? 0 : value));
    const start = { ...random, weight };
    const planted = stitchOnDevice((await train({ start, epochs: 2, peakRate: 0 })).stitch);
    const indices = Uint32Array.from({ length: images.count }, (_, k) => k);
    const answers = tf.tidy(() => {
      const x = bottom.bottom(imageBatch(images, indices), tap);
      return tf.argMax(top.top(planted.apply(x), tap), 1);
    });
    const taught = { ...images, labels: Uint8Array.from(await answers.data()) };

    const { finalLoss: withKernel } = await train({ images: taught });
    const plain = randomStart(16, 16, seeded(1));
    const { finalLoss: without } = await train({ images: taught, start: plain });
    expect(withKernel).toBeLessThan(0.8 * (without ?? NaN));
    planted.dispose();
    answers.dispose();
    bottom.dispose();
    top.dispose();
  });
});
