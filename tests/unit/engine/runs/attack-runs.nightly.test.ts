/**
 * Whole experiments with networks whose weights are finite, enormous numbers: each ends with a report
 * or with an error that names something, never with a defect or not at all.
 */
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type { DataManifest } from "../../../../src/core/data/manifest";
import { LabError } from "../../../../src/core/errors";
import type { Architecture } from "../../../../src/core/nets/architecture-schema";
import { sha256Hex } from "../../../../src/core/weights/hash";
import { runExperiment } from "../../../../src/engine/host/run";
import type { ModelFile, WorkerPort } from "../../../../src/engine/messages";
import { serve } from "../../../../src/engine/worker/serve";
import { protocolNames } from "../../../../src/experiment/protocol";
import { defaultSpec } from "../../../../src/experiment/spec";
import { nodeDeps } from "../../../../src/node/run";
import { useBackend } from "../../backend";
import { networkFile, randomState, scaled } from "../../core/weights/network-files";
import { randomImages } from "../../fixtures";
import { cifar10Form } from "../../../../src/core/data/cifar10";
import { nightlySeed } from "../../nightly";

const seed = nightlySeed("runs of damaged networks");
const cases = 60;

beforeAll(() => useBackend("wasm"));

/** Three batches to train on, and a batch and a part of one to score. */
const counts = { train: 400, test: 150 };
const shard = (split: "train" | "test") => ({
  file: split,
  sha256: sha256Hex(split),
  images: counts[split],
});
const data: DataManifest = {
  version: 2,
  name: "noise",
  source: "none",
  ...cifar10Form,
  imagesPerShard: counts.train,
  train: [shard("train")],
  test: [shard("test")],
};
const shards = new Map(
  (["train", "test"] as const).map((split) => {
    const { labels, pixels } = randomImages(counts[split]);
    return [
      sha256Hex(split),
      new Uint8Array(Buffer.concat([Uint8Array.from(labels), pixels])),
    ] as const;
  }),
);

/** A worker in this thread, whose messages are copied as between threads. */
function workerHere(files: ReadonlyMap<string, Uint8Array>): WorkerPort {
  let receive: (message: unknown) => void = () => undefined;
  let stopped = false;
  const toWorker = serve({
    send(message) {
      const copy: unknown = structuredClone(message);
      queueMicrotask(() => {
        if (!stopped) receive(copy);
      });
    },
    assets: {
      read: ({ sha256 }) => Promise.resolve(files.get(sha256) ?? new Uint8Array()),
    },
    startBackend: (backend) => Promise.resolve({ backend, adapter: null, software: false }),
    probe: () => Promise.reject(new Error("not asked for")),
    nowMs: () => performance.now(),
  });
  return {
    post: (message) => toWorker(structuredClone(message)),
    onMessage(listener) {
      receive = listener;
    },
    onBreak: () => undefined,
    terminate() {
      stopped = true;
    },
  };
}

const architectures: readonly Architecture[] = [
  { family: "myrtle", width: 2 },
  { family: "resnet", blocks: [1, 1, 1], width: 2 },
  { family: "vit", dim: 8, depth: 2, heads: 2, patch: 16 },
];

const experiment = fc.record({
  architecture: fc.constantFrom(...architectures),
  /** Which parameters are enlarged, and how much. */
  top: fc.record({ names: fc.nat(6), exponent: fc.double({ min: -20, max: 37, noNaN: true }) }),
  bottom: fc.record({ names: fc.nat(6), exponent: fc.double({ min: -20, max: 37, noNaN: true }) }),
  protocol: fc.constantFrom(...protocolNames),
  site: fc.nat(2),
});
type Experiment = typeof experiment extends fc.Arbitrary<infer T> ? T : never;

const patterns = [
  /^$/,
  /^(conv|blocks\.0)/,
  /(conv[234]|fc1|conv2)\.weight$/,
  /^layer2/,
  /weight$/,
  /bias$/,
  /^(fc|head)/,
];

const isFinite32 = (value: number): boolean => Number.isFinite(Math.fround(value));

function modelOf(
  id: string,
  architecture: Architecture,
  { names, exponent }: Experiment["top"],
): { model: ModelFile; bytes: Uint8Array } {
  const state = randomState(architecture, id === "top" ? 1 : 2);
  const enlarged = scaled(state, patterns[names] ?? /^$/, 10 ** exponent);
  // Weights that overflow themselves are refused before any run.
  const sound = [...enlarged.values()].every(({ values }) => values.every(isFinite32));
  const bytes = networkFile(sound ? enlarged : state);
  const sha256 = sha256Hex(bytes);
  return { model: { id, sha256, architecture, path: id }, bytes };
}

async function outcomeOf({ architecture, protocol, site, ...networks }: Experiment) {
  const top = modelOf("top", architecture, networks.top);
  const bottom = modelOf("bottom", architecture, networks.bottom);
  const files = new Map<string, Uint8Array>(shards);
  for (const { model, bytes } of [top, bottom]) files.set(model.sha256, bytes);
  const spec = {
    ...defaultSpec("top", "bottom", protocol),
    trainImages: counts.train,
    testImages: counts.test,
    epochs: 1,
    sites: [site],
  };
  const deps = {
    ...nodeDeps(),
    models: [top.model, bottom.model],
    data,
    dataFolder: "",
    backend: "wasm" as const,
    workers: 1,
    signal: new AbortController().signal,
    assets: { read: () => Promise.resolve(new Uint8Array()) },
    spawn: () => workerHere(files),
  };
  for await (const event of runExperiment(spec, deps)) {
    if (event.type === "finished") return event.report.curves[0];
  }
  throw new Error("an experiment that ended without a report");
}

test(`${cases} experiments with enormous weights each end with a report or an error (STITCH_LAB_SEED=${seed})`, async () => {
  const ends = { stitched: 0, failed: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(experiment, async (one) => {
      try {
        const { sites } = await outcomeOf(one);
        ends[sites.length > 0 ? "stitched" : "failed"]++;
      } catch (thrown) {
        if (!(thrown instanceof LabError) || thrown.code === "unexpected") throw thrown;
        ends.refused++;
      }
    }),
    { numRuns: cases, seed, endOnFailure: true },
  );
  // The weights are neither harmless nor hopeless.
  expect(ends.stitched).toBeGreaterThan(0);
  expect(ends.failed + ends.refused).toBeGreaterThan(0);
});
