/** Stitches whose weights are a product of two factors while they train: PyTorch's, and identities. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FrozenNetwork } from "../../../../../src/core/nets/network";
import { seeded } from "../../../../../src/core/random/generator";
import { randomStart } from "../../../../../src/core/stitch/parameters";
import { singularValues } from "../../../../../src/core/stitch/spectrum";
import { checkpointFits } from "../../../../../src/core/stitch/training/checkpoint";
import { factorsOf } from "../../../../../src/core/stitch/training/factors";
import { trainStitch, type TrainingPlan } from "../../../../../src/core/stitch/training/train";
import { tf } from "../../../../../src/core/tensor/tf";
import { describeOnEachBackend, useBackend } from "../../../backend";
import { randomImages, tinyNetwork } from "../../../fixtures";
import { relativeDistance } from "../../numbers";
import { claimsAgainstPyTorch, trained } from "./training-claims";
import { lowRank, nameOf } from "./training-fixture";

describe.each(
  lowRank.cases.map((training) => ({
    name: `${training.rank} of ${nameOf(training)}`,
    training,
  })),
)("a stitch of rank $name", ({ training }) => {
  beforeAll(() => useBackend("wasm"));
  claimsAgainstPyTorch(training);
});

describe("factors", () => {
  test.each([
    [3, 5],
    [5, 3],
    [4, 4],
  ])("of full rank multiply to the weights again, %i to %i", (source, target) => {
    const start = randomStart(source, target, seeded(1));
    const rank = Math.min(source, target);
    const factors = factorsOf(start, rank);
    const product = start.weight.map((_, at) => {
      const [i, j] = [Math.floor(at / target), at % target];
      let sum = 0;
      for (let k = 0; k < rank; k++) {
        sum += (factors[i * rank + k] ?? NaN) * (factors[source * rank + k * target + j] ?? NaN);
      }
      return sum;
    });
    expect(relativeDistance(product, start.weight)).toBeLessThan(1e-6);
  });
});

describeOnEachBackend("a stitch of low rank", () => {
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
  const images = randomImages(20);
  const plan = (rank: number): TrainingPlan => ({
    start: randomStart(4, 4, seeded(1)),
    bottom,
    top,
    tap: 1,
    images,
    epochs: 2,
    batchSize: 4,
    peakRate: 1e-2,
    seed: 3,
    rank,
  });

  test.each([1, 2, 3])("%i has no further singular value", async (rank) => {
    const { stitch } = await trained(plan(rank));
    const values = singularValues(stitch.weight, 4, 4);
    expect(values[rank - 1]).toBeGreaterThan(1e-2);
    expect(values[rank]).toBeLessThan(1e-6);
  });

  test("resumed after any step ends bit by bit the same", async () => {
    const whole = plan(2);
    const expected = await trained(whole);
    for (const step of [1, 4, 5, 8, 10]) {
      for await (const event of trainStitch(whole)) {
        if (event.type !== "step" || event.step !== step) continue;
        const from = structuredClone(await event.checkpoint());
        expect(checkpointFits(from, whole.start, 5, 2, { rank: 2 })).toBe(true);
        expect(checkpointFits(from, whole.start, 5, 2, { rank: 1 })).toBe(false);
        const { stitch, finalLoss } = await trained({ ...whole, from });
        expect({ stitch, finalLoss }).toEqual({
          stitch: expected.stitch,
          finalLoss: expected.finalLoss,
        });
        break;
      }
    }
  });

  test("leaves no tensor behind", async () => {
    await trained(plan(2));
    const before = tf.memory().numTensors;
    await trained(plan(2));
    expect(tf.memory().numTensors).toBe(before);
  });
});
