/** Groups of sites whose sums are too many to be held together, on a pool that computes nothing. */
import { expect, test } from "vitest";
import { compute } from "../../../../src/engine/host/compute";
import { noLocks } from "../../../../src/engine/host/locks";
import type { Pool } from "../../../../src/engine/host/pool";
import { trackedWrites } from "../../../../src/engine/host/checkpoint-store";
import { progressMeter } from "../../../../src/engine/host/progress";
import { reportOf, restoreCurves } from "../../../../src/engine/host/restore";
import type { ResultStore } from "../../../../src/engine/host/result-store";
import type { TaskResult, WorkerTask } from "../../../../src/engine/kinds/registry";
import type { ClosedFormSums } from "../../../../src/core/similarity/sums";
import { noGrams } from "../../../../src/core/similarity/sums";
import type { ResNetArchitecture } from "../../../../src/core/nets/architecture-schema";
import type { DataManifest } from "../../../../src/core/data/manifest";
import { heldBytes } from "../../../../src/engine/memory";
import { dataSetRef } from "../../../../src/experiment/data-sets";
import { defaultSpec } from "../../../../src/experiment/spec";
import { tasksOf } from "../../../../src/experiment/plan/plan";
import { memoryStore } from "../../../../src/node/stores";

const resnet50: ResNetArchitecture = {
  family: "resnet",
  blocks: [3, 4, 6, 3],
  width: 64,
  expansion: 4,
  stem: "imagenet",
  input: { height: 224, width: 224, channels: 3 },
};
const [sites, images] = [17, 1_500];
const shard = (file: string): DataManifest["train"] => [
  { file, images, sha256: file.padEnd(64, "0").replaceAll(/[^0-9a-f]/g, "0") },
];
const data: DataManifest = {
  version: 2,
  name: "noise",
  source: "nobody",
  imagesPerShard: images,
  height: 224,
  width: 224,
  channels: 3,
  normalisation: [0, 1, 2].map(() => ({ mean: 0.5, deviation: 0.25 })),
  classes: { names: "a b c d e f g h i j".split(" "), groupings: [] },
  train: shard("a.bin"),
  test: shard("b.bin"),
};
const models = ["1", "2"].map((digit) => ({
  id: `network-${digit}`,
  path: digit,
  sha256: digit.repeat(64),
  architecture: resnet50,
}));

function answer(task: WorkerTask): TaskResult {
  const one = (): Float64Array => new Float64Array(1);
  const moments = { count: 1, meanX: one(), meanY: one(), xx: one(), xy: one(), yy: one() };
  const sum: ClosedFormSums = { moments, ...noGrams };
  if (task.type === "baseline") return { type: "baseline", wrong: new Uint8Array(images) };
  if (task.type === "closed-form" || task.type === "similarity") {
    const sums = Array.from({ length: sites }, (_, site) =>
      task.asked?.includes(site) ? sum : null,
    );
    return { type: task.type, sums };
  }
  if (task.type === "measures") {
    return { type: "measures", sites: task.asked.map((site) => ({ site, similarity: {} })) };
  }
  if (task.type !== "least-squares") throw new Error(task.type);
  const wrong = new Uint8Array(task.end - task.first);
  const fit = { r2: 1, relativeRidge: 0, condition: 1, deadChannels: 0, similarity: null };
  return {
    type: "least-squares",
    sites: task.asked.map((site) => ({ outcome: "scored", site, wrong, ...fit })),
  };
}

/** A store of the run's own, and how many bytes of sums it would have held at most. */
function weighed(bytesOf: (site: number) => number): {
  store: ResultStore;
  mostBytes: () => number;
} {
  const { store } = memoryStore();
  const held = new Map<string, number>();
  let most = 0;
  return {
    mostBytes: () => most,
    store: {
      ...store,
      async put(key, result) {
        if (result.type === "closed-form" || result.type === "similarity") {
          const bytes = result.sums.reduce((all, sum, k) => all + (sum ? bytesOf(k) : 0), 0);
          held.set(key, bytes);
          most = Math.max(
            most,
            [...held.values()].reduce((all, each) => all + each, 0),
          );
        }
        await store.put(key, result);
      },
      async delete(key) {
        held.delete(key);
        await store.delete(key);
      },
      async release(key) {
        held.delete(key);
        await store.release?.(key);
      },
    },
  };
}

test("sums of a ResNet-50’s sites are held for a few sites at a time, and every site is reported", async () => {
  const spec = {
    ...defaultSpec("network-1", "network-2", "glance", dataSetRef(data)),
    trainImages: images,
    testImages: images,
  };
  const channels = [64, 256, 256, 256, 512, 512, 512, 512, ...Array<number>(6).fill(1024)];
  const { store, mostBytes } = weighed((site) => 24 * (channels[site] ?? 2048) ** 2);
  const deps = { models, data, backend: "wasm" as const, store };
  const curves = await restoreCurves(spec, deps, () => undefined);
  const [plan] = curves.map((curve) => curve.plan);
  if (!plan) throw new Error("no plan");
  const works = curves.map(({ missing }) => ({ tasks: tasksOf(plan), missing, tapCount: sites }));
  const pool: Pool = {
    warm: () => Promise.resolve(),
    adapter: () => null,
    run: ({ task, sums }) => {
      if (task.type === "least-squares") expect(sums).toHaveLength(task.asked.length);
      return Promise.resolve(answer(task) as never);
    },
    close: () => undefined,
  };
  const largest = Math.max(...plan.groups.map(heldBytes));
  await compute(curves, {
    backend: "wasm",
    store,
    checkpoints: trackedWrites(memoryStore().checkpoints),
    locks: noLocks,
    signal: new AbortController().signal,
    pool,
    hostBytes: largest,
    meter: progressMeter(works, () => 0),
    emit: () => undefined,
  });
  const report = reportOf(spec, deps, curves);
  expect(report?.curves[0].sites.map(({ site }) => site)).toEqual([...Array(sites).keys()]);
  // Of both parts of the images, before they are merged.
  expect(mostBytes()).toBeLessThanOrEqual(largest);
  expect(mostBytes()).toBeGreaterThan(0);
});
