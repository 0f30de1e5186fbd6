/** Networks that a visitor gives as files, and their storage. Implemented by `storage`. */
import * as z from "../core/schema";
import { architectureSchema } from "../core/nets/architecture-schema";
import type { Reading } from "../core/onnx/reading";
import { modelRefOf } from "../experiment/model-ref";
import { errorByEpochSchema } from "../experiment/report";
import { numericsVersion } from "../experiment/training/spec";
import { headSchema } from "./linear-head";

const flopsSchema = z.number().check(z.nonnegative());

/** A file that was validated as a network. */
export const userModelSchema = z.object({
  /** Hash of the file's bytes, in hexadecimal. Addresses name the network by `userModelRef`. */
  sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  /** The file's name. */
  name: z.string(),
  sizeBytes: z.int().check(z.positive()),
  architecture: architectureSchema,
  /** Absent in what an earlier version stored. */
  contents: z.optional(
    z.object({
      parameters: z.int().check(z.nonnegative()),
      operators: z.array(z.string()),
      /** Layers that an ONNX network could be cut at; absent for others. */
      allTaps: z.optional(z.int().check(z.nonnegative())),
      /** Whether an ONNX file leaves the size of its images open; absent where it does not. */
      isSizeOpen: z.optional(z.literal(true)),
      /** Of a graph, between its taps; see `graphWork`. Absent for other networks. */
      work: z.optional(
        z.array(
          z.object({
            convolutions: flopsSchema,
            outputs: flopsSchema,
            products: flopsSchema,
            others: flopsSchema,
          }),
        ),
      ),
    }),
  ),
  /** How an ONNX file was read, whose copy this is; absent for the file itself. */
  reading: z.optional(
    z.object({
      /** SHA-256 of the file, in hexadecimal. */
      file: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
      /** Of the file, which the copy begins with. */
      fileBytes: z.int().check(z.positive()),
      side: z.optional(z.int().check(z.positive())),
      taps: z.optional(z.literal("all")),
    }),
  ),
  /** Names of files whose weights were put into the ONNX file; absent where all were inside. */
  weightFiles: z.optional(z.array(z.string())),
  /** What it was joined from; absent for a file that is a whole network. */
  joined: z.optional(
    z.object({
      /** SHA-256 of the trunk's file, in hexadecimal. */
      trunk: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
      head: headSchema,
    }),
  ),
  /** How it was trained here; absent for a network from a file. */
  trained: z.optional(
    z.object({
      /** The training's text. */
      ref: z.string(),
      /** Whether the text names this network: its training was not stopped within an epoch. */
      isNamed: z.boolean(),
      /** `numericsVersion` of the training. */
      numerics: z.int(),
      /** Share of the training's steps that were taken, in [0, 1]. */
      share: z.number().check(z.minimum(0), z.maximum(1)),
      /** Fraction of the first `testImages` test images that it classifies wrongly. */
      testError: z.number().check(z.minimum(0), z.maximum(1)),
      testImages: z.int().check(z.positive()),
      /** Absent where it is not known, and in what an earlier version stored. */
      errorByEpoch: z.optional(errorByEpochSchema),
    }),
  ),
});
export type UserModel = z.infer<typeof userModelSchema>;

const givenPart = {
  /** Hash of the file's bytes, in hexadecimal. */
  sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  name: z.string(),
  sizeBytes: z.int().check(z.positive()),
  /** Numbers that the head reads for an image. */
  features: z.int().check(z.positive()),
};

/** A file that is a network only together with another: a trunk without a head, or a head. */
export const filePartSchema = z.discriminatedUnion("part", [
  z.object({
    part: z.literal("trunk"),
    ...givenPart,
    /** But for its classes, which the head decides. */
    architecture: architectureSchema,
  }),
  z.object({ part: z.literal("head"), ...givenPart, classes: z.int().check(z.positive()) }),
]);
export type FilePart = z.infer<typeof filePartSchema>;
export type TrunkPart = Extract<FilePart, { part: "trunk" }>;

/** A network that was made of the files given, in one file. */
export const joinedFileSchema = z.strictObject({
  network: userModelSchema,
  bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
});
export type JoinedFile = z.infer<typeof joinedFileSchema>;

/** What specs and addresses name a user's network by. */
export function userModelRef({
  sha256,
  joined,
  reading,
  trained,
}: Pick<UserModel, "sha256" | "joined" | "reading" | "trained">): string {
  // Another version's numbers differ: the text names another network today.
  if (trained?.isNamed && trained.numerics === numericsVersion) return trained.ref;
  if (reading) return modelRefOf({ sha256: reading.file, reading: readingOf(reading) });
  return modelRefOf(joined ? { sha256: joined.trunk, head: joined.head } : { sha256 });
}

/** How a network's file is read. */
export function readingOf({ side, taps }: NonNullable<UserModel["reading"]>): Reading {
  return { ...(side !== undefined && { side }), ...(taps !== undefined && { taps }) };
}

/** A user's network that is available here. */
export interface StoredModel extends UserModel {
  /** False where there was no room: it is lost when the page is closed. */
  readonly stored: boolean;
}

/** None of these functions rejects. */
export interface ModelStore {
  /** All networks, sorted by name. */
  list(): Promise<readonly StoredModel[]>;
  /**
   * Stores a network in the browser where possible, else in memory. Putting it again writes it
   * again.
   */
  put(network: UserModel, bytes: Uint8Array): Promise<StoredModel>;
  remove(sha256: string): Promise<void>;
  /** The path that the engine reads it from; never fetched from a server. */
  path(network: UserModel): string;
}
