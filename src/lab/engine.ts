/** The page's engine: workers, IndexedDB and the files beside the page. */
import { dataManifestSchema, type DataManifest } from "../core/data/manifest";
import { zooManifestSchema, type ZooManifest } from "../core/weights/manifest";
import type { ModelFile } from "../engine/messages";
import { recallExperiment, runExperiment } from "../engine/host/run";
import { computedElsewhere, sharedRun } from "../engine/host/shared-run";
import { writeAddress } from "../experiment/address";
import type { BackendName } from "../experiment/report";
import type { Storage } from "../storage/storage";
import type { LabEngine } from "./engine-types";
import { fetchJson } from "./fetch-json";
import { probeBackends } from "./probe-backends";
import { spawnPageWorker } from "./spawn-worker";
import { browserTabs } from "./tabs";

const zooFolder = "zoo/";
const dataFolder = "data/";

/** @param base the page's address, which files are relative to */
export function createLabEngine(base: string, storage: Storage): LabEngine {
  const tabs = browserTabs();
  let zoo: Promise<ZooManifest> | undefined;
  let data: Promise<DataManifest> | undefined;

  const readZoo = (): Promise<ZooManifest> =>
    (zoo ??= retryable(
      fetchJson(new URL(`${zooFolder}manifest.json`, base), zooManifestSchema),
      () => (zoo = undefined),
    ));
  const readData = (): Promise<DataManifest> =>
    (data ??= retryable(
      fetchJson(new URL(`${dataFolder}manifest.json`, base), dataManifestSchema),
      () => (data = undefined),
    ));

  const common = async (backend: BackendName) => ({
    models: modelFiles(await readZoo()),
    data: await readData(),
    store: storage.results,
    backend,
  });

  return {
    zoo: readZoo,
    probe: () => probeBackends(() => spawnPageWorker(base)),
    async *recall(spec, backend) {
      yield* recallExperiment(spec, await common(backend));
    },
    async *run(spec, backend, { signal, hold }) {
      storage.persist();
      const deps = {
        ...(await common(backend)),
        checkpoints: storage.checkpoints,
        dataFolder,
        assets: storage.assets,
        spawn: () => spawnPageWorker(base),
        workers: backend === "wasm" || backend === "cpu" ? navigator.hardwareConcurrency : 1,
        nowMs: () => performance.now(),
        locks: tabs.locks,
        hold,
      };
      yield* sharedRun({
        key: writeAddress({ spec, backend }),
        ...tabs,
        hold,
        signal,
        run: (stop) => runExperiment(spec, { ...deps, signal: stop }),
      });
    },
    computedElsewhere: (spec, backend, signal) =>
      computedElsewhere({ key: writeAddress({ spec, backend }), ...tabs }, signal),
  };
}

function modelFiles({ models }: ZooManifest): ModelFile[] {
  return models.map(({ id, sha256, architecture, file }) => ({
    ...{ id, sha256, architecture },
    path: zooFolder + file,
  }));
}

/** A promise that, when it fails, is forgotten, so that it is tried again. */
function retryable<T>(promise: Promise<T>, forget: () => void): Promise<T> {
  promise.catch(forget);
  return promise;
}
