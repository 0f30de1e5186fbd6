/**
 * Trains a network on several workers. Each computes gradients of parts of a batch; sums and updates
 * are taken here, in the parts' order: the network does not depend on how many workers there are,
 * and a worker that is lost costs no more than the part that it computed.
 */
import { joinedClasses } from "../../../core/data/form";
import { imagesIn } from "../../../core/data/manifest";
import type { PartGradient, Weights } from "../../../core/training/part-gradients";
import { checkRecipe } from "../../../core/training/recipe";
import {
  firstCheckpoint,
  networkCheckpointSchema,
  type NetworkCheckpoint,
} from "../../../core/training/checkpoint";
import { trainNetwork } from "../../../core/training/train-network";
import { cancelled } from "../../../experiment/events";
import type { SpawnWorker } from "../../messages";
import type { NetworkTrainingSetup, ScoredPart } from "../../network-training";
import type { PauseSignal } from "../../pause-signal";
import type { CheckpointStore } from "../checkpoint-store";
import { openCrew } from "./training-crew";

/** A checkpoint is kept after this much work. */
const checkpointEveryMs = 5_000;
/** Test images that a score within the training takes. */
const quickTestImages = 2_000;

export interface TrainOnWorkersDeps {
  readonly spawn: SpawnWorker;
  /** How many at a time; no more than a batch has parts are started. */
  readonly workers: number;
  /** Names this training among checkpoints. */
  readonly key: string;
  readonly checkpoints: CheckpointStore;
  /** Returns what a file says of itself, by key. @param step steps taken */
  readonly metadata: (step: number, stepsPerEpoch: number) => ReadonlyMap<string, string>;
  /** After how many epochs the network is written, besides its end. */
  readonly snapshots?: readonly number[];
  /** Aborting it ends the training after its step; the checkpoint stays. */
  readonly stop?: AbortSignal;
  readonly pause: PauseSignal;
  readonly signal: AbortSignal;
  readonly nowMs: () => number;
}

export type NetworkTrainingEvent =
  | {
      readonly type: "step";
      /** Steps taken. */
      readonly step: number;
      readonly steps: number;
      /** Of this step's batch, in nats. */
      readonly loss: number;
    }
  | {
      readonly type: "epoch";
      /** Epochs that are done. */
      readonly epoch: number;
      /** Fraction of the first `testImages` test images that the network gets wrong. */
      readonly testError: number;
      readonly testImages: number;
      /** A safetensors file, where a snapshot was asked for. */
      readonly bytes?: Uint8Array;
    }
  | {
      readonly type: "finished";
      /** A safetensors file. */
      readonly bytes: Uint8Array;
      /** Steps taken; fewer than `steps` where it was stopped. */
      readonly step: number;
      readonly steps: number;
      /** Of the test images, in order. */
      readonly answers: ScoredPart;
      /** On all test images. */
      readonly testError: number;
      readonly testImages: number;
    };

/**
 * Resumes from the last checkpoint where there is one. Yields a step's event after each step.
 *
 * @throws LabError as `trainNetwork` does, or a worker; `backend` where workers are lost again and
 *   again; `cancelled` once `signal` aborts
 */
export async function* trainOnWorkers(
  setup: NetworkTrainingSetup,
  deps: TrainOnWorkersDeps,
): AsyncGenerator<NetworkTrainingEvent> {
  const { spawn, workers, key, checkpoints, metadata, snapshots, stop, pause, signal, nowMs } =
    deps;
  const { recipe, data, trainImages } = setup;
  checkRecipe(recipe, trainImages);
  const stepsPerEpoch = Math.floor(trainImages / recipe.batchSize);
  const crew = openCrew(Math.min(workers, recipe.parts), spawn, setup);
  const end = (): void => crew.end(cancelled());
  signal.addEventListener("abort", end);
  try {
    if (signal.aborted) throw cancelled();
    const initial = await crew.started();
    const stored = networkCheckpointSchema.safeParse(await checkpoints.get(key)).data;
    const from = stored?.parameters.length === initial.parameters.length ? stored : undefined;
    const gradients = (parameters: Float32Array, step: number): Promise<PartGradient[]> =>
      crew.all(
        recipe.parts,
        (part) => ({ type: "gradient", request: { parameters, step, part } }),
        (message) => (message.type === "part-gradient" ? message.answer : undefined),
      );
    const score = async (weights: Weights, images: number): Promise<ScoredPart[]> =>
      crew.all(
        recipe.parts,
        (part) => {
          const at = (share: number): number => Math.floor((share * images) / recipe.parts);
          const [first, last] = [at(part), at(part + 1)];
          return { type: "score-trained", request: { weights, first, end: last } };
        },
        (message) => (message.type === "trained-scored" ? message.answer : undefined),
      );
    const written = async (weights: Weights, step: number): Promise<Uint8Array> => {
      const about = metadata(step, stepsPerEpoch);
      const [bytes] = await crew.all(
        1,
        () => ({ type: "write-trained", weights, metadata: about }),
        (message) => (message.type === "trained" ? message.bytes : undefined),
      );
      if (!bytes) throw new Error("a question without an answer");
      return bytes;
    };

    const testImages = imagesIn(data.test);
    let last: NetworkCheckpoint = from ?? firstCheckpoint(initial);
    let stepsInAll = last.step;
    let keptMs = nowMs();
    const training = { recipe, images: trainImages, initial, from, gradients };
    for await (const { step, steps, loss, checkpoint } of trainNetwork(training)) {
      stepsInAll = steps;
      yield { type: "step", step, steps, loss };
      const endsEpoch = step % stepsPerEpoch === 0;
      const isStopped = stop?.aborted === true;
      if (endsEpoch || isStopped || pause.isPaused() || nowMs() - keptMs > checkpointEveryMs) {
        last = checkpoint();
        await checkpoints.put(key, last);
        keptMs = nowMs();
      }
      if (isStopped) break;
      await pause.whenResumed();
      if (endsEpoch && step < steps) {
        const some = Math.min(quickTestImages, testImages);
        const epoch = step / stepsPerEpoch;
        const bytes = snapshots?.includes(epoch) ? await written(last, step) : undefined;
        const testError = errorOf(await score(last, some));
        yield { type: "epoch", epoch, testError, testImages: some, ...(bytes && { bytes }) };
      }
    }
    const scored = await score(last, testImages);
    const bytes = await written(last, last.step);
    const [testError, answers] = [errorOf(scored), joined(scored)];
    yield {
      type: "finished",
      ...{ bytes, testError, testImages, answers },
      step: last.step,
      steps: stepsInAll,
    };
    if (last.step === stepsInAll) await checkpoints.delete(key);
  } catch (thrown) {
    // Workers that are stopped in between fail in their own words.
    throw signal.aborted ? cancelled() : thrown;
  } finally {
    signal.removeEventListener("abort", end);
    crew.end();
  }
}

function errorOf(parts: readonly ScoredPart[]): number {
  const { wrong } = joined(parts);
  return wrong.reduce((sum, flag) => sum + flag, 0) / wrong.length;
}

function joined(parts: readonly ScoredPart[]): ScoredPart {
  return {
    wrong: Uint8Array.from(parts.flatMap(({ wrong }) => [...wrong])),
    predicted: joinedClasses(parts.map(({ predicted }) => predicted)),
  };
}
