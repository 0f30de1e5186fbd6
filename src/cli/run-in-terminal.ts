/** Runs an experiment with threads, its progress on standard error. */
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { dataManifestSchema } from "../core/data/manifest";
import { runExperiment } from "../engine/host/run";
import type { ModelFile } from "../engine/messages";
import type { BackendName, Report } from "../experiment/report";
import type { Spec } from "../experiment/spec";
import type { DiskStore } from "../node/disk-store";
import type { Folders } from "../node/models";
import { nodeDeps } from "../node/node-deps";
import { progressLine } from "./progress-line";
import { readJson } from "../node/read-json";

interface Settings {
  readonly backend: BackendName;
  /** undefined: one a core, or one on a GPU. */
  readonly workers: number | undefined;
  /** Null keeps nothing beyond the run. */
  readonly store: DiskStore | null;
}

/**
 * @param models those that the spec names
 * @throws LabError as the experiment does; `cancelled` after an interrupt
 */
export async function runInTerminal(
  spec: Spec,
  models: readonly ModelFile[],
  folders: Folders,
  { backend, workers, store }: Settings,
): Promise<Report> {
  const line = progressLine(process.stderr);
  const abort = new AbortController();
  const interrupt = (): void => {
    abort.abort();
  };
  process.once("SIGINT", interrupt);
  try {
    for await (const event of runExperiment(spec, {
      models,
      data: await readJson(join(folders.data, "manifest.json"), dataManifestSchema),
      dataFolder: `${folders.data}/`,
      backend,
      ...nodeDeps(),
      ...store,
      workers: workers ?? (backend === "webgpu" ? 1 : availableParallelism()),
      signal: abort.signal,
    })) {
      line.show(event);
      if (event.type === "finished") return event.report;
    }
  } finally {
    process.removeListener("SIGINT", interrupt);
    line.end();
  }
  throw new Error("the experiment ended without a report");
}
