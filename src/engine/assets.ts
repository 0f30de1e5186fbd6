/** Files that an experiment needs, and where they come from. */
import type { DataManifest } from "../core/data/manifest";
import type { Task } from "../experiment/plan/task";
import { kindOf } from "./kinds/registry";

/** A file identified by its contents. */
export interface AssetRef {
  /** Relative to where the lab is served from, or a path on disk. */
  readonly path: string;
  /** SHA-256 of its bytes, in hexadecimal. */
  readonly sha256: string;
}

/**
 * Reads files by their hash, from a cache where there is one. Implemented by `storage` and `cli`.
 */
export interface AssetSource {
  /**
   * @returns the bytes, whose hash has been checked
   * @throws LabError `network` or `not-found` when the file is not available, `hash-mismatch` when it
   *   is not the file that was asked for
   */
  read(asset: AssetRef): Promise<Uint8Array>;
}

/** Lists the files that a set of tasks reads: each once, networks first. */
export function assetsFor(
  tasks: readonly Task[],
  models: readonly AssetRef[],
  data: DataManifest,
  dataFolder: string,
): AssetRef[] {
  const files = new Map<string, AssetRef>();
  const add = (path: string, sha256: string): void => {
    files.set(sha256, { path, sha256 });
  };
  for (const task of tasks) {
    for (const sha256 of kindOf(task).networks(task)) {
      const model = models.find((other) => other.sha256 === sha256);
      if (model) add(model.path, sha256);
    }
  }
  for (const { split, shards } of tasks.flatMap((task) => kindOf(task).images(task))) {
    for (const shard of data[split].slice(0, shards.length)) {
      add(dataFolder + shard.file, shard.sha256);
    }
  }
  return [...files.values()];
}
