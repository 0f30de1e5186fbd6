/** Whether a folder of shards is as its manifest says. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { dataManifestSchema } from "../../core/data/manifest";
import { sha256Hex } from "../../core/weights/hash";

/** True when the folder has a manifest, and every shard it lists, with the hash it lists. */
export async function isWhole(folder: string): Promise<boolean> {
  try {
    const text = await readFile(join(folder, "manifest.json"), "utf8");
    const { train, test } = dataManifestSchema.parse(JSON.parse(text));
    for (const shard of [...train, ...test]) {
      if (sha256Hex(await readFile(join(folder, shard.file))) !== shard.sha256) return false;
    }
    return true;
  } catch {
    // Where a file is missing or unreadable, all are made again.
    return false;
  }
}
