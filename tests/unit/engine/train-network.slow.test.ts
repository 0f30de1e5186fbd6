/** Trains a tiny network on real threads: how many, and which of them die, must not matter. */
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { dataManifestSchema } from "../../../src/core/data/manifest";
import { readNetworkFile } from "../../../src/core/nets/network-file";
import { metadataOf } from "../../../src/core/weights/safetensors";
import {
  trainOnWorkers,
  type NetworkTrainingEvent,
  type TrainOnWorkersDeps,
} from "../../../src/engine/host/training/train-network";
import type { CheckpointStore } from "../../../src/engine/host/checkpoint-store";
import type { ResumePoint } from "../../../src/engine/network-training";
import type { ErrorByEpoch } from "../../../src/experiment/report";
import type { WorkerPort } from "../../../src/engine/messages";
import { createPauseSignal } from "../../../src/engine/pause-signal";
import { readJson } from "../../../src/node/files";
import { spawnThread } from "../../../src/node/spawn-thread";
import { memoryStore } from "../../../src/node/stores";
import {
  recipeOf,
  trainingMetadata,
  usualTraining,
  type TrainingSpec,
} from "../../../src/experiment/training/spec";
import { zooTimeoutMs } from "../fixtures";

const folder = resolve(import.meta.dirname, "../../../public/data");
const data = await readJson(join(folder, "manifest.json"), dataManifestSchema);
const spec: TrainingSpec = {
  ...usualTraining,
  blocks: [1, 1, 1],
  trainImages: 512,
  batchSize: 64,
  epochs: 2,
};
const setup = {
  backend: "wasm" as const,
  recipe: recipeOf(spec, data),
  data,
  dataFolder: `${folder}/`,
  trainImages: spec.trainImages,
};

function deps(changes: Partial<TrainOnWorkersDeps> = {}): TrainOnWorkersDeps {
  return {
    spawn: spawnThread,
    workers: 1,
    key: "a training",
    checkpoints: memoryStore().checkpoints,
    metadata: (step, stepsPerEpoch) => trainingMetadata(spec, step, stepsPerEpoch),
    pause: createPauseSignal(),
    signal: new AbortController().signal,
    nowMs: () => performance.now(),
    ...changes,
  };
}

interface Outcome {
  readonly losses: readonly number[];
  readonly testErrors: readonly number[];
  readonly bytes: Uint8Array;
  readonly errorByEpoch: ErrorByEpoch | undefined;
}

async function trained(
  changes: Partial<TrainOnWorkersDeps> = {},
  onStep: (step: number) => void = () => undefined,
): Promise<Outcome> {
  const losses: number[] = [];
  const testErrors: number[] = [];
  let bytes: Uint8Array = new Uint8Array();
  let errorByEpoch: ErrorByEpoch | undefined;
  for await (const event of trainOnWorkers(setup, deps(changes))) {
    if (event.type === "step") {
      losses.push(event.loss);
      onStep(event.step);
      continue;
    }
    testErrors.push(event.testError);
    if (event.type === "finished") ({ bytes, errorByEpoch } = event);
  }
  return { losses, testErrors, bytes, errorByEpoch };
}

/** Threads that can be killed. */
function mortals(): { spawn: () => WorkerPort; killOne: () => void; started: () => number } {
  const alive: { port: WorkerPort; broken: (reason: string) => void }[] = [];
  let started = 0;
  return {
    started: () => started,
    spawn() {
      started++;
      const port = spawnThread();
      return {
        ...port,
        onBreak(receive) {
          alive.push({ port, broken: receive });
          port.onBreak(receive);
        },
      };
    },
    killOne() {
      const killed = alive.shift();
      killed?.port.terminate();
      killed?.broken("killed");
    },
  };
}

test(
  "two threads, a killed one and a resumed training give one thread's network, to the byte",
  async () => {
    const whole = await trained();
    expect(whole.losses).toHaveLength(16);
    expect(whole.testErrors).toHaveLength(2);
    expect(whole.errorByEpoch).toMatchObject({ images: 2_000 });
    expect(whole.errorByEpoch?.errors).toHaveLength(2);
    expect(whole.errorByEpoch?.errors[0]).toBe(whole.testErrors[0]);
    // On 2,000 of the 10,000 test images that the other is measured on.
    expect(whole.errorByEpoch?.errors[1]).toBeCloseTo(whole.testErrors[1] ?? NaN, 1);
    expect(whole.losses.at(-1)).toBeLessThan(whole.losses[0] ?? NaN);
    const { architecture } = readNetworkFile(whole.bytes, "trained");
    expect(architecture).toEqual(setup.recipe.architecture);
    expect(JSON.parse(metadataOf(whole.bytes, "trained").get("training") ?? "")).toEqual(spec);

    const threads = mortals();
    const bumpy = await trained({ workers: 2, spawn: threads.spawn }, (step) => {
      if (step === 5) threads.killOne();
    });
    expect(threads.started()).toBe(3);
    expect(bumpy).toEqual(whole);

    // Stopped in the second epoch, with the checkpoint of the first one's end.
    const { checkpoints } = memoryStore();
    const stop = new AbortController();
    const stopped = trained({ checkpoints, signal: stop.signal }, (step) => {
      if (step === 11) stop.abort();
    });
    await expect(stopped).rejects.toMatchObject({ code: "cancelled" });
    const resumed = await trained({ checkpoints });
    expect(resumed.losses).toEqual(whole.losses.slice(8));
    expect(resumed.bytes).toEqual(whole.bytes);
    expect(resumed.errorByEpoch).toEqual(whole.errorByEpoch);
    expect(await checkpoints.get("a training")).toBeUndefined();
  },
  zooTimeoutMs,
);

test(
  "where the error of an epoch is not known, none is given",
  { timeout: zooTimeoutMs },
  async () => {
    const { checkpoints } = memoryStore();
    let earlier: ResumePoint | undefined;
    const noted: CheckpointStore = {
      ...checkpoints,
      async put(key, point) {
        if ("step" in point && point.step === 8) earlier = point;
        await checkpoints.put(key, point);
      },
    };
    await trained({ checkpoints: noted });
    if (!earlier) throw new Error("no checkpoint at the end of the first epoch");
    // As an earlier version kept it, within the second epoch.
    const { errors: _, ...point } = { ...earlier, step: 12 };
    await checkpoints.put("a training", point);
    const resumed = await trained({ checkpoints });
    expect(resumed.losses).toHaveLength(4);
    expect(resumed.errorByEpoch).toBeUndefined();
  },
);

test("a training whose threads die again and again ends with an error", async () => {
  const spawn = (): WorkerPort => {
    const port = spawnThread();
    return {
      ...port,
      onBreak(receive) {
        port.terminate();
        queueMicrotask(() => receive("killed"));
      },
    };
  };
  await expect(trained({ spawn })).rejects.toMatchObject({
    code: "backend",
    input: "training",
    found: "3 lost in a row (killed)",
  });
});

test("a paused training stands still, and ends the same", { timeout: zooTimeoutMs }, async () => {
  const pause = createPauseSignal();
  let steps = 0;
  const running = trained({ pause }, (step) => {
    steps = step;
    if (step === 3) pause.set(true);
  });
  await expect.poll(() => steps, { timeout: 60_000 }).toBe(3);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(steps).toBe(3);
  pause.set(false);
  expect((await running).losses).toHaveLength(16);
});

test(
  "a snapshot is the network of a training that ends there; a stopped training keeps its weights and resumes",
  { timeout: zooTimeoutMs },
  async () => {
    const early: TrainingSpec = { ...spec, stop: 1 };
    const short = { ...setup, recipe: recipeOf(early, data) };
    const metadata: TrainOnWorkersDeps["metadata"] = (step, stepsPerEpoch) =>
      trainingMetadata(early, step, stepsPerEpoch);
    let ended: Uint8Array | undefined;
    for await (const event of trainOnWorkers(short, deps({ metadata }))) {
      if (event.type === "step") expect(event.steps).toBe(8);
      else if (event.type === "finished") ended = event.bytes;
    }

    const stop = new AbortController();
    const { checkpoints } = memoryStore();
    let snapshot: Uint8Array | undefined;
    let stopped: Extract<NetworkTrainingEvent, { type: "finished" }> | undefined;
    const changes = { snapshots: [1], stop: stop.signal, checkpoints };
    for await (const event of trainOnWorkers(setup, deps(changes))) {
      if (event.type === "step" && event.step === 11) stop.abort();
      if (event.type === "epoch") snapshot = event.bytes;
      if (event.type === "finished") stopped = event;
    }
    expect(snapshot).toEqual(ended);
    expect(stopped).toMatchObject({ step: 11, steps: 16 });
    expect(stopped && metadataOf(stopped.bytes, "stopped").get("steps")).toBe("11");
    const wrong = stopped?.answers.wrong.reduce((sum, flag) => sum + flag, 0) ?? NaN;
    expect(wrong / 10_000).toBe(stopped?.testError);
    const resumed = await trained({ checkpoints });
    expect(resumed.losses).toHaveLength(5);
    expect(resumed.bytes).toEqual((await trained()).bytes);
  },
);
