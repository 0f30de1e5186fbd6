import { beforeAll, describe, expect, test, vi } from "vitest";
import { imageBatch } from "../../../../../src/core/data/images";
import type { FrozenNetwork } from "../../../../../src/core/nets/network";
import { seeded } from "../../../../../src/core/random/generator";
import { randomStart } from "../../../../../src/core/stitch/parameters";
import type { TrainingPlan } from "../../../../../src/core/stitch/training/train";
import { epochOrder, stepsOf } from "../../../../../src/core/stitch/training/setting";
import { tf, type Tensor, type Tensor4D } from "../../../../../src/core/tensor/tf";
import { describeOnEachBackend, useBackend } from "../../../backend";
import { tinyNetwork, tinyState, randomImages } from "../../../fixtures";
import { largestDifference } from "../../numbers";
import { claimsAgainstPyTorch, trained } from "./training-claims";
import { cases, nameOf } from "./training-fixture";

const tiny = cases.filter(({ bottom }) => bottom.id.startsWith("tiny-"));
const ofTheZoo = cases.filter((training) => !tiny.includes(training));

describe.each(ofTheZoo.map((training) => ({ name: nameOf(training), training })))(
  "training $name",
  ({ training }) => {
    beforeAll(() => useBackend("wasm"));
    claimsAgainstPyTorch(training);
  },
);

describe("training a tiny pair", () => {
  beforeAll(() => useBackend("wasm"));
  describe.each(tiny)("at tap $tap", (training) => {
    claimsAgainstPyTorch(training);
  });
});

/** A network whose weights on the device are in our hands: all that it keeps when it is built. */
function networkWithWeights(
  id: "tiny-a" | "tiny-b",
  probe: Tensor4D,
): { network: FrozenNetwork; weights: Tensor[]; logits: Tensor } {
  const keep = vi.spyOn(tf.engine(), "keep");
  const network = tinyNetwork(id);
  const logits = network.logits(probe);
  const weights = keep.mock.calls.map(([tensor]) => tensor).filter((kept) => !kept.isDisposed);
  keep.mockRestore();
  return { network, weights, logits };
}

const valuesOf = (tensors: readonly Tensor[]): Promise<unknown[]> =>
  Promise.all(tensors.map(async (tensor) => (await tensor.data()).slice()));

const images = randomImages(20);
const plan = (bottom: FrozenNetwork, top: FrozenNetwork): TrainingPlan => ({
  start: randomStart(4, 4, seeded(1)),
  bottom,
  top,
  tap: 1,
  images,
  epochs: 2,
  batchSize: 4,
  peakRate: 1e-2,
  seed: 3,
});

describeOnEachBackend("training", () => {
  test("leaves every weight, statistic and logit of both networks bit-identical", async () => {
    const state = tinyState("tiny-a");
    const stateBefore = structuredClone(state);
    const probe = imageBatch(images, Uint32Array.of(0, 1, 2, 3));
    const below = networkWithWeights("tiny-b", probe);
    const above = networkWithWeights("tiny-a", probe);
    // Stem, four blocks of two convolutions, three shortcuts: kernel, as it is or packed, and bias;
    // and the classifier.
    expect(above.weights.length).toBeGreaterThanOrEqual(2 * (1 + 8 + 3) + 2);
    const tensors = [...below.weights, ...above.weights];
    const outputs = [below.logits, above.logits];
    const before = await valuesOf([...tensors, ...outputs]);

    const { steps } = await trained(plan(below.network, above.network));
    expect(steps).toBe(10);

    const outputsAfter = [below.network.logits(probe), above.network.logits(probe)];
    expect(await valuesOf([...tensors, ...outputsAfter])).toEqual(before);
    expect(state).toEqual(stateBefore);
    below.network.dispose();
    above.network.dispose();
    tf.dispose([probe, ...outputs, ...outputsAfter]);
  });

  test("lowers the loss", async () => {
    const [bottom, top] = [tinyNetwork("tiny-b"), tinyNetwork("tiny-a")];
    const { losses } = await trained({ ...plan(bottom, top), epochs: 6 });
    const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
    expect(mean(losses.slice(-5))).toBeLessThan(mean(losses.slice(0, 5)));
    bottom.dispose();
    top.dispose();
  });

  test("twice from the same plan gives the same stitch, bit by bit; another seed another", async () => {
    const [bottom, top] = [tinyNetwork("tiny-b"), tinyNetwork("tiny-a")];
    const first = await trained(plan(bottom, top));
    expect(await trained(plan(bottom, top))).toEqual(first);
    const other = await trained({ ...plan(bottom, top), seed: 4 });
    expect(largestDifference(other.stitch.weight, first.stitch.weight)).toBeGreaterThan(1e-4);
    bottom.dispose();
    top.dispose();
  });

  test("says every loss once, and their mean over the last epoch", async () => {
    const [bottom, top] = [tinyNetwork("tiny-b"), tinyNetwork("tiny-a")];
    const { losses, finalLoss } = await trained(plan(bottom, top));
    expect(losses).toHaveLength(10);
    const lastEpoch = losses.slice(5).reduce((sum, loss) => sum + loss / 5, 0);
    expect(finalLoss).toBeCloseTo(lastEpoch, 10);
    bottom.dispose();
    top.dispose();
  });

  test("for no epoch returns its start and no loss", async () => {
    const [bottom, top] = [tinyNetwork("tiny-b"), tinyNetwork("tiny-a")];
    const start = randomStart(4, 4, seeded(1));
    const outcome = await trained({ ...plan(bottom, top), start, epochs: 0 });
    expect(outcome).toMatchObject({ steps: 0, finalLoss: null, losses: [] });
    expect(outcome.stitch).toEqual(start);
    bottom.dispose();
    top.dispose();
  });
});

describe("steps", () => {
  test("are whole batches only", () => {
    expect(stepsOf(10_000, 2, 128)).toBe(156);
    expect(stepsOf(127, 5, 128)).toBe(0);
    expect(stepsOf(128, 5, 128)).toBe(5);
  });
});

describe("the order of an epoch", () => {
  test("is decided by the seed and the epoch", () => {
    expect(epochOrder(100, 1, 0)).toEqual(epochOrder(100, 1, 0));
    expect(epochOrder(100, 1, 0)).not.toEqual(epochOrder(100, 1, 1));
    expect(epochOrder(100, 1, 0)).not.toEqual(epochOrder(100, 2, 0));
  });
});
