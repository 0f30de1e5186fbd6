/**
 * Trains a network on several workers. Each computes gradients of parts of a batch; sums and updates
 * are taken here, in the parts' order: the network does not depend on how many workers there are,
 * and a worker that is lost costs no more than the part that it computed.
 */
import { joinedClasses } from "../../../core/data/form";
import { imagesIn } from "../../../core/data/manifest";
import type { PartGradient, Weights } from "../../../core/training/part-gradients";
import { checkRecipe } from "../../../core/training/recipe";
import { firstCheckpoint, type NetworkCheckpoint } from "../../../core/training/checkpoint";
import { trainNetwork } from "../../../core/training/train-network";
import { cancelled } from "../../../experiment/events";
import type { ErrorByEpoch } from "../../../experiment/report";
import type { SpawnWorker } from "../../messages";
import {
  resumePointSchema,
  type NetworkTrainingSetup,
  type ScoredPart,
} from "../../network-training";
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
      /**
       * Of all epochs that are done; absent where not all are known, and of a network that is not
       * trained.
       */
      readonly errorByEpoch?: ErrorByEpoch;
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
    const { from, errors } = resumePoint(await checkpoints.get(key), initial.parameters.length);
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
    const some = Math.min(quickTestImages, testImages);
    /** Adds the error of an epoch, unless an earlier one is not known. */
    const learn = (step: number, error: number): void => {
      if (errors.length === step / stepsPerEpoch - 1) errors.push(error);
    };
    // It was interrupted between the end of an epoch and its score.
    if (from && errors.length === from.step / stepsPerEpoch - 1) {
      learn(from.step, errorOf(await score(from, some)));
    }
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
        await checkpoints.put(key, { ...last, errors: [...errors] });
        keptMs = nowMs();
      }
      if (isStopped) break;
      await pause.whenResumed();
      if (endsEpoch && step < steps) {
        const epoch = step / stepsPerEpoch;
        const bytes = snapshots?.includes(epoch) ? await written(last, step) : undefined;
        const testError = errorOf(await score(last, some));
        learn(step, testError);
        yield { type: "epoch", epoch, testError, testImages: some, ...(bytes && { bytes }) };
      }
    }
    const scored = await score(last, testImages);
    const bytes = await written(last, last.step);
    const answers = joined(scored);
    learn(last.step, shareOf(answers.wrong.subarray(0, some)));
    const epochs = Math.floor(last.step / stepsPerEpoch);
    const isKnown = recipe.epochs > 0 && epochs > 0 && errors.length === epochs;
    yield {
      type: "finished",
      ...{ bytes, testError: shareOf(answers.wrong), testImages, answers },
      step: last.step,
      steps: stepsInAll,
      ...(isKnown && { errorByEpoch: { images: some, errors: [...errors] } }),
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

/** @param parameters how many the network has */
function resumePoint(
  stored: unknown,
  parameters: number,
): { readonly from?: NetworkCheckpoint; readonly errors: number[] } {
  const found = resumePointSchema.safeParse(stored).data;
  if (found?.parameters.length !== parameters) return { errors: [] };
  const { errors = [], ...from } = found;
  return { from, errors };
}

function errorOf(parts: readonly ScoredPart[]): number {
  return shareOf(joined(parts).wrong);
}

function shareOf(wrong: Uint8Array): number {
  return wrong.reduce((sum, flag) => sum + flag, 0) / wrong.length;
}

function joined(parts: readonly ScoredPart[]): ScoredPart {
  return {
    wrong: Uint8Array.from(parts.flatMap(({ wrong }) => [...wrong])),
    predicted: joinedClasses(parts.map(({ predicted }) => predicted)),
  };
}
