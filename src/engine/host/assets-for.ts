/** Lists the files that a set of tasks reads. */
import type { DataManifest } from "../../core/data/manifest";
import type { Task } from "../../experiment/task";
import type { AssetRef } from "../assets";
import { kindOf } from "../kinds/registry";
import type { ModelFile } from "../messages";

/** Every file once, networks first. */
export function assetsFor(
  tasks: readonly Task[],
  models: readonly ModelFile[],
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
