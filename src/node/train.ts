/** Trains a network on threads of this process. */
import { availableParallelism } from "node:os";
import { performance } from "node:perf_hooks";
import type { DataManifest } from "../core/data/manifest";
import type { CheckpointStore } from "../engine/host/checkpoint-store";
import { trainOnWorkers, type NetworkTrainingEvent } from "../engine/host/training/train-network";
import { createPauseSignal } from "../engine/pause-signal";
import type { BackendName } from "../experiment/report";
import {
  recipeOf,
  trainingKey,
  trainingMetadata,
  type TrainingSpec,
} from "../experiment/training/spec";
import { spawnThread } from "./spawn-thread";
import { memoryStore } from "./stores";

export interface TrainOptions {
  readonly data: DataManifest;
  /** Folder of the data set. */
  readonly folder: string;
  readonly backend: BackendName;
  /** Most threads at a time; one per core by default, one on a GPU. */
  readonly workers?: number | undefined;
  /** Keeps a checkpoint; by default it lasts as long as the process. */
  readonly checkpoints?: CheckpointStore | undefined;
  readonly signal: AbortSignal;
}

/** @throws as `trainOnWorkers` does; LabError `bad-input` for images without classes */
export function train(
  spec: TrainingSpec,
  { data, folder, backend, workers, checkpoints, signal }: TrainOptions,
): AsyncGenerator<NetworkTrainingEvent> {
  const setup = {
    backend,
    recipe: recipeOf(spec, data),
    data,
    dataFolder: `${folder}/`,
    trainImages: spec.trainImages,
    skip: spec.skip,
    randomLabels: spec.randomLabels,
  };
  return trainOnWorkers(setup, {
    spawn: spawnThread,
    workers: workers ?? (backend === "webgpu" ? 1 : availableParallelism()),
    key: trainingKey(spec, data, backend),
    metadata: (step, stepsPerEpoch) => trainingMetadata(spec, step, stepsPerEpoch),
    checkpoints: checkpoints ?? memoryStore().checkpoints,
    pause: createPauseSignal(),
    signal,
    nowMs: () => performance.now(),
  });
}
