/**
 * Cuts decoded images into shards, and tells whether a folder of shards is as its manifest says.
 */
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { dataManifestSchema, type ShardEntry, type Split } from "../../core/data/manifest";
import { cifar10, imagesPerShard } from "./source";

const bytesPerImage = cifar10.height * cifar10.width * cifar10.channels;

/**
 * Writes the shards of one batch of images.
 *
 * @param images [n, h, w, c] bytes
 * @param labels [n] class indices
 * @param firstShard the number of the first shard written
 * @returns one manifest entry a shard
 */
export async function writeShards(
  folder: string,
  split: Split,
  images: Uint8Array,
  labels: Uint8Array,
  firstShard: number,
): Promise<ShardEntry[]> {
  const entries: ShardEntry[] = [];
  for (let start = 0; start < labels.length; start += imagesPerShard) {
    const end = Math.min(start + imagesPerShard, labels.length);
    const bytes = Buffer.concat([
      labels.subarray(start, end),
      images.subarray(start * bytesPerImage, end * bytesPerImage),
    ]);
    const number = String(firstShard + entries.length).padStart(2, "0");
    const file = `${split}-${number}.bin`;
    await writeFile(join(folder, file), bytes);
    entries.push({ file, images: end - start, sha256: sha256(bytes) });
  }
  return entries;
}

/** True when the folder has a manifest, and every shard it lists, with the hash it lists. */
export async function isWhole(folder: string): Promise<boolean> {
  try {
    const text = await readFile(join(folder, "manifest.json"), "utf8");
    const { train, test } = dataManifestSchema.parse(JSON.parse(text));
    for (const shard of [...train, ...test]) {
      if (sha256(await readFile(join(folder, shard.file))) !== shard.sha256) return false;
    }
    return true;
  } catch {
    // Where a file is missing or unreadable, all are made again.
    return false;
  }
}

/** SHA-256 in hexadecimal. */
function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
