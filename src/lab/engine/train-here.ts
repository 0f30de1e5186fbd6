/** Trains a network in this page's workers, and keeps it with its snapshots. */
import { shardsFor } from "../../core/data/manifest";
import { sha256Hex } from "../../core/weights/hash";
import type { AssetSource } from "../../engine/assets";
import type { CheckpointStore } from "../../engine/host/checkpoint-store";
import { trainOnWorkers } from "../../engine/host/training/train-network";
import type { SpawnWorker } from "../../engine/messages";
import type { NetworkTrainingSetup } from "../../engine/network-training";
import type { DataSource } from "../../engine/user-data-set";
import { userModelRef, type ModelStore, type StoredModel } from "../../engine/user-model";
import { cancelled } from "../../experiment/events";
import { trainingRef } from "../../experiment/training/ref";
import {
  numericsVersion,
  recipeOf,
  trainingBackend,
  trainingKey,
  trainingMetadata,
  trainingUpTo,
  type TrainingSpec,
} from "../../experiment/training/spec";
import { titleOfTraining } from "../format/training-title";
import type { PageTrainingEvent, TrainControl } from "./engine-types";
import { workerCount } from "./worker-count";

type TrainedHere = NonNullable<StoredModel["trained"]>;

interface Deps extends DataSource {
  readonly networks: ModelStore;
  readonly checkpoints: CheckpointStore;
  readonly assets: AssetSource;
  readonly spawn: SpawnWorker;
}

/** Early networks that are kept: an early self can be stitched below the final one. */
export const snapshotEpochs: readonly number[] = [1, 3, 10, 30, 100, 300];

/** @throws LabError as `trainOnWorkers` does */
export async function* trainHere(
  spec: TrainingSpec,
  { signal, stop, pause }: TrainControl,
  { networks, checkpoints, assets, spawn, data, dataFolder }: Deps,
): AsyncGenerator<PageTrainingEvent> {
  const ref = trainingRef(spec);
  const known = (await networks.list()).find((network) => userModelRef(network) === ref);
  if (known) {
    yield { type: "known", network: known };
    return;
  }
  const recipe = recipeOf(spec, data);
  const setup: NetworkTrainingSetup = {
    ...{ backend: trainingBackend, recipe, data, dataFolder },
    trainImages: spec.trainImages,
    skip: spec.skip,
    randomLabels: spec.randomLabels,
  };
  const stepsPerEpoch = Math.floor(spec.trainImages / spec.batchSize);
  let steps = 0;
  // The page stores what it reads: workers, and a training that resumes offline, find it here.
  for (const entry of [
    ...shardsFor(data.train, (spec.skip ?? 0) + spec.trainImages),
    ...data.test,
  ]) {
    if (signal.aborted) throw cancelled();
    await assets.read({ path: dataFolder + entry.file, sha256: entry.sha256 });
  }

  const keep = (
    bytes: Uint8Array,
    step: number,
    score: Pick<TrainedHere, "testError" | "testImages" | "errorByEpoch">,
  ): Promise<StoredModel> => {
    const ended = trainingUpTo(spec, step, stepsPerEpoch);
    const trained = {
      ref: trainingRef(ended ?? spec),
      isNamed: ended !== undefined,
      numerics: numericsVersion,
      share: Math.min(1, step / steps),
      ...score,
    };
    const { architecture } = recipe;
    const name = trainedName(spec, step, stepsPerEpoch);
    const about = { sha256: sha256Hex(bytes), sizeBytes: bytes.byteLength, name };
    return networks.put({ ...about, architecture, trained }, bytes);
  };

  const events = trainOnWorkers(setup, {
    ...{ spawn, checkpoints, signal, stop, pause },
    workers: workerCount(trainingBackend),
    key: trainingKey(spec, data, trainingBackend),
    metadata: (step, each) => trainingMetadata(spec, step, each),
    snapshots: snapshotEpochs,
    nowMs: () => performance.now(),
  });
  for await (const event of events) {
    switch (event.type) {
      case "step":
        steps = event.steps;
        yield event;
        break;
      case "epoch": {
        const { epoch, testError, testImages, bytes } = event;
        const score = { testError, testImages };
        const snapshot = bytes && (await keep(bytes, epoch * stepsPerEpoch, score));
        yield { type: "epoch", epoch, ...score, ...(snapshot && { snapshot }) };
        break;
      }
      case "finished": {
        const { bytes, step, testError, testImages, answers, errorByEpoch } = event;
        steps = event.steps;
        const learned = errorByEpoch && { errorByEpoch };
        const network = await keep(bytes, step, { testError, testImages, ...learned });
        yield { type: "finished", network, step, steps, testError, testImages, answers };
        break;
      }
      default:
        event satisfies never;
    }
  }
}

/** "ResNet-18, 4 filters, 10,000 images, seed 0, epoch 3 of 10" */
function trainedName(spec: TrainingSpec, step: number, stepsPerEpoch: number): string {
  const { stop: _, ...whole } = spec;
  const ended = trainingUpTo(spec, step, stepsPerEpoch);
  if (ended) return titleOfTraining(ended);
  const share = step / (stepsPerEpoch * Math.max(1, spec.epochs));
  return `${titleOfTraining(whole)}, stopped at ${Math.round(100 * share)}%`;
}
