/** Runs an experiment as the command line does, everything anew. */
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileAssets } from "../../src/cli/file-assets";
import { memoryCheckpoints, memoryStore } from "../../src/cli/memory-store";
import { readZoo, resolveModel } from "../../src/cli/models";
import { readJson } from "../../src/cli/read-json";
import { spawnThread } from "../../src/cli/spawn";
import { dataManifestSchema } from "../../src/core/data/manifest";
import { createHold } from "../../src/engine/hold";
import { noLocks } from "../../src/engine/host/locks";
import { runExperiment } from "../../src/engine/host/run";
import type { Spec } from "../../src/experiment/spec";

/**
 * @param root the repository
 * @returns a function that gives an experiment's seconds on wasm; they count from before the first worker
 *   is started
 */
export async function timedRuns(
  root: string,
): Promise<(spec: Spec, workers: number) => Promise<number>> {
  const folders = { zoo: join(root, "public/zoo"), data: join(root, "public/data") };
  const zoo = await readZoo(folders);
  const data = await readJson(join(folders.data, "manifest.json"), dataManifestSchema);
  return async (spec, workers) => {
    const models = {
      top: await resolveModel(spec.top, zoo, folders, root),
      bottom: await resolveModel(spec.bottom, zoo, folders, root),
    };
    const startedMs = performance.now();
    for await (const event of runExperiment(spec, {
      ...{ models, data, dataFolder: `${folders.data}/`, workers, backend: "wasm" },
      store: memoryStore(),
      checkpoints: memoryCheckpoints(),
      locks: noLocks,
      hold: createHold(),
      assets: fileAssets(),
      spawn: spawnThread,
      nowMs: () => performance.now(),
      signal: new AbortController().signal,
    })) {
      if (event.type === "tap-failed") throw new Error(JSON.stringify(event.failure));
      if (event.type === "finished") return (performance.now() - startedMs) / 1000;
    }
    throw new Error("the experiment ended without a report");
  };
}
