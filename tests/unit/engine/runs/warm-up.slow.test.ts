import { beforeAll, expect, test } from "vitest";
import { noGrams, type ClosedFormSums } from "../../../../src/core/similarity/sums";
import { seeded } from "../../../../src/core/random/generator";
import { executeTask } from "../../../../src/engine/worker/tasks/execute";
import { usualMemory } from "../../../../src/engine/memory";
import type { WorkerContext } from "../../../../src/engine/worker/tasks/context";
import { createWarmUp } from "../../../../src/engine/worker/warm-up";
import { scoringTask } from "../../../../src/engine/scored";
import type { ImagesRef } from "../../../../src/experiment/plan/task";
import type { WorkerTask } from "../../../../src/engine/kinds/registry";
import { tinyNetwork, type TinyId, randomImages } from "../../fixtures";
import { startStandInGpu, type StandInGpu } from "../../fake-gpu";

let gpu: StandInGpu;
beforeAll(async () => {
  gpu = await startStandInGpu();
});

const ref = (split: "train" | "test", count: number): ImagesRef => ({
  split,
  count,
  shards: ["0".repeat(64)],
});

/** Networks of their own in every test: what they make at their first gradient is not there yet. */
function contextOf(bottom: TinyId, top: TinyId): WorkerContext {
  const pair = { bottom: tinyNetwork(bottom), top: tinyNetwork(top) };
  return {
    memory: usualMemory,
    nameOf: (sha256) => sha256,
    network: () => Promise.resolve(pair.top),
    half: () => Promise.reject(new Error("not asked for")),
    pair: () => Promise.resolve(pair),
    images: ({ count }) => Promise.resolve(randomImages(count, 3)),
  };
}

/** Sums of representations whose channels do not depend on each other. */
function plainSums(c1: number, c2: number): ClosedFormSums {
  const count = 1_000;
  const square = (c: number): Float64Array =>
    Float64Array.from({ length: c * c }, (_, k) => (k % (c + 1) === 0 ? count : 0));
  return {
    moments: {
      count,
      meanX: new Float64Array(c1),
      meanY: new Float64Array(c2),
      xx: square(c1),
      yy: square(c2),
      xy: new Float64Array(c1 * c2).map(() => seeded(1).uniform()),
    },
    ...noGrams,
  };
}

const pairs: readonly [TinyId, TinyId][] = [
  ["tiny-b", "tiny-a"],
  ["tiny-vit-b", "tiny-vit-a"],
];
const pair = { bottom: "0".repeat(64), top: "1".repeat(64), sites: undefined };
const stitch = { ...pair, type: "stitch" as const, site: 1, train: ref("train", 512), seed: 3 };
const tasks: readonly WorkerTask[] = [
  { type: "baseline", model: pair.top, images: ref("test", 300) },
  { ...pair, type: "closed-form", images: ref("train", 300), first: 0, end: 300 },
  {
    ...pair,
    type: "least-squares",
    asked: [0, 1],
    first: 0,
    end: 300,
    train: ref("train", 300),
    test: ref("test", 300),
  },
  {
    ...pair,
    type: "family",
    family: "orthogonal",
    asked: [0, 1],
    first: 0,
    end: 300,
    train: ref("train", 300),
    test: ref("test", 300),
  },
  { ...stitch, test: ref("test", 300), training: "paper", epochs: 2 },
  { ...stitch, test: ref("test", 300), training: "paper", epochs: 2, side: 3 },
  { ...stitch, test: ref("test", 300), training: "refinement", epochs: 2 },
  {
    ...pair,
    type: "departure",
    site: 1,
    // Whole batches: sums over a short one are not padded.
    fit: ref("train", 256),
    test: ref("test", 256),
    stitch: { type: "least-squares", train: ref("train", 300) },
    trained: null,
  },
];

for (const [bottom, top] of pairs) {
  for (const task of tasks) {
    const larger = task.type === "stitch" && task.side !== undefined;
    // There is no larger kernel over tokens.
    if (larger && top.includes("vit")) continue;
    const kind = task.type === "stitch" ? `${task.training} ${task.side ?? 1}` : task.type;
    test(`after its rehearsal ${kind} of ${top} compiles nothing`, async () => {
      const context = contextOf(bottom, top);
      const networks = await context.pair(pair);
      const sums = ("site" in task ? [1] : [0, 1]).map((site) =>
        plainSums(
          networks.bottom.taps[site]?.channels ?? 0,
          networks.top.taps[site]?.channels ?? 0,
        ),
      );
      const before = { ...gpu.counts };
      await createWarmUp(context)(task, sums);
      expect(gpu.counts.pipelines).toBe(before.pipelines);
      expect(gpu.counts.dispatches).toBe(before.dispatches);

      const after = { ...gpu.counts };
      for await (const event of executeTask(task, sums, undefined, context, () => 0)) {
        if (event.type === "step") await event.checkpoint();
        else if (task.type === "stitch" && event.result.type === "trained") {
          // What is trained is scored, in an order of its own.
          const { scored, stitch: parameters } = event.result;
          const range = { first: 0, end: task.test.count };
          const order = scoringTask(task, scored ?? { kind: "parameters", parameters }, range);
          const before = gpu.counts.dispatches;
          for await (const one of executeTask(order, [], undefined, context, () => 0)) {
            if (one.type === "step") await one.checkpoint();
          }
          expect(gpu.counts.dispatches).toBeGreaterThan(before);
        }
      }
      expect(gpu.counts.pipelines).toBe(after.pipelines);
      expect(gpu.counts.pipelinesAhead).toBe(after.pipelinesAhead);
      expect(gpu.counts.dispatches).toBeGreaterThan(after.dispatches);
    });
  }
}
