/** Trains tiny networks on real images, stops in between, and resumes. */
import { beforeAll, expect, test } from "vitest";
import { imageBatch } from "../../../../src/core/data/images";
import type { ResNetArchitecture } from "../../../../src/core/nets/architecture";
import { networkPart } from "../../../../src/core/nets/network";
import { tf } from "../../../../src/core/tensor/tf";
import {
  trainNetwork,
  type NetworkCheckpoint,
  type NetworkTrainingPlan,
} from "../../../../src/core/training/train-network";
import type { State } from "../../../../src/core/weights/state";
import { useBackend } from "../../backend";
import { cifarImages, zooTimeoutMs } from "../../fixtures";

beforeAll(() => useBackend("wasm"));

const architecture: ResNetArchitecture = { family: "resnet", blocks: [1, 1, 1], width: 8 };
const plan: NetworkTrainingPlan = {
  architecture,
  images: cifarImages("train", 512),
  epochs: 6,
  batchSize: 64,
  parts: 2,
  peakRate: 0.1,
  schedule: "one-cycle",
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

async function trained(from?: NetworkCheckpoint): Promise<Outcome> {
  const losses: number[] = [];
  let middle: NetworkCheckpoint | undefined;
  for await (const step of trainNetwork({ ...plan, from })) {
    losses.push(...step.losses);
    if (step.step === 20) middle = await step.checkpoint();
    if (step.step === step.steps) {
      return { losses, middle, state: await step.state(), last: await step.checkpoint() };
    }
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

    // In evaluation mode it does what it has learnt: the running statistics are right.
    const network = networkPart(whole.state, architecture, 0);
    const share = tf.tidy(() => {
      const indices = Uint32Array.from({ length: 256 }, (_, index) => index);
      const answers = tf.argMax(network.forward(imageBatch(plan.images, indices)), 1).dataSync();
      return indices.filter((index) => answers[index] === plan.images.labels[index]).length / 256;
    });
    network.dispose();
    expect(share).toBeGreaterThan(0.3);
  },
  zooTimeoutMs,
);

test("parts that do not divide a batch are refused", async () => {
  await expect(trainNetwork({ ...plan, parts: 3 }).next()).rejects.toThrow(
    "parts of a batch: expected a divisor of 64, found 3",
  );
});
