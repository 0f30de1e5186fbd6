/** Writes a data set to a folder as its shards arrive. */
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ImportEvent } from "../../core/data/import/import-images";
import type { DataManifest } from "../../core/data/manifest";

/**
 * Keeps a data set in a folder, in place of what is there. An interrupted run leaves the folder as
 * it was.
 *
 * @param report receives how far it is
 */
export async function keepDataSet(
  events: AsyncGenerator<ImportEvent>,
  folder: string,
  report: (images: number, total: number) => void = () => undefined,
): Promise<DataManifest> {
  // Named after the process: another may prepare the same data set.
  const partial = `${folder}.${process.pid}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  try {
    for await (const event of events) {
      if (event.type === "progress") report(event.images, event.total);
      if (event.type === "shard") {
        await writeFile(join(partial, event.shard.entry.file), event.shard.bytes);
      }
      if (event.type !== "finished") continue;
      await writeFile(
        join(partial, "manifest.json"),
        `${JSON.stringify(event.manifest, null, 1)}\n`,
      );
      await rm(folder, { recursive: true, force: true });
      await mkdir(dirname(folder), { recursive: true });
      await rename(partial, folder);
      return event.manifest;
    }
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  throw new Error("a data set without a manifest");
}
