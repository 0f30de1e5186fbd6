/**
 * The index of the image shards, `public/data/manifest.json`.
 *
 * A shard holds `images` labels of one byte each, then the pixels, one byte each, in the order
 * [n images, h, w, c] with c = red, green, blue.
 */
import * as z from "../schema";

const shardSchema = z.strictObject({
  file: z.string().check(z.regex(/^[a-z0-9-]+\.bin$/)),
  images: z.int().check(z.positive()),
  /** SHA-256 of the whole file, in hexadecimal. */
  sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
});

/** Parses `public/data/manifest.json`. */
export const dataManifestSchema = z.strictObject({
  version: z.literal(1),
  name: z.string(),
  /** Who made the data set, and where it was published. */
  source: z.string(),
  classNames: z.array(z.string()).check(z.minLength(2)),
  height: z.int().check(z.positive()),
  width: z.int().check(z.positive()),
  channels: z.literal(3),
  imagesPerShard: z.int().check(z.positive()),
  train: z.array(shardSchema).check(z.minLength(1)),
  test: z.array(shardSchema).check(z.minLength(1)),
});

export type DataManifest = z.infer<typeof dataManifestSchema>;
export type ShardEntry = z.infer<typeof shardSchema>;

/** Part of a data set. Stitches are fitted on `train` and scored on `test` only. */
export type Split = "train" | "test";

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
