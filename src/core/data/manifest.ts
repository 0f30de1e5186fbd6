/**
 * The index of a data set's shards, `manifest.json`.
 *
 * A shard holds its images' labels, one byte each, or two with the low byte first where there are
 * more than 254 classes; nothing where there are none. Then the pixels, one byte each, in the order
 * [n images, h, w, c].
 */
import * as z from "../schema";
import { cifar10Form } from "./cifar10";
import { formShape, type DataForm } from "./form";

const shardSchema = z.strictObject({
  file: z.string().check(z.regex(/^[a-z0-9-]+\.bin$/)),
  images: z.int().check(z.positive()),
  /** SHA-256 of the whole file, in hexadecimal. */
  sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
});

const currentManifestSchema = z
  .strictObject({
    version: z.literal(2),
    name: z.string(),
    /** Who made the data set, and where it was published. */
    source: z.string(),
    ...formShape,
    imagesPerShard: z.int().check(z.positive()),
    train: z.array(shardSchema).check(z.minLength(1)),
    test: z.array(shardSchema).check(z.minLength(1)),
  })
  .check(
    z.refine(({ channels, normalisation }) => normalisation.length === channels, {
      path: ["normalisation"],
      error: "one entry for each channel",
    }),
  );

const firstManifestSchema = z.looseObject({
  version: z.literal(1),
  classNames: z.array(z.string()),
});

/** Parses `manifest.json`; also the first version's, which only CIFAR-10 has. */
export const dataManifestSchema = z.pipe(z.transform(upgraded), currentManifestSchema);

export type DataManifest = z.infer<typeof currentManifestSchema>;
export type ShardEntry = z.infer<typeof shardSchema>;

/** Part of a data set. Stitches are fitted on `train` and scored on `test` only. */
export type Split = "train" | "test";

function upgraded(value: unknown): unknown {
  const { success, data } = firstManifestSchema.safeParse(value);
  if (!success) return value;
  const { classNames: _, ...rest } = data;
  return { ...rest, ...cifar10Form, version: 2 };
}

/** Returns how the bytes of a data set are read. */
export function formOf(manifest: DataForm): DataForm {
  const { height, width, channels, normalisation, classes } = manifest;
  return { height, width, channels, normalisation, classes };
}

/** Number of images of a split. */
export function imagesIn(shards: readonly ShardEntry[]): number {
  return shards.reduce((sum, { images }) => sum + images, 0);
}

/** Returns the shards that contain the first `count` images of a split. */
export function shardsFor(shards: readonly ShardEntry[], count: number): ShardEntry[] {
  const needed: ShardEntry[] = [];
  let held = 0;
  for (const shard of shards) {
    if (held >= count) break;
    needed.push(shard);
    held += shard.images;
  }
  return needed;
}
