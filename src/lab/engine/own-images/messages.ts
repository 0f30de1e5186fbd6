/** Messages between the page and the worker that reads the visitor's images. */
import type { DataForm } from "../../../core/data/form";
import type { Fit } from "../../../core/data/import/pictures/fit";
import * as z from "../../../core/schema";
import { labErrorSchema } from "../../../engine/messages";
import { userDataSetSchema } from "../../../engine/user-data-set";

/** Files or a folder of the visitor's, as they were dropped or chosen. */
export interface GivenImages {
  /** The name of the folder, or of the file. */
  readonly name: string;
  readonly files: readonly {
    /** Relative to the folder, with forward slashes. */
    readonly path: string;
    readonly file: Blob;
  }[];
}

/** What is made of images; as on the command line. */
export interface ReadOptions {
  /** Absent where images keep their size. */
  readonly fit?: Fit;
  readonly isGrey: boolean;
  /** Absent for the usual one. */
  readonly normalisation?: DataForm["normalisation"];
}

export type ToImagesWorker =
  /** Say what they are; first of all messages. */
  | { readonly type: "look"; readonly given: GivenImages }
  /** Read them. `wanted`: what names the data set that is asked for; null where any will do. */
  | { readonly type: "read"; readonly options: ReadOptions; readonly wanted: string | null };

const positive = z.int().check(z.positive());
const sizeShape = { height: positive, width: positive };
const bytesSchema = z.custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array);

/** Parses a message of the worker. */
export const fromImagesWorkerSchema = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("preview"),
    preview: z.strictObject({
      train: z.int(),
      test: z.int(),
      areSplit: z.boolean(),
      classNames: z.array(z.string()),
      channels: z.literal([1, 3]),
      sizes: z.array(z.strictObject(sizeShape)).check(z.minLength(1)),
      samples: z.array(
        z.strictObject({ ...sizeShape, channels: z.literal([1, 3]), pixels: bytesSchema }),
      ),
    }),
  }),
  z.strictObject({ type: z.literal("progress"), images: positive, total: positive }),
  z.strictObject({
    type: z.literal("shard"),
    sha256: z.string(),
    shard: z.custom<Blob>((value) => value instanceof Blob),
  }),
  z.strictObject({ type: z.literal("finished"), set: userDataSetSchema }),
  z.strictObject({ type: z.literal("failed"), error: labErrorSchema }),
]);
export type FromImagesWorker = z.infer<typeof fromImagesWorkerSchema>;

/** Images before they are read. */
export type Preview = Extract<FromImagesWorker, { type: "preview" }>["preview"];
