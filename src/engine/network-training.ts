/** The training of a whole network: what workers are asked, and what they answer. */
import type { DataManifest } from "../core/data/manifest";
import * as z from "../core/schema";
import type { Weights } from "../core/training/part-gradients";
import type { TrainingRecipe } from "../core/training/recipe";
import type { BackendName } from "../experiment/report";

export interface NetworkTrainingSetup {
  readonly backend: BackendName;
  readonly recipe: TrainingRecipe;
  readonly data: DataManifest;
  /** Folder of the shards, ending in a slash. */
  readonly dataFolder: string;
  /** The first so many of the data set. */
  readonly trainImages: number;
  /** What the file says of itself, by key. */
  readonly metadata: ReadonlyMap<string, string>;
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

const floats = z.custom<Float32Array>((value) => value instanceof Float32Array);

export const partGradientSchema = z.strictObject({
  // It may be NaN, which is no number to the schema's own type.
  loss: z.custom<number>((value) => typeof value === "number"),
  gradient: floats,
  statistics: floats,
});

/** What training starts from. */
export const startedTrainingSchema = z.strictObject({ parameters: floats, statistics: floats });
