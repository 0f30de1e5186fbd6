/** A stitch task, with a larger kernel, without, and pruned, as a worker executes it. */
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { imageBatch } from "../../../src/core/data/images";
import type { ClosedFormSums } from "../../../src/core/similarity/sums";
import { networksAtSites, type PairedNetworks } from "../../../src/core/nets/sites";
import { stitchOnDevice } from "../../../src/core/stitch/device-stitch";
import { leastSquares } from "../../../src/core/stitch/families/least-squares";
import { fromAffine, standardised, toAffine } from "../../../src/core/stitch/parameters";
import { singularValues } from "../../../src/core/stitch/spectrum";
import { tf } from "../../../src/core/tensor/tf";
import { computeStitch } from "../../../src/engine/host/compute-stitch";
import type { Pool } from "../../../src/engine/host/pool";
import {
  parsedResult,
  taskCheckpointSchema,
  workerResultSchema,
  type TaskCheckpoint,
} from "../../../src/engine/kinds/registry";
import type { StitchResult } from "../../../src/engine/kinds/stitch";
import { usualMemory } from "../../../src/engine/memory";
import type { WorkerContext } from "../../../src/engine/worker/tasks/context";
import { executeTask } from "../../../src/engine/worker/tasks/execute";
import { paperRate } from "../../../src/experiment/protocol";
import type { StitchTask } from "../../../src/experiment/plan/task";
import { useBackend } from "../backend";
import { cifarImages, tinyNetwork, type TinyId } from "../fixtures";

const testImages = 200;
/**
 * Of two epochs of two steps each, of having trained, of scoring two batches, and of having scored
 * them.
 */
const kept = 2 * 2 + 1 + 2 + 1;
const hash = "0".repeat(64);
const kernelTask: StitchTask = {
  type: "stitch",
  bottom: hash,
  top: hash,
  site: 2,
  training: "paper",
  epochs: 2,
  seed: 1,
  train: { split: "train", count: 256, shards: [hash] },
  test: { split: "test", count: testImages, shards: [hash] },
  side: 3,
};

let pair: PairedNetworks;
const owned: { dispose(): void }[] = [];

beforeAll(() => useBackend("wasm"));
beforeEach(() => {
  pair = { bottom: network("tiny-b"), top: network("tiny-a") };
});
afterEach(() => {
  for (const each of owned.splice(0)) each.dispose();
});

function network(id: TinyId): PairedNetworks["top"] {
  const made = tinyNetwork(id);
  owned.push(made);
  return made;
}

const context: WorkerContext = {
  memory: usualMemory,
  nameOf: (sha256) => sha256,
  network: () => Promise.reject(new Error("not asked for")),
  half: () => Promise.reject(new Error("not asked for")),
  pair: () => Promise.resolve(pair),
  images: ({ split, count }) => Promise.resolve(cifarImages(split, count)),
};

/** Of all taps, over the training images. */
async function closedForm({
  bottom,
  top,
  train: images,
}: StitchTask): Promise<readonly ClosedFormSums[]> {
  const task = { type: "closed-form" as const, bottom, top, images, first: 0, end: images.count };
  for await (const event of executeTask(task, [], undefined, context, () => 0)) {
    if (event.type === "result" && event.result.type === "closed-form") {
      return event.result.sums.flatMap((sum) => sum ?? []);
    }
  }
  throw new Error("no sums");
}

interface Ending {
  readonly result: StitchResult;
  /** As each comes back from the browser's storage. */
  readonly checkpoints: TaskCheckpoint[];
}

/** The sums of a pair do not depend on the stitch, so each pair's are computed once. */
const sumsOf = new WeakMap<PairedNetworks, ReturnType<typeof closedForm>>();

async function executed(task: StitchTask, from?: TaskCheckpoint): Promise<Ending> {
  const known = sumsOf.get(pair) ?? closedForm(task);
  sumsOf.set(pair, known);
  const sums = (await known)[task.site];
  const checkpoints: TaskCheckpoint[] = [];
  const ended = await computeStitch(task, sums ? [sums] : [], from, poolOfOne, {
    progress: () => undefined,
    checkpoint(checkpoint) {
      checkpoints.push(taskCheckpointSchema.parse(structuredClone(checkpoint)));
    },
  });
  const result = parsedResult(task, structuredClone(ended));
  if (!result) throw new Error("a result that does not parse");
  if (result.type === "stitch-failure") throw new Error(`${result.reason}: ${result.found}`);
  return { result, checkpoints };
}

/** A worker in this thread, which keeps a checkpoint after every step. */
const poolOfOne: Pool = {
  warm: () => Promise.resolve(),
  adapter: () => null,
  close: () => undefined,
  async run({ task, sums, from }, listener) {
    const sent = structuredClone(task);
    for await (const event of executeTask(sent, sums, from, context, () => 0)) {
      if (event.type === "result") return workerResultSchema.parse(structuredClone(event.result));
      listener.progress(event.fraction, event.activity, 0);
      listener.checkpoint(taskCheckpointSchema.parse(structuredClone(await event.checkpoint())));
    }
    throw new Error("no result");
  },
};

/** The stitched network's mistakes on the test images, not by the engine. */
async function mistakesWith({ stitch }: StitchResult): Promise<number[]> {
  const images = cifarImages("test", testImages);
  const indices = Uint32Array.from({ length: testImages }, (_, k) => k);
  const device = stitchOnDevice(stitch);
  const guesses = tf.tidy(() => {
    const x = pair.bottom.bottom(imageBatch(images, indices), kernelTask.site);
    return tf.argMax(pair.top.top(device.apply(x), kernelTask.site), 1);
  });
  const guessed = await guesses.data();
  device.dispose();
  guesses.dispose();
  return Array.from(images.labels, (label, k) => Number(guessed[k] !== label));
}

test("is trained and scored, and its result can be stored", async () => {
  const { result } = await executed(kernelTask);
  expect(result.stitch).toMatchObject({ source: 8, target: 8, side: 3 });
  expect(result.stitch.weight).toHaveLength(9 * 8 * 8);
  expect(result).toMatchObject({ steps: 4, refinement: null });
  expect([...(result.wrong ?? [])]).toEqual(await mistakesWith(result));
});

test("without a side is the 1×1 stitch, whose result names no kernel", async () => {
  const { side, ...plain } = kernelTask;
  expect(side).toBe(3);
  const { stitch } = (await executed(plain)).result;
  expect(stitch).not.toHaveProperty("side");
  expect(stitch.weight).toHaveLength(8 * 8);
});

test("ends bit for bit the same wherever it is interrupted", async () => {
  const { result, checkpoints } = await executed(kernelTask);
  expect(checkpoints).toHaveLength(kept);
  for (const checkpoint of checkpoints) {
    expect((await executed(kernelTask, checkpoint)).result).toEqual(result);
  }
});

test("keeps every answer and the whole loss curve", async () => {
  const { result } = await executed(kernelTask);
  const { labels } = cifarImages("test", testImages);
  const fromAnswers = Array.from(labels, (label, k) => Number(result.predicted?.[k] !== label));
  expect(fromAnswers).toEqual([...(result.wrong ?? [])]);
  expect(result.lossCurve?.steps).toBe(4);
  const lastEpoch = [...(result.lossCurve?.sums ?? [])].slice(2);
  expect(lastEpoch.reduce((sum, loss) => sum + loss, 0) / 2).toBe(result.finalTrainLoss);
});

test("resumed from a checkpoint of an older version, is scored again and has no loss curve", async () => {
  const { result, checkpoints } = await executed(kernelTask);
  const { lossCurve, ...older } = result;
  expect(lossCurve).toBeDefined();
  const last = checkpoints[3];
  if (last?.type !== "training") throw new Error("not trained");
  const { type, training, seconds } = last;
  const trained = { scored: 128, wrong: new Uint8Array(testImages) };
  const from: TaskCheckpoint = { type, training, seconds, trained };
  expect((await executed(kernelTask, from)).result).toEqual(older);
});

test("resumes scoring without training again", async () => {
  const { checkpoints } = await executed(kernelTask);
  const half = checkpoints[5];
  if (half?.type !== "trained" || half.parts[0]?.scored !== 128) throw new Error("not half scored");
  // Flags that no scoring gives show that the first half was not scored again.
  const wrong = half.parts[0].wrong.map((flag, image) => (image < 128 ? 1 - flag : flag));
  const from: TaskCheckpoint = { ...half, parts: [{ ...half.parts[0], wrong }] };
  const { result, checkpoints: after } = await executed(kernelTask, from);
  expect(after.every(({ type }) => type === "trained")).toBe(true);
  expect([...(result.wrong ?? [])].slice(0, 128)).toEqual([...wrong.subarray(0, 128)]);
});

describe("a refinement", () => {
  const refined: StitchTask = {
    ...kernelTask,
    side: undefined,
    training: "refinement",
    epochs: 6,
    train: { ...kernelTask.train, count: 1_000 },
  };

  test("ends with the same loss curve wherever it is interrupted", async () => {
    const { result, checkpoints } = await executed(refined);
    expect(result.lossCurve?.steps).toBe(result.steps);
    for (const [at, checkpoint] of checkpoints.entries()) {
      if (at % 5 !== 0) continue;
      expect((await executed(refined, checkpoint)).result).toEqual(result);
    }
  });
});

test("does not resume from a checkpoint of another kernel", async () => {
  const { checkpoints } = await executed({ ...kernelTask, side: 5 });
  const { result } = await executed(kernelTask);
  expect((await executed(kernelTask, checkpoints[1])).result).toEqual(result);
});

test("leaves no tensor behind", async () => {
  await executed(kernelTask);
  const before = tf.memory().numTensors;
  await executed(kernelTask);
  expect(tf.memory().numTensors).toBe(before);
});

describe("from least squares", () => {
  const fromLeastSquares: StitchTask = { ...kernelTask, training: "refinement" };

  test("starts from the 1×1 stitch at the kernel's centre", async () => {
    const { result } = await executed(fromLeastSquares);
    const moments = (await closedForm(fromLeastSquares))[fromLeastSquares.site]?.moments;
    if (!moments) throw new Error("no moments");
    const start = fromAffine(leastSquares(moments), moments);
    const { weight } = result.stitch;
    const size = 8 * 8;
    // Adam moves a number by its rate in a step, at most; by four, and what rounding adds.
    const reach = result.steps * paperRate * 1.5;
    const around = weight.filter((_, at) => Math.floor(at / size) !== 4);
    expect(Math.max(...around.map(Math.abs))).toBeLessThan(reach);
    const centre = weight.subarray(4 * size, 5 * size);
    expect(Math.max(...start.weight.map(Math.abs))).toBeGreaterThan(10 * reach);
    expect(
      Math.max(...centre.map((value, at) => Math.abs(value - (start.weight[at] ?? NaN)))),
    ).toBeLessThan(reach);
  });

  test("ends bit for bit the same wherever it is interrupted", async () => {
    const { result, checkpoints } = await executed(fromLeastSquares);
    for (const checkpoint of checkpoints) {
      expect((await executed(fromLeastSquares, checkpoint)).result).toEqual(result);
    }
  });

  test("differs from the stitch trained from random weights", async () => {
    const { stitch } = (await executed(fromLeastSquares)).result;
    expect(stitch).toMatchObject({ source: 8, target: 8, side: 3 });
    expect(stitch.weight).not.toEqual((await executed(kernelTask)).result.stitch.weight);
  });
});

describe("a sparse stitch", () => {
  const { side: _, ...plain } = kernelTask;
  const sparse: StitchTask = { ...plain, epochs: 4, share: 0.3 };
  const nonZeros = ({ stitch }: StitchResult): number =>
    stitch.weight.filter((value) => value !== 0).length;

  test.each(["paper", "refinement"] as const)(
    "of training “%s” ends bit for bit the same wherever it is interrupted",
    async (training) => {
      const { result, checkpoints } = await executed({ ...sparse, training });
      // ⌈0.3 · 64⌉
      expect(nonZeros(result)).toBe(20);
      expect(result).toMatchObject({ steps: 8, refinement: null });
      expect([...(result.wrong ?? [])]).toEqual(await mistakesWith(result));
      for (const checkpoint of checkpoints) {
        expect((await executed({ ...sparse, training }, checkpoint)).result).toEqual(result);
      }
    },
  );

  test("with all of its connections is the paper's stitch, byte for byte", async () => {
    const { result } = await executed({ ...sparse, share: 1 });
    const { share, ...affine } = sparse;
    expect(share).toBe(0.3);
    expect(result).toEqual((await executed(affine)).result);
  });

  test("does not resume from a checkpoint of another share", async () => {
    const { checkpoints } = await executed({ ...sparse, share: 0.5 });
    const { result } = await executed(sparse);
    expect((await executed(sparse, checkpoints[4])).result).toEqual(result);
  });

  test("from least squares starts as the same map, in units of its outputs' deviations", async () => {
    const moments = (await closedForm(sparse))[sparse.site]?.moments;
    if (!moments) throw new Error("no moments");
    const start = fromAffine(leastSquares(moments), moments);
    const scaled = standardised(start);
    const [expected, found] = [toAffine(start), toAffine(scaled)];
    const most = Math.max(...expected.weight.map(Math.abs));
    expected.weight.forEach((value, at) =>
      expect(Math.abs((found.weight[at] ?? NaN) - value)).toBeLessThan(1e-5 * most),
    );
    // wᵀ Corr(x) w: the variance of each output on the training images.
    const { count, xx } = moments;
    const deviation = (i: number): number => Math.sqrt((xx[i * 8 + i] ?? NaN) / count + 1e-5);
    for (let j = 0; j < 8; j++) {
      let variance = 0;
      for (let i = 0; i < 8; i++) {
        for (let k = 0; k < 8; k++) {
          const covariance = (xx[i * 8 + k] ?? NaN) / count / deviation(i) / deviation(k);
          variance +=
            (scaled.weight[i * 8 + j] ?? NaN) * (scaled.weight[k * 8 + j] ?? NaN) * covariance;
        }
      }
      expect(variance).toBeGreaterThan(0.99);
      expect(variance).toBeLessThan(1.01);
    }
  });
});

describe("a stitch of trained rank", () => {
  const { side: _, ...plain } = kernelTask;

  test.each(["paper", "refinement"] as const)(
    "of training “%s” ends bit for bit the same wherever it is interrupted",
    async (training) => {
      const task: StitchTask = { ...plain, training, rank: 3 };
      const { result, checkpoints } = await executed(task);
      const values = singularValues(result.stitch.weight, 8, 8);
      expect(values[2]).toBeGreaterThan(1e-3);
      expect(values[3]).toBeLessThan(1e-5);
      expect([...(result.wrong ?? [])]).toEqual(await mistakesWith(result));
      for (const checkpoint of checkpoints) {
        expect((await executed(task, checkpoint)).result).toEqual(result);
      }
    },
  );

  test("beyond the channels has no limit", async () => {
    const { result } = await executed({ ...plain, rank: 500 });
    expect(result.stitch.weight).toHaveLength(64);
  });
});

describe("between tokens", () => {
  const cells = Array.from({ length: 3 }, (_, index) => ({ bottomTap: index, topTap: index }));

  test("is refused between transformers", async () => {
    pair = { bottom: network("tiny-vit-b"), top: network("tiny-vit-a") };
    await expect(executed(kernelTask)).rejects.toThrow(/^no-such-stitch: .*found 17 tokens$/);
  });

  test("is refused where maps become tokens", async () => {
    pair = networksAtSites(network("tiny-b"), network("tiny-vit-a"), cells);
    await expect(executed(kernelTask)).rejects.toThrow(/^no-such-stitch: /);
  });

  test("a sparse stitch is trained between transformers", async () => {
    pair = { bottom: network("tiny-vit-b"), top: network("tiny-vit-a") };
    const { side: _, ...plain } = kernelTask;
    const { result } = await executed({ ...plain, site: 1, share: 0.01 });
    const { source, target, weight } = result.stitch;
    expect(weight.filter((value) => value !== 0)).toHaveLength(Math.ceil(0.01 * source * target));
  });

  test("is trained where tokens become a map", async () => {
    pair = networksAtSites(network("tiny-vit-b"), network("tiny-a"), cells);
    const { result } = await executed(kernelTask);
    expect(result.stitch).toMatchObject({ source: 24, target: 8, side: 3 });
    expect([...(result.wrong ?? [])]).toEqual(await mistakesWith(result));
  });
});
