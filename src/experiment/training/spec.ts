/**
 * The spec of a network that is trained here: with the images it decides the network's weights, to
 * the bit on wasm.
 */
import * as z from "../../core/schema";
import { dataSetRef, dataSetRefSchema, imagesAtMost } from "../data-sets";
import { limits, seedSchema, trainImagesSchema, within, type Limits } from "../limits";
import type { DataManifest } from "../../core/data/manifest";
import type { TrainableArchitecture, TrainingRecipe } from "../../core/training/recipe";
import { optimizerNames } from "../../core/training/optimizers";
import { scheduleNames } from "../../core/training/schedules";
import { sha256Hex } from "../../core/weights/hash";
import {
  architectureOfTraining,
  misfitOfSizes,
  networkLimits,
  networkShape,
  type NetworkSizes,
} from "./network";

/** Raised whenever the same spec could give other weights. */
export const numericsVersion = 1;

/**
 * What trains the networks that specs name by their training: its numbers are the same on every
 * machine, whatever the experiment itself runs on.
 */
export const trainingBackend = "wasm";

const shareWords = { error: "a number from 0 to 1" };
const share = z.number(shareWords).check(z.minimum(0, shareWords), z.maximum(1, shareWords));
const rateWords = { error: "a number above 0, at most 100" };

export const trainingLimits = {
  ...networkLimits,
  epochs: { min: 0, max: 1_000 },
  batchSize: { min: 8, max: 1_024 },
  skip: { min: 1, max: limits.trainImages.max },
} as const satisfies Record<string, Limits>;

export const trainingSpecSchema = z
  .strictObject({
    version: z.literal(1),
    ...networkShape,
    /** Absent for CIFAR-10. */
    data: z.optional(dataSetRefSchema),
    /** The first so many, or so many after those that are skipped. */
    trainImages: trainImagesSchema,
    skip: z.optional(within(trainingLimits.skip)),
    /**
     * Share of their labels that are drawn from all classes instead, as `random-labels.ts` does;
     * absent for none.
     */
    randomLabels: z.optional(share.check(z.gt(0, shareWords))),
    /** 0: the first weights, with statistics of the training images. */
    epochs: within(trainingLimits.epochs),
    /** Epochs after which it ends, an early self of the network; absent for all of them. */
    stop: z.optional(within({ ...trainingLimits.epochs, min: 1 })),
    batchSize: within(trainingLimits.batchSize),
    /** Into how many parts a batch is split, each with its own statistics in BatchNorm. */
    parts: within({ min: 1, max: 16 }),
    peakRate: z.number(rateWords).check(z.gt(0, rateWords), z.maximum(100, rateWords)),
    schedule: z.enum(scheduleNames, { error: `one of ${scheduleNames.join(", ")}` }),
    /** Absent for SGD. */
    optimizer: z.optional(z.literal("adamw", { error: `one of ${optimizerNames.join(", ")}` })),
    /** Of SGD. */
    momentum: share,
    weightDecay: share,
    labelSmoothing: share,
    augmented: z.boolean(),
    seed: seedSchema,
  })
  .check(
    z.refine(({ epochs, stop = -1 }) => stop < epochs, {
      path: ["stop"],
      error: "fewer than all epochs",
    }),
    z.refine(({ batchSize, parts }) => batchSize % parts === 0, {
      path: ["parts"],
      error: "a divisor of the batch size",
    }),
    z.refine(
      ({ data, trainImages, skip = 0 }) => skip + trainImages <= imagesAtMost("trainImages", data),
      { path: ["trainImages"], error: "no more images than the data set has" },
    ),
    ({ value, issues }) => {
      const misfit = misfitOfSizes(value);
      if (!misfit) return;
      const { field, expected } = misfit;
      issues.push({ code: "custom", input: value[field], path: [field], message: expected });
    },
    z.refine(({ batchSize, trainImages }) => trainImages >= batchSize, {
      path: ["trainImages"],
      error: "at least a whole batch",
    }),
  );
export type TrainingSpec = z.infer<typeof trainingSpecSchema>;

/**
 * A ResNet-18 of 4 filters, which two cores train in minutes. References leave out what is usual:
 * another value here would make them name other networks. The same goes for the other families.
 */
export const usualTraining: TrainingSpec = {
  version: 1,
  blocks: [2, 2, 2, 2],
  width: 4,
  trainImages: 10_000,
  epochs: 10,
  batchSize: 128,
  parts: 4,
  peakRate: 0.1,
  schedule: "one-cycle",
  momentum: 0.9,
  weightDecay: 5e-4,
  labelSmoothing: 0,
  augmented: true,
  seed: 0,
};

const { blocks: _, ...withoutBlocks } = usualTraining;

const usualTrainings: Readonly<Record<NonNullable<NetworkSizes["family"]>, TrainingSpec>> = {
  myrtle: { ...withoutBlocks, family: "myrtle", width: 8 },
  vit: {
    ...withoutBlocks,
    ...{ family: "vit", width: 48, depth: 4, heads: 3, patch: 4 },
    ...{ optimizer: "adamw", peakRate: 1e-3, weightDecay: 0.05 },
  },
};

/** Returns the usual training of a family, a small network from seed 0; of a ResNet without one. */
export function usualTrainingOf(family?: string): TrainingSpec {
  return family === "myrtle" || family === "vit" ? usualTrainings[family] : usualTraining;
}

/**
 * What trains by a spec on the images of a data set.
 *
 * @throws LabError `bad-input` as `architectureOfTraining` does
 */
export function recipeOf(spec: TrainingSpec, data: DataManifest): TrainingRecipe {
  return recipeFor(architectureOfTraining(spec, data), spec);
}

/**
 * Returns the usual training of an architecture with every batch in one part, which one worker
 * trains: that of `parts=1` in a reference.
 */
export function usualRecipe(
  architecture: TrainableArchitecture,
  { epochs, seed }: Pick<TrainingSpec, "epochs" | "seed">,
): TrainingRecipe {
  const usual = usualTrainingOf(architecture.family);
  return recipeFor(architecture, { ...usual, parts: 1, epochs, seed });
}

function recipeFor(architecture: TrainableArchitecture, spec: TrainingSpec): TrainingRecipe {
  const { epochs, stop, batchSize, parts, peakRate, schedule, optimizer = "sgd" } = spec;
  const { momentum, weightDecay, labelSmoothing, augmented, seed } = spec;
  return {
    architecture,
    ...{ epochs, stop, batchSize, parts, peakRate, schedule, optimizer },
    ...{ momentum, weightDecay, labelSmoothing, augmented, seed },
  };
}

/**
 * Returns the training that ends with the network of these steps; undefined within an epoch.
 *
 * @param step steps taken
 */
export function trainingUpTo(
  spec: TrainingSpec,
  step: number,
  stepsPerEpoch: number,
): TrainingSpec | undefined {
  const epochs = step / stepsPerEpoch;
  const { stop, ...whole } = spec;
  if (epochs === (stop ?? Math.max(1, spec.epochs))) return spec;
  return Number.isInteger(epochs) ? { ...whole, stop: epochs } : undefined;
}

/** What the file of a network says of its training, by key. @param step steps taken */
export function trainingMetadata(
  spec: TrainingSpec,
  step: number,
  stepsPerEpoch: number,
): ReadonlyMap<string, string> {
  const ended = trainingUpTo(spec, step, stepsPerEpoch);
  // In the schema's order: equal trainings give equal files.
  const training = JSON.stringify(trainingSpecSchema.parse(ended ?? spec));
  return new Map([["training", training], ...(ended ? [] : [["steps", String(step)] as const])]);
}

/** Names a training among checkpoints, in hexadecimal. */
export function trainingKey(spec: TrainingSpec, data: DataManifest, backend: string): string {
  return sha256Hex(
    JSON.stringify([
      "training",
      numericsVersion,
      trainingSpecSchema.parse(spec),
      dataSetRef(data),
      backend,
    ]),
  );
}
