import { beforeAll, describe, expect, test } from "vitest";
import { imageBatch } from "../../../../../src/core/data/images";
import { lossAndGradient } from "../../../../../src/core/stitch/training/gradient";
import { unpackTrained } from "../../../../../src/core/stitch/training/trainable";
import { labelBatch } from "../../../../../src/core/stitch/training/setting";
import { tf } from "../../../../../src/core/tensor/tf";
import { describeOnEachBackend, useBackend } from "../../../backend";
import { cifarImages, networkOf, zooTimeoutMs } from "../../../fixtures";
import { relativeDistance } from "../../numbers";
import {
  batches,
  cases,
  imagesOfBatches,
  nameOf,
  startOnDevice,
  type TrainedNumbers,
  type TrainingCase,
} from "./training-fixture";

/** Loss and gradient at a case's first step. */
async function firstStep(
  training: TrainingCase,
): Promise<{ loss: number; gradient: TrainedNumbers }> {
  const images = cifarImages("train", imagesOfBatches);
  const batch = Uint32Array.from(batches[0] ?? []);
  const bottom = networkOf(training.bottom);
  const top = networkOf(training.top);
  const start = startOnDevice(training);
  const { gamma1, gamma2 } = training.start;
  const tensors = tf.tidy(() => {
    const labels = labelBatch(images, batch, top);
    const x = bottom.bottom(imageBatch(images, batch), training.tap);
    const { trained, statistics } = start;
    const { loss, gradient } = lossAndGradient(trained, statistics, x, labels, top, training.tap);
    return { loss, ...unpackTrained(gradient, gamma1.length, gamma2.length) };
  });
  const read = async (tensor: {
    data(): Promise<ArrayLike<number>>;
  }): Promise<Float32Array<ArrayBuffer>> => Float32Array.from(await tensor.data());
  const [loss = NaN] = await tensors.loss.data();
  const gradient = {
    gamma1: await read(tensors.gamma1),
    beta1: await read(tensors.beta1),
    weight: await read(tensors.weight),
    gamma2: await read(tensors.gamma2),
    beta2: await read(tensors.beta2),
  };
  bottom.dispose();
  top.dispose();
  tf.dispose([start.trained, start.statistics, ...Object.values(tensors)]);
  return { loss, gradient };
}

function claims(training: TrainingCase): void {
  let found: Awaited<ReturnType<typeof firstStep>>;
  beforeAll(async () => {
    found = await firstStep(training);
  }, zooTimeoutMs);

  test("the loss is PyTorch's", () => {
    const [expected = NaN] = training.losses64;
    expect(Math.abs(found.loss / expected - 1)).toBeLessThan(1e-4);
  });

  test.each(["gamma1", "weight", "gamma2", "beta2"] as const)(
    "the gradient of %s is PyTorch's",
    (name) => {
      const distance = relativeDistance(found.gradient[name], training.firstGradient[name]);
      // PyTorch's own float32 lies up to 3e-3 from its float64: where a ReLU's input is near 0,
      // rounding decides whether the gradient passes.
      expect(distance).toBeLessThan(3e-3);
    },
  );

  test("the first BatchNorm's bias has no gradient, since the second subtracts it", () => {
    expect(Math.max(...training.firstGradient.beta1.map(Math.abs))).toBeLessThan(1e-12);
    expect(found.gradient.beta1.every((value) => value === 0)).toBe(true);
  });
}

const tiny = cases.filter(({ bottom }) => bottom.id.startsWith("tiny-"));
const ofTheZoo = cases.filter((training) => !tiny.includes(training));

describe.each(ofTheZoo.map((training) => ({ name: nameOf(training), training })))(
  "at the first step of $name",
  ({ training }) => {
    beforeAll(() => useBackend("wasm"));
    claims(training);
  },
);

describeOnEachBackend("at the first step of a tiny pair", () => {
  describe.each(tiny)("at tap $tap", claims);
});
