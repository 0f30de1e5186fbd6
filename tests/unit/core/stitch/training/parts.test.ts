import { afterAll, beforeAll, expect, test } from "vitest";
import { imageBatch, oneHot } from "../../../../../src/core/data/images";
import type { FrozenNetwork } from "../../../../../src/core/nets/network";
import { seeded } from "../../../../../src/core/random/generator";
import { randomStart } from "../../../../../src/core/stitch/parameters";
import {
  lossAndGradient,
  lossAndGradientInParts,
} from "../../../../../src/core/stitch/training/gradient";
import { averagedOver, partsOfBatch } from "../../../../../src/core/stitch/training/parts";
import { toDevice } from "../../../../../src/core/stitch/training/trainable";
import { relativeDifference } from "../../../../../src/core/stitch/training/self-test";
import { trainStitch } from "../../../../../src/core/stitch/training/train";
import { tf, type Tensor } from "../../../../../src/core/tensor/tf";
import { describeOnEachBackend } from "../../../backend";
import { randomImages, tinyNetwork } from "../../../fixtures";

const images = randomImages(16);
const tap = 1;

describeOnEachBackend("a batch in parts", () => {
  let bottom: FrozenNetwork;
  let top: FrozenNetwork;
  beforeAll(() => {
    bottom = tinyNetwork("tiny-b");
    top = tinyNetwork("tiny-a");
  });
  afterAll(() => {
    bottom.dispose();
    top.dispose();
  });
  const start = (): ReturnType<typeof randomStart> =>
    randomStart(bottom.taps[tap]?.channels ?? 0, top.taps[tap]?.channels ?? 0, seeded(1));

  test("has the loss, the gradient and the batch statistics of the whole", () => {
    const { trained, statistics } = toDevice(start());
    const all = Uint32Array.from({ length: 8 }, (_, k) => k);
    const representation = (part: Uint32Array): tf.Tensor4D =>
      bottom.bottom(imageBatch(images, part), tap);
    const labels = (part: Uint32Array): tf.Tensor2D =>
      oneHot(
        Uint8Array.from(part, (index) => images.labels[index] ?? 0),
        10,
      );
    const whole = tf.tidy(() =>
      lossAndGradient(trained, statistics, representation(all), labels(all), top, tap),
    );
    const before = tf.memory().numTensors;
    const parts = lossAndGradientInParts(
      trained,
      statistics,
      partsOfBatch(all, 2).map((part) => ({
        x: () => representation(part),
        labels: () => labels(part),
      })),
      top,
      tap,
    );
    expect(tf.memory().numTensors).toBe(before + 3);
    const difference = (found: Tensor, expected: Tensor): number =>
      relativeDifference(
        Float32Array.from(found.dataSync()),
        Float32Array.from(expected.dataSync()),
      );
    expect(difference(parts.loss, whole.loss)).toBeLessThan(1e-5);
    expect(difference(parts.gradient, whole.gradient)).toBeLessThan(1e-4);
    expect(difference(parts.statistics, whole.statistics)).toBeLessThan(1e-5);
    tf.dispose([trained, statistics, ...Object.values(parts), ...Object.values(whole)]);
  });

  test("trains to the same losses", async () => {
    const losses = async (rows: number | undefined): Promise<number[]> => {
      const found: number[] = [];
      const fits = rows === undefined ? undefined : { rows, cacheBytes: 0 };
      const setting = { bottom, top, tap, images, epochs: 2, batchSize: 8, seed: 0, fits };
      for await (const event of trainStitch({ ...setting, start: start(), peakRate: 1e-2 })) {
        if (event.type === "step") found.push(...event.losses);
      }
      return found;
    };
    const whole = await losses(undefined);
    const parts = await losses(4);
    expect(parts).toHaveLength(whole.length);
    parts.forEach((loss, step) => expect(loss).toBeCloseTo(whole[step] ?? NaN, 3));
  });

  test("averages, and leaves nothing", () => {
    const before = tf.memory().numTensors;
    const [mean] = averagedOver([1, 2, 6], (value) => [tf.scalar(value)] as const);
    expect(mean.dataSync()[0]).toBe(3);
    mean.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
