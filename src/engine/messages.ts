/** Messages between the host and its workers. */
import * as z from "../core/schema";
import type { architectureSchema } from "../core/nets/architecture-schema";
import type { GivenFile } from "../core/nets/linear-head";
import type { Reading } from "../core/onnx/reading";
import type { ClosedFormSums } from "../core/similarity/sums";
import type { DataManifest } from "../core/data/manifest";
import type { Weights } from "../core/training/part-gradients";
import { backendNameSchema, type BackendName, type ErrorByEpoch } from "../experiment/report";
import type { AssetRef } from "./assets";
import {
  taskCheckpointSchema,
  workerResultSchema,
  type TaskCheckpoint,
  type WorkerTask,
} from "./kinds/registry";
import { foldedSchema, type FoldRequest } from "./folded";
import type { WorkerMemory } from "./memory";
import type { HeadRequest } from "./linear-head";
import {
  partGradientSchema,
  startedTrainingSchema,
  type GradientRequest,
  type NetworkTrainingSetup,
  scoredPartSchema,
  type ScoreRequest,
} from "./network-training";
import { passageAnswerSchema, type PassageRequest, type PassageSetup } from "./passage";
import { filePartSchema, joinedFileSchema, userModelSchema } from "./user-model";

/** A network that tasks name by its hash. */
export interface ModelFile extends AssetRef {
  readonly id: string;
  readonly architecture: z.infer<typeof architectureSchema>;
  /** How it learned, where it was trained here and that is known. */
  readonly errorByEpoch?: ErrorByEpoch;
}

/** Everything a worker must know before its first task. */
export interface WorkerSetup {
  readonly backend: BackendName;
  readonly models: readonly ModelFile[];
  readonly data: DataManifest;
  /** Folder of the shards, ending in a slash. */
  readonly dataFolder: string;
  /** Absent for a worker that has the usual memory of a run to itself. */
  readonly memory?: WorkerMemory;
}

/** A file given with a network's, read only where the network needs it; a browser's is one. */
export interface FileBeside {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}

export type ToWorker =
  | { readonly type: "setup"; readonly setup: WorkerSetup }
  | { readonly type: "probe"; readonly backend: BackendName }
  /**
   * Validate a file as a network. `wanted`: SHA-256 of the files asked for; empty where any will
   * do.
   */
  | {
      readonly type: "validate";
      readonly name: string;
      readonly bytes: Uint8Array;
      readonly wanted: readonly string[];
      readonly beside?: readonly FileBeside[];
      readonly readings?: ReadonlyMap<string, Reading>;
      readonly side?: number;
    }
  | {
      readonly type: "run";
      readonly task: WorkerTask;
      /** Sums of the task's sites, over all images. */
      readonly sums: readonly ClosedFormSums[];
      /** Where an earlier worker stopped; a checkpoint that does not fit the task is ignored. */
      readonly from: TaskCheckpoint | undefined;
    }
  /** Write the stitched network as a file. */
  | { readonly type: "fold"; readonly fold: FoldRequest }
  /** Join a trunk and a linear head in a file of its own, and validate the network. */
  | { readonly type: "join"; readonly trunk: GivenFile; readonly head: GivenFile | null }
  /** Fit a linear head to a trunk; starts its own backend. */
  | { readonly type: "fit-head"; readonly request: HeadRequest }
  /** Prepare the training of a network; starts its own backend. */
  | { readonly type: "train"; readonly training: NetworkTrainingSetup }
  | { readonly type: "gradient"; readonly request: GradientRequest }
  /** Write the network in training as a file. */
  | {
      readonly type: "write-trained";
      readonly weights: Weights;
      /** What the file says of itself, by key. */
      readonly metadata: ReadonlyMap<string, string>;
    }
  | { readonly type: "score-trained"; readonly request: ScoreRequest }
  /** Networks of the passages that follow. */
  | { readonly type: "passage-setup"; readonly passages: PassageSetup }
  /** Show what a stitch does to an image; ends the request before it. */
  | { readonly type: "passage"; readonly request: PassageRequest }
  /** Pause at the next step, until `resume`. */
  | { readonly type: "pause" }
  | { readonly type: "resume" };

const bytesSchema = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

export const labErrorSchema = z.strictObject({
  code: z.enum([
    "bad-input",
    "bad-file",
    "bad-shape",
    "hash-mismatch",
    "not-found",
    "network",
    "storage",
    "backend",
    "numerics",
    "cancelled",
    "unexpected",
  ]),
  input: z.string(),
  expected: z.string(),
  found: z.string(),
});

/** Parses a worker's message. */
export const fromWorkerSchema = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("ready"),
    /** The graphics adapter's name; null on a CPU. */
    adapter: z.nullable(z.string()),
  }),
  z.strictObject({
    type: z.literal("probed"),
    probe: z.strictObject({
      backend: backendNameSchema,
      usable: z.boolean(),
      adapter: z.nullable(z.string()),
      software: z.boolean(),
      elapsedMs: z.nullable(z.number()),
      relativeDifference: z.nullable(z.number()),
      reason: z.string(),
    }),
  }),
  z.strictObject({ type: z.literal("validated"), network: userModelSchema }),
  z.strictObject({ type: z.literal("folded"), folded: foldedSchema }),
  /** The file is a network only together with another. */
  z.strictObject({ type: z.literal("validated-part"), part: filePartSchema }),
  z.strictObject({ type: z.literal("joined"), file: joinedFileSchema }),
  z.strictObject({ type: z.literal("training"), started: startedTrainingSchema }),
  z.strictObject({ type: z.literal("part-gradient"), answer: partGradientSchema }),
  z.strictObject({ type: z.literal("trained"), bytes: bytesSchema }),
  z.strictObject({ type: z.literal("trained-scored"), answer: scoredPartSchema }),
  z.strictObject({ type: z.literal("passage"), answer: passageAnswerSchema }),
  z.strictObject({
    type: z.literal("progress"),
    /** Share of the task that is done, in [0, 1]. */
    fraction: z.number().check(z.minimum(0), z.maximum(1)),
    activity: z.string(),
    /** Memory of the worker's tensors. */
    tensorBytes: z.number().check(z.nonnegative()),
  }),
  /** The task can be resumed from here. */
  z.strictObject({ type: z.literal("checkpoint"), checkpoint: taskCheckpointSchema }),
  /** The task is paused; its checkpoint was sent before. */
  z.strictObject({ type: z.literal("paused") }),
  z.strictObject({ type: z.literal("result"), result: workerResultSchema }),
  /** The worker can do no more: its graphics device is lost. */
  z.strictObject({ type: z.literal("lost"), reason: z.string() }),
  z.strictObject({ type: z.literal("failed"), error: labErrorSchema }),
]);
export type FromWorker = z.infer<typeof fromWorkerSchema>;

/** Events of a running task; the last is its result. */
export type TaskEvent =
  | Extract<FromWorker, { type: "result" }>
  | {
      readonly type: "step";
      /** Share of the task that is done, in [0, 1]. */
      readonly fraction: number;
      readonly activity: string;
      /** The task's resume point; to be requested before the next event. */
      readonly checkpoint: () => Promise<TaskCheckpoint>;
    };

/** One end of a connection to a worker, whatever kind of worker it is. */
export interface WorkerPort {
  post(message: ToWorker): void;
  onMessage(receive: (message: unknown) => void): void;
  /**
   * Reports the loss of the worker: its script could not be loaded, it ran out of memory, it was
   * killed.
   */
  onBreak(receive: (reason: string) => void): void;
  terminate(): void;
}

/** Starts a worker. */
export type SpawnWorker = () => WorkerPort;
