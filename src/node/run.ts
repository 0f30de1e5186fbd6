/** Runs an experiment on threads of this process. */
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { dataManifestSchema } from "../core/data/manifest";
import { noLocks } from "../engine/host/locks";
import { runExperiment, type RunDeps } from "../engine/host/run";
import type { ModelFile } from "../engine/messages";
import { createPauseSignal } from "../engine/pause-signal";
import type { ExperimentEvent } from "../experiment/events";
import type { BackendName, Report } from "../experiment/report";
import type { Spec } from "../experiment/spec";
import { type DiskStore, memoryStore } from "./stores";
import { fileAssets, readJson } from "./files";
import { spawnThread } from "./spawn-thread";

export interface RunOptions {
  /** The networks that the spec names; `readModel` reads one from a file. */
  readonly models: readonly ModelFile[];
  /** Folder of the data set, as `prepareCifar10` writes it. */
  readonly data: string;
  /** `wasm`, `cpu` or `webgpu` (through the package `webgpu`); `wasm` by default. */
  readonly backend?: BackendName;
  /** Most threads at a time; one per core by default, one on a GPU. */
  readonly workers?: number | undefined;
  /** Bytes of tensors, weights and sums, besides what threads take to start; 1.5 GB by default. */
  readonly memoryBytes?: number | undefined;
  /** Keeps results and checkpoints; by default they last as long as the run. */
  readonly store?: DiskStore | undefined;
  /** The only part of the experiment to compute, without a report; by default all. */
  readonly only?: "similarity" | "probes" | undefined;
  /** Aborting it stops every thread at once. */
  readonly signal?: AbortSignal;
}

/**
 * Runs an experiment and returns its report.
 *
 * @throws LabError naming what went wrong; `cancelled` when `signal` aborts
 */
export async function run(spec: Spec, options: RunOptions): Promise<Report> {
  for await (const event of runEvents(spec, options)) {
    if (event.type === "finished") return event.report;
  }
  throw new Error("the experiment ended without a report");
}

/**
 * Runs an experiment and yields its events: progress, results as they arrive, the report.
 *
 * @throws as `run` does
 */
export async function* runEvents(
  spec: Spec,
  { models, data, backend = "wasm", workers, memoryBytes, store, only, signal }: RunOptions,
): AsyncGenerator<ExperimentEvent> {
  yield* runExperiment(spec, {
    ...nodeDeps(),
    ...store,
    models,
    data: await readJson(join(data, "manifest.json"), dataManifestSchema),
    dataFolder: `${data}/`,
    backend,
    only,
    workers: workers ?? (backend === "webgpu" ? 1 : availableParallelism()),
    memoryBytes,
    signal: signal ?? new AbortController().signal,
  });
}

/**
 * Returns what an experiment needs in Node but for its networks and data, with an empty store in
 * memory.
 */
export function nodeDeps(): Omit<
  RunDeps,
  "models" | "data" | "dataFolder" | "backend" | "workers" | "signal"
> {
  return {
    ...memoryStore(),
    locks: noLocks,
    pause: createPauseSignal(),
    assets: fileAssets(),
    spawn: spawnThread,
    nowMs: () => performance.now(),
  };
}
