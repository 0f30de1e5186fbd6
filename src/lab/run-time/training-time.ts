/** How long the training of a network takes, by this browser's own trainings where there were any. */
import type { Architecture } from "../../core/nets/architecture-schema";
import type { TrainingSpec } from "../../experiment/training/spec";
import { timeWords } from "./about-time";
import { networkWork } from "./network-cost";
import { keepPace, keptPace } from "./pace";

/** Handing an image through all layers takes this much, however narrow they are. */
const workPerImage = 11e6;

/** Fitted to `bench/results/training.json`, each of two workers. */
const referenceWorkPerSecond = 11e9;

/** A pass without gradients. */
const scoredShare = 1 / 3;
/** Test images that are scored after each epoch, and at the end. */
const [scoredEachEpoch, scoredAtTheEnd] = [2_000, 10_000];

/** Work of training on one image. */
function imageWork(architecture: Architecture): number {
  return networkWork({ architecture }).reduce((sum, part) => sum + part, 0) + workPerImage;
}

/** Returns the number of passes that a training takes over its images. */
function passesOf({ epochs, stop }: TrainingSpec): number {
  return stop ?? Math.max(1, epochs);
}

/** @param workers as many as cores; no more than a batch has parts are used */
export function trainingSeconds(
  spec: TrainingSpec,
  architecture: Architecture,
  workers: number,
): number {
  const pace = keptPace("training")?.workPerSecond ?? referenceWorkPerSecond;
  const passes = passesOf(spec);
  const images =
    passes * (spec.trainImages + scoredShare * scoredEachEpoch) + scoredShare * scoredAtTheEnd;
  return (images * imageWork(architecture)) / (pace * Math.min(workers, spec.parts));
}

/** "about 4 min" */
export function trainingTime(
  spec: TrainingSpec,
  architecture: Architecture,
  workers: number,
): string {
  return timeWords(trainingSeconds(spec, architecture, workers), { isLowerBound: false });
}

/** Keeps the pace of a training that ran here. @param steps taken in these seconds */
export function keepTrainingPace(
  spec: TrainingSpec,
  architecture: Architecture,
  workers: number,
  { steps, seconds }: { readonly steps: number; readonly seconds: number },
): void {
  const work = steps * spec.batchSize * imageWork(architecture);
  keepPace("training", work / seconds / Math.min(workers, spec.parts));
}
