/** Trains tiny networks on real images, stops in between, and resumes. */
import { beforeAll, expect, test } from "vitest";
import { imageBatch } from "../../../../src/core/data/images";
import type { ResNetArchitecture } from "../../../../src/core/nets/architecture-schema";
import { networkPart } from "../../../../src/core/nets/network";
import { tf } from "../../../../src/core/tensor/tf";
import { partGradients, type PartGradient } from "../../../../src/core/training/part-gradients";
import type { TrainingRecipe } from "../../../../src/core/training/recipe";
import type { NetworkCheckpoint } from "../../../../src/core/training/checkpoint";
import { trainNetwork } from "../../../../src/core/training/train-network";
import type { State } from "../../../../src/core/weights/state";
import { useBackend } from "../../backend";
import { cifarImages, zooTimeoutMs } from "../../fixtures";

beforeAll(() => useBackend("wasm"));

const architecture: ResNetArchitecture = { family: "resnet", blocks: [1, 1, 1], width: 8 };
const images = cifarImages("train", 512);
const recipe: TrainingRecipe = {
  architecture,
  epochs: 6,
  batchSize: 64,
  parts: 2,
  peakRate: 0.1,
  schedule: "one-cycle",
  optimizer: "sgd",
  momentum: 0.9,
  weightDecay: 5e-4,
  labelSmoothing: 0,
  augmented: true,
  seed: 3,
};

interface Outcome {
  readonly losses: readonly number[];
  readonly state: State;
  readonly last: NetworkCheckpoint;
  readonly middle: NetworkCheckpoint | undefined;
}

/** @param backwards whether the last part is computed first, as by a worker that is faster */
async function trained(from?: NetworkCheckpoint, backwards = false): Promise<Outcome> {
  const each = partGradients(recipe, images);
  const parts = backwards ? [1, 0] : [0, 1];
  const losses: number[] = [];
  let middle: NetworkCheckpoint | undefined;
  const { initial } = each;
  const gradients = async (parameters: Float32Array, step: number): Promise<PartGradient[]> => {
    const found: PartGradient[] = [];
    for (const part of parts) found[part] = await each.part(parameters, step, part);
    return found;
  };
  const training = { recipe, images: images.count, initial, from, gradients };
  try {
    for await (const { step, steps, loss, checkpoint } of trainNetwork(training)) {
      losses.push(loss);
      if (step === 20) middle = checkpoint();
      if (step === steps) {
        const last = checkpoint();
        return { losses, middle, state: each.state(last), last };
      }
    }
  } finally {
    each.dispose();
  }
  throw new Error("training ended without a result");
}

test(
  "a network learns its images, resumes with the same bits, and leaves nothing behind",
  async () => {
    const before = tf.memory().numTensors;
    const whole = await trained();
    expect(tf.memory().numTensors).toBe(before);
    expect(whole.losses).toHaveLength(48);
    const mean = (losses: readonly number[]): number =>
      losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
    expect(mean(whole.losses.slice(-8))).toBeLessThan(mean(whole.losses.slice(0, 8)) - 0.4);

    const resumed = await trained(whole.middle);
    expect(resumed.last).toEqual(whole.last);
    const other = await trained(whole.middle, true);
    expect(other.last).toEqual(whole.last);

    // In evaluation mode it does what it has learnt: the running statistics are right.
    const network = networkPart(whole.state, architecture, 0);
    const share = tf.tidy(() => {
      const indices = Uint32Array.from({ length: 256 }, (_, index) => index);
      const answers = tf.argMax(network.forward(imageBatch(images, indices)), 1).dataSync();
      return indices.filter((index) => answers[index] === images.labels[index]).length / 256;
    });
    network.dispose();
    expect(share).toBeGreaterThan(0.3);
  },
  zooTimeoutMs,
);

test.each([
  [{ parts: 3 }, "parts of a batch: expected a divisor of 64, found 3"],
  [{ batchSize: 1024 }, "training images: expected at least 1024, a batch, found 512"],
])("%o is refused", async (change, message) => {
  const each = partGradients(recipe, images);
  const { initial } = each;
  const training = trainNetwork({
    recipe: { ...recipe, ...change },
    images: images.count,
    initial,
    gradients: () => Promise.resolve([]),
  });
  await expect(training.next()).rejects.toThrow(message);
  each.dispose();
});

test("a loss that is not finite ends the training", async () => {
  const each = partGradients(recipe, images);
  const { initial } = each;
  const training = trainNetwork({
    recipe: { ...recipe, peakRate: 1e30, schedule: "cosine" },
    images: images.count,
    initial,
    gradients: async (parameters, step) => [await each.part(parameters, step, 0)],
  });
  await expect(
    (async () => {
      for await (const { step } of training) expect(step).toBeLessThan(10);
    })(),
  ).rejects.toThrow("training: expected a finite loss, found NaN");
  each.dispose();
});

test("without epochs the weights stay, and the statistics are the mean over all batches", async () => {
  const initial = {
    parameters: Float32Array.of(1, 2),
    statistics: Float32Array.of(9),
    decays: Uint8Array.of(1, 1),
  };
  const batches = [1, 2, 6];
  let last: NetworkCheckpoint | undefined;
  const training = trainNetwork({
    recipe: { ...recipe, epochs: 0, batchSize: 8 },
    images: 30,
    initial,
    gradients: (_, step) =>
      Promise.resolve([
        {
          loss: 2,
          gradient: Float32Array.of(5, 5),
          statistics: Float32Array.of(batches[step] ?? NaN),
        },
      ]),
  });
  for await (const { steps, checkpoint } of training) {
    expect(steps).toBe(3);
    last = checkpoint();
  }
  expect(last?.parameters).toEqual(initial.parameters);
  expect(last?.statistics[0]).toBeCloseTo(3, 6);
});

test("AdamW resumes with the same bits", async () => {
  const initial = {
    parameters: Float32Array.of(0.5, -0.25, 1),
    statistics: new Float32Array(),
    decays: Uint8Array.of(1, 0, 1),
  };
  const run = async (from?: NetworkCheckpoint): Promise<NetworkCheckpoint[]> => {
    const all: NetworkCheckpoint[] = [];
    const training = trainNetwork({
      recipe: { ...recipe, optimizer: "adamw", epochs: 2, batchSize: 8 },
      images: 40,
      initial,
      from,
      // The gradient of a sum of fourth powers.
      gradients: (parameters) =>
        Promise.resolve([
          {
            loss: parameters.reduce((sum, x) => sum + x ** 4, 0),
            gradient: parameters.map((x) => 4 * x ** 3),
            statistics: new Float32Array(),
          },
        ]),
    });
    for await (const { checkpoint } of training) all.push(checkpoint());
    return all;
  };
  const whole = await run();
  expect(whole).toHaveLength(10);
  expect((await run(whole[4])).at(-1)).toEqual(whole.at(-1));
  // Without the second moments it would end elsewhere.
  const { second: _, ...without } = whole[4] ?? { step: 0 };
  expect((await run(without as NetworkCheckpoint)).at(-1)).not.toEqual(whole.at(-1));
});
