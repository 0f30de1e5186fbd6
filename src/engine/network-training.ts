/** The training of a whole network: what workers are asked, and what they answer. */
import type { ClassIndices } from "../core/data/form";
import type { DataManifest } from "../core/data/manifest";
import * as z from "../core/schema";
import { networkCheckpointSchema } from "../core/training/checkpoint";
import type { Weights } from "../core/training/part-gradients";
import type { TrainingRecipe } from "../core/training/recipe";
import { errorByEpochSchema, type BackendName } from "../experiment/report";

export interface NetworkTrainingSetup {
  readonly backend: BackendName;
  readonly recipe: TrainingRecipe;
  readonly data: DataManifest;
  /** Folder of the shards, ending in a slash. */
  readonly dataFolder: string;
  /** So many of the data set. */
  readonly trainImages: number;
  /** After so many others; absent for the first. */
  readonly skip?: number | undefined;
  /** Share of their labels that are random, as in `random-labels.ts`; absent for none. */
  readonly randomLabels?: number | undefined;
}

/** One part of one step's batch. */
export interface GradientRequest {
  readonly parameters: Float32Array;
  readonly step: number;
  readonly part: number;
}

/** Test images from `first` up to, but not including, `end`. */
export interface ScoreRequest {
  readonly weights: Weights;
  readonly first: number;
  readonly end: number;
}

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
const floats = z.custom<Float32Array>((value) => value instanceof Float32Array);

export const partGradientSchema = z.strictObject({
  // It may be NaN, which is no number to the schema's own type.
  loss: z.custom<number>((value) => typeof value === "number"),
  gradient: floats,
  statistics: floats,
});

export const scoredPartSchema = z.strictObject({
  /** [n] 1 where the image is classified wrongly, else 0. */
  wrong: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
  /** [n] the predicted class of each image. */
  predicted: z.custom<ClassIndices>(
    (value) => value instanceof Uint8Array || value instanceof Uint16Array,
  ),
});
export type ScoredPart = z.infer<typeof scoredPartSchema>;

/** What training starts from. */
export const startedTrainingSchema = z.strictObject({
  parameters: floats,
  statistics: floats,
  decays: bytes,
});

/** What is kept of a training that is not over. */
export const resumePointSchema = z.strictObject({
  ...networkCheckpointSchema.shape,
  /** Test error after each epoch so far; absent in what an earlier version stored. */
  errors: z.optional(errorByEpochSchema.shape.errors),
});
export type ResumePoint = z.infer<typeof resumePointSchema>;
