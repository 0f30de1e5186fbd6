/** Layers trained from scratch on another network's representation, as a worker executes the task. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { imageBatch } from "../../../src/core/data/images";
import { networksAtSites, type PairedNetworks } from "../../../src/core/nets/sites";
import { tf } from "../../../src/core/tensor/tf";
import type { FreshTopResult } from "../../../src/engine/kinds/fresh-top";
import {
  parsedResult,
  taskCheckpointSchema,
  type TaskCheckpoint,
} from "../../../src/engine/kinds/registry";
import { usualMemory } from "../../../src/engine/memory";
import type { WorkerContext } from "../../../src/engine/worker/tasks/context";
import { executeTask } from "../../../src/engine/worker/tasks/execute";
import type { FreshTopTask } from "../../../src/experiment/plan/task";
import { useBackend } from "../backend";
import { cifarImages, tinyNetwork } from "../fixtures";

const hash = "0".repeat(64);
const task: FreshTopTask = {
  type: "fresh-top",
  bottom: hash,
  top: hash,
  site: 1,
  epochs: 3,
  seed: 1,
  train: { split: "train", count: 512, shards: [hash] },
  test: { split: "test", count: 400, shards: [hash] },
};

let pair: PairedNetworks;

beforeAll(async () => {
  await useBackend("wasm");
  pair = { bottom: tinyNetwork("tiny-b"), top: tinyNetwork("tiny-a") };
});
afterAll(() => {
  pair.bottom.dispose();
  pair.top.dispose();
});

const contextFor = (networks: PairedNetworks): WorkerContext => ({
  memory: usualMemory,
  nameOf: (sha256) => sha256,
  network: () => Promise.reject(new Error("not asked for")),
  half: () => Promise.reject(new Error("not asked for")),
  pair: () => Promise.resolve(networks),
  images: ({ split, count }) => Promise.resolve(cifarImages(split, count)),
});

async function executed(
  networks: PairedNetworks,
  from?: TaskCheckpoint,
): Promise<{ result: unknown; checkpoints: TaskCheckpoint[] }> {
  const checkpoints: TaskCheckpoint[] = [];
  for await (const event of executeTask(task, [], from, contextFor(networks), () => 0)) {
    if (event.type === "result") return { result: structuredClone(event.result), checkpoints };
    checkpoints.push(taskCheckpointSchema.parse(structuredClone(await event.checkpoint())));
  }
  throw new Error("no result");
}

function trained(result: unknown): FreshTopResult {
  const parsed = parsedResult(task, result);
  if (parsed?.type !== "fresh-top") throw new Error("expected trained layers");
  return parsed;
}

/** The bottom's representation of some images. */
function representation(): Float32Array {
  return tf.tidy(() => {
    const x = imageBatch(cifarImages("test", 8), Uint32Array.from([0, 1, 2, 3, 4, 5, 6, 7]));
    return pair.bottom.bottom(x, task.site).dataSync<"float32">().slice();
  });
}

test("layers above a frozen bottom learn; both networks stay bit-identical; every checkpoint leads to the same result", async () => {
  // Computed first: a network keeps what its first pass prepares.
  const before = { representation: representation(), tensors: tf.memory().numTensors };
  const { result, checkpoints } = await executed(pair);
  expect(tf.memory().numTensors).toBe(before.tensors);
  expect(representation()).toEqual(before.representation);

  const whole = trained(result);
  expect(whole.steps).toBe(12);
  expect(whole.lossCurve.steps).toBe(12);
  expect(whole.errorByEpoch.errors).toHaveLength(3);
  expect(whole.errorByEpoch.images).toBe(400);
  // The last epoch's error is on all test images here, as the result is.
  const wrong = whole.wrong.reduce((sum, flag) => sum + flag, 0);
  expect(whole.errorByEpoch.errors.at(-1)).toBeCloseTo(wrong / 400, 12);
  const [first = NaN] = whole.lossCurve.sums;
  expect(whole.finalTrainLoss).toBeLessThan(first);

  expect(checkpoints).toHaveLength(12);
  for (const at of [0, 3, 6, 11]) {
    const resumed = await executed(pair, checkpoints[at]);
    expect(trained(resumed.result), `from step ${at + 1}`).toEqual(whole);
  }
});

test("a bottom with other channels than the layers read has no such top", async () => {
  const crossed = networksAtSites(pair.bottom, pair.top, [
    { bottomTap: 0, topTap: 0 },
    { bottomTap: 0, topTap: 2 },
  ]);
  const { result } = await executed(crossed);
  expect(result).toMatchObject({
    type: "stitch-failure",
    reason: "no-such-stitch",
    found: "4 channels, where the layers above read 8",
  });
});
