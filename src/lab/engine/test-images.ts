/** The test images as the page shows them; fetched when somebody looks inside a stitch. */
import { imageRange, imageSet, type ImageSet } from "../../core/data/image-set";
import { type DataManifest, shardsFor, type ShardEntry } from "../../core/data/manifest";
import { joinedClasses } from "../../core/data/form";
import { LabError } from "../../core/errors";
import type { AssetSource } from "../../engine/assets";
import type { TestLabels } from "../../engine/host/inspect";

/** Where the images are. */
interface DataFiles {
  readonly manifest: DataManifest;
  /** That the manifest's files are in. */
  readonly folder: string;
  readonly assets: AssetSource;
}

/** Pictures of some test images. */
export type Pictures = Pick<ImageSet, "height" | "width"> & {
  /** By image: [h, w, c] */
  readonly pixels: ReadonlyMap<number, Uint8Array>;
};

/**
 * Reads some test images, and no other shards than those that hold them.
 *
 * @throws LabError `bad-input` for an image that the data set does not have; else as the source
 *   does, or where a file is not what the manifest says
 */
export async function readPictures(files: DataFiles, images: readonly number[]): Promise<Pictures> {
  const { height, width, test } = files.manifest;
  const pixels = new Map<number, Uint8Array>();
  let first = 0;
  for (const entry of test) {
    const end = first + entry.images;
    const here = images.filter((image) => image >= first && image < end);
    if (here.length > 0) {
      const shard = await readShard(files, entry);
      for (const image of here) {
        const at = image - first;
        pixels.set(image, imageRange(shard, at, at + 1).pixels.slice());
      }
    }
    first = end;
  }
  const absent = images.find((image) => !pixels.has(image));
  if (absent !== undefined) {
    throw new LabError({
      code: "bad-input",
      input: "test image",
      expected: `a number below ${first}`,
      found: String(absent),
    });
  }
  return { height, width, pixels };
}

/**
 * Reads the labels of the first `count` test images.
 *
 * @throws LabError as the source does, or where a file is not what the manifest says
 */
export async function readTestLabels(files: DataFiles, count: number): Promise<TestLabels> {
  const entries = shardsFor(files.manifest.test, count);
  const shards = await Promise.all(entries.map((entry) => readShard(files, entry)));
  const labels = joinedClasses(shards.map((shard) => shard.labels)).subarray(0, count);
  return { labels, classes: files.manifest.classes };
}

/**
 * Reads the first `count` test images.
 *
 * @throws LabError as the source does, or where a file is not what the manifest says
 */
export async function readTestImages(files: DataFiles, count: number): Promise<ImageSet> {
  const { manifest, folder, assets } = files;
  const read = async (entry: ShardEntry) => ({
    entry,
    bytes: await assets.read({ path: folder + entry.file, sha256: entry.sha256 }),
  });
  const shards = await Promise.all(shardsFor(manifest.test, count).map(read));
  return imageSet(manifest, shards, count);
}

async function readShard(
  { manifest, folder, assets }: DataFiles,
  entry: ShardEntry,
): Promise<ImageSet> {
  const { file, sha256, images } = entry;
  const bytes = await assets.read({ path: folder + file, sha256 });
  return imageSet(manifest, [{ entry, bytes }], images);
}
