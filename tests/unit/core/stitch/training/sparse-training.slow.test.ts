/** Stitches that are pruned while they train: compared with PyTorch's, and by identities. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { imageBatch } from "../../../../../src/core/data/images";
import type { FrozenNetwork } from "../../../../../src/core/nets/network";
import { seeded } from "../../../../../src/core/random/generator";
import { stitchOnDevice } from "../../../../../src/core/stitch/device-stitch";
import { randomStart, toAffine } from "../../../../../src/core/stitch/parameters";
import { keptAfter } from "../../../../../src/core/stitch/training/pruning-schedule";
import { trainStitch, type TrainingPlan } from "../../../../../src/core/stitch/training/train";
import { tf } from "../../../../../src/core/tensor/tf";
import { describeOnEachBackend, useBackend } from "../../../backend";
import { randomImages, tinyNetwork } from "../../../fixtures";
import { claimsAgainstPyTorch, trained, type Outcome } from "./training-claims";
import { nameOf, sparse } from "./training-fixture";

const nonZeros = (weights: ArrayLike<number>): number =>
  Array.from(weights).filter((value) => value !== 0).length;

describe.each(
  sparse.cases.map((training) => ({
    name: `${training.share} of ${nameOf(training)}`,
    training,
  })),
)("a stitch with a share of $name", ({ training }) => {
  beforeAll(() => useBackend("wasm"));
  let found: Outcome;
  claimsAgainstPyTorch(training, (outcome) => (found = outcome));

  test("keeps the connections that PyTorch's pruning keeps", () => {
    const marks = (weights: Float32Array): boolean[] => Array.from(weights, (value) => value !== 0);
    expect(marks(found.stitch.weight)).toEqual(marks(training.trained.weight));
  });

  test("has as many left after every step as PyTorch's", () => {
    const steps = training.left.length;
    const weights = training.start.weight.length;
    const left = training.left.map((_, k) => keptAfter(k + 1, steps, weights, training.share));
    expect(left).toEqual(training.left);
    expect(nonZeros(found.stitch.weight)).toBe(training.left.at(-1));
  });
});

describeOnEachBackend("a sparse stitch", () => {
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
  const plan = (share?: number): TrainingPlan => ({
    start: randomStart(4, 4, seeded(1)),
    bottom,
    top,
    tap: 1,
    images,
    epochs: 4,
    batchSize: 4,
    peakRate: 1e-2,
    seed: 3,
    share,
  });

  test("with all connections is the plain stitch, bit by bit", async () => {
    expect(await trained(plan(1))).toEqual(await trained(plan()));
  });

  test.each([
    [0.5, 8],
    [0.3, 5],
    [0.0001, 1],
  ])("with a share of %f of 16 has %i connections, and exact zeros", async (share, kept) => {
    const { stitch } = await trained(plan(share));
    expect(nonZeros(stitch.weight)).toBe(kept);
    // +0, not −0: its bytes say so.
    const bits = new Uint32Array(stitch.weight.buffer);
    expect(bits.filter((word) => word === 0)).toHaveLength(16 - kept);
    expect(nonZeros(toAffine(stitch).weight)).toBe(kept);
  });

  test("with one connection reads one channel, and writes constants to all others but one", async () => {
    const { stitch } = await trained(plan(0.0001));
    const at = stitch.weight.findIndex((value) => value !== 0);
    const [from, to] = [Math.floor(at / 4), at % 4];
    const device = stitchOnDevice(stitch);
    const [x, z] = tf.tidy(() => {
      const read = bottom.bottom(imageBatch(images, Uint32Array.of(0, 1, 2, 3)), 1);
      return [read, device.apply(read)];
    });
    const [read, written] = [await x.data(), await z.data()];
    const channel = (values: ArrayLike<number>, c: number): number[] =>
      Array.from(values).filter((_, k) => k % 4 === c);
    for (const c of [0, 1, 2, 3].filter((other) => other !== to)) {
      expect(new Set(channel(written, c)).size).toBe(1);
    }
    const [input, output] = [channel(read, from), channel(written, to)];
    const map = toAffine(stitch);
    const slope = map.weight[at] ?? NaN;
    expect(
      Math.max(
        ...output.map((value, k) =>
          Math.abs(value - slope * (input[k] ?? NaN) - (map.bias[to] ?? NaN)),
        ),
      ),
    ).toBeLessThan(1e-4);
    device.dispose();
    tf.dispose([x, z]);
  });

  test("is pruned where there is no step, too", async () => {
    const { stitch, steps } = await trained({ ...plan(0.25), epochs: 0 });
    expect(steps).toBe(0);
    expect(nonZeros(stitch.weight)).toBe(4);
  });

  test("resumed after any step ends bit by bit the same", async () => {
    const whole = plan(0.25);
    const expected = await trained(whole);
    for (const step of [1, 2, 5, 9, 10, 13, 20]) {
      for await (const event of trainStitch(whole)) {
        if (event.type !== "step" || event.step !== step) continue;
        const from = structuredClone(await event.checkpoint());
        const { losses, ...resumed } = await trained({ ...whole, from });
        expect(expected.losses.slice(-losses.length || Infinity)).toEqual(losses);
        expect(resumed).toMatchObject({ stitch: expected.stitch, finalLoss: expected.finalLoss });
        break;
      }
    }
  });

  test("leaves no tensor behind", async () => {
    await trained(plan(0.25));
    const before = tf.memory().numTensors;
    await trained(plan(0.25));
    expect(tf.memory().numTensors).toBe(before);
  });
});
