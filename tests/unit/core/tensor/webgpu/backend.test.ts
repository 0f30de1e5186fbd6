import { beforeAll, beforeEach, expect, test } from "vitest";
import { closedFormPass } from "../../../../../src/core/closed-form/pass";
import { seeded } from "../../../../../src/core/random/generator";
import { randomStart } from "../../../../../src/core/stitch/parameters";
import { trainStitch, type TrainingEvent } from "../../../../../src/core/stitch/training/train";
import { replayed, endStep } from "../../../../../src/core/tensor/steps";
import { tf, type Rank, type Tensor, type Tensor1D } from "../../../../../src/core/tensor/tf";
import { tinyNetwork, randomImages } from "../../../fixtures";
import { startStandInGpu, type StandInGpu } from "../../../fake-gpu";

let gpu: StandInGpu;
beforeAll(async () => {
  gpu = await startStandInGpu();
});
beforeEach(() => gpu.setPrompt(true));

const batchSize = 16;

/** Nine steps of training a stitch. */
function training(): AsyncGenerator<TrainingEvent> {
  const [bottom, top] = [tinyNetwork("tiny-b"), tinyNetwork("tiny-a")];
  const channels = (network: typeof top): number => network.taps[1]?.channels ?? 0;
  return trainStitch({
    bottom,
    top,
    tap: 1,
    epochs: 1,
    batchSize,
    seed: 0,
    peakRate: 1e-3,
    images: randomImages(9 * batchSize),
    start: randomStart(channels(bottom), channels(top), seeded(1)),
  });
}

test("a training step is one submit", async () => {
  const submits: number[] = [];
  let before = gpu.counts.submits;
  for await (const event of training()) {
    if (event.type !== "step") break;
    submits.push(gpu.counts.submits - before);
    before = gpu.counts.submits;
  }
  expect(submits).toEqual(Array.from({ length: 9 }, () => 1));
});

test("steps after the second are replayed: as many dispatches, few new bind groups", async () => {
  const steps: { dispatches: number; bindGroups: number }[] = [];
  let before = { ...gpu.counts };
  for await (const event of training()) {
    if (event.type !== "step") break;
    const { dispatches, bindGroups } = gpu.counts;
    steps.push({
      dispatches: dispatches - before.dispatches,
      bindGroups: bindGroups - before.bindGroups,
    });
    before = { ...gpu.counts };
  }
  // The first also makes what lasts, such as rotated kernels.
  const [, recorded, ...replays] = steps;
  expect(recorded?.bindGroups).toBe(recorded?.dispatches);
  expect(replays).toHaveLength(7);
  for (const { dispatches, bindGroups } of replays) {
    expect(dispatches).toBe(recorded?.dispatches);
    // Those of Adam.
    expect(bindGroups).toBe(3);
  }
});

test("a recording gives its memory back", async () => {
  await endStep();
  const work = replayed((x: Tensor1D): [Tensor] => [tf.add(x, 1)]);
  const size = 5_000;
  const run = (): void => {
    const x = tf.ones<Rank.R1>([size]);
    tf.dispose([x, ...work.run(x)]);
  };
  run();
  await endStep();
  const bytes = gpu.counts.bytes;
  run();
  await endStep();
  expect(gpu.counts.bytes - bytes).toBeGreaterThanOrEqual(2 * 4 * size);
  work.dispose();
  expect(gpu.counts.bytes).toBe(bytes);
});

test("a closed-form batch is one submit, all its readbacks included", async () => {
  const passing = closedFormPass(
    tinyNetwork("tiny-b"),
    tinyNetwork("tiny-a"),
    randomImages(batchSize),
    { first: 0, end: batchSize },
    batchSize,
  );
  const before = gpu.counts.submits;
  await passing.next();
  expect(gpu.counts.submits - before).toBe(1);
});

test("no more than two steps are submitted and not done", async () => {
  gpu.setPrompt(false);
  const steps = training();
  await steps.next();
  await steps.next();
  expect(gpu.waiting()).toBe(2);
  const third = steps.next();
  let done = false;
  void third.then(() => (done = true));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(done).toBe(false);
  expect(gpu.waiting()).toBe(3);
  gpu.finishOne();
  await third;
  gpu.setPrompt(true);
  await steps.return(undefined);
});

test("a disposed tensor's memory is used again before the submit", async () => {
  await endStep();
  const x = tf.zeros([64, 64]);
  const before = gpu.counts.bytes;
  const submits = gpu.counts.submits;
  let y = tf.add(x, 1);
  for (let k = 0; k < 20; k++) {
    const next = tf.add(y, 1);
    y.dispose();
    y = next;
  }
  const tensorBytes = 64 * 64 * 4;
  // Two of these tensors live at a time; the rest are uniforms of some dozens of bytes.
  expect(gpu.counts.bytes - before).toBeLessThan(3 * tensorBytes);
  expect(gpu.counts.submits).toBe(submits);
  tf.dispose([x, y]);
});

test("steps after the first take no more memory", async () => {
  const bytes: number[] = [];
  for await (const event of training()) {
    if (event.type === "step") bytes.push(gpu.counts.bytes);
  }
  // The second finds the optimiser's state on the device; the eighth and the ninth are read back.
  expect(bytes[6]).toBe(bytes[2]);
});
