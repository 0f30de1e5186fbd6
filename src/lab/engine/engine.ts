/** The page's engine: workers, IndexedDB and the files next to the page. */
import { dataManifestSchema } from "../../core/data/manifest";
import { LabError } from "../../core/errors";
import { splitReading } from "../../core/onnx/reading";
import { zooManifestSchema, type ZooManifest } from "../../core/nets/zoo-manifest";
import type { GivenFile } from "../../core/nets/linear-head";
import type { ModelFile } from "../../engine/messages";
import { userModelRef } from "../../engine/user-model";
import { isComputedInAnotherTab } from "../../engine/host/tabs/tab-lock";
import { restoreExperiment } from "../../engine/host/restore";
import { writeAddress } from "../../experiment/address/address";
import type { BackendName } from "../../experiment/report";
import type { Spec } from "../../experiment/spec";
import type { Storage } from "../../storage/storage";
import { createDataSets } from "./data-sets";
import type { ImageReader, LabEngine, NetworkWriter, PassageSource } from "./engine-types";
import type { FileParts } from "./file-parts";
import { fetchJson } from "./fetch-json";
import { baseOf } from "./models";
import { probeBackends } from "./probe-backends";
import { spawnPageWorker } from "./spawn-worker";
import { browserTabs } from "./tabs";
import { workerCount } from "./worker-count";

const zooFolder = "zoo/";

/**
 * @param base the page's address, which files are relative to
 * @param whenUsed resolves when the visitor begins to use the page, or a while later if nobody does
 */
export function createLabEngine(
  base: string,
  storage: Storage,
  whenUsed: () => Promise<void>,
): LabEngine & NetworkWriter & PassageSource & ImageReader {
  const tabs = browserTabs();
  const { networks } = storage;
  let zoo: Promise<ZooManifest> | undefined;

  const readZoo = (): Promise<ZooManifest> =>
    (zoo ??= retryable(
      fetchJson(new URL(`${zooFolder}manifest.json`, base), zooManifestSchema),
      () => (zoo = undefined),
    ));
  const readData = createDataSets(
    (path) => fetchJson(new URL(path, base), dataManifestSchema),
    storage.dataSets,
  );

  async function modelFiles(): Promise<ModelFile[]> {
    const { models } = await readZoo();
    const shipped = models.map(({ id, sha256, architecture, file }) => ({
      id,
      sha256,
      architecture,
      path: zooFolder + file,
    }));
    const stored = (await networks.list()).map((network) => ({
      id: userModelRef(network),
      sha256: network.sha256,
      architecture: network.architecture,
      path: networks.path(network),
      ...(network.trained?.errorByEpoch && { errorByEpoch: network.trained.errorByEpoch }),
    }));
    return [...shipped, ...stored];
  }
  const common = async ({ data }: Pick<Spec, "data">, backend: BackendName) => ({
    models: await modelFiles(),
    ...(await readData(data)),
    store: storage.results,
    backend,
  });

  const isHere = (ref: string): Promise<boolean> =>
    readData(ref).then(
      () => true,
      () => false,
    );
  const images = async (ref: string | undefined) => {
    const { data, dataFolder } = await readData(ref);
    return { manifest: data, folder: dataFolder, assets: storage.assets };
  };
  /** What computing takes besides. */
  const computing = {
    assets: storage.assets,
    spawn: () => spawnPageWorker(base),
  };

  async function wholeFile(sha256: string): Promise<GivenFile | undefined> {
    const own = (await networks.list()).find((network) => baseOf(network) === sha256);
    const shipped = (await readZoo()).models.find((model) => model.sha256 === sha256);
    const found = own
      ? { name: own.name, path: networks.path(own), sha256: own.sha256 }
      : shipped && { name: shipped.id, path: zooFolder + shipped.file, sha256 };
    return found && { name: found.name, bytes: await storage.assets.read(found) };
  }

  /** Made when a file is first given, or a head first fitted. */
  let fileParts: Promise<FileParts> | undefined;
  const parts = (): Promise<FileParts> =>
    (fileParts ??= retryable(
      fetched(import("./file-parts")).then(({ createFileParts }) =>
        createFileParts({ networks, spawn: computing.spawn, wholeFile, readData }),
      ),
      () => (fileParts = undefined),
    ));

  return {
    zoo: readZoo,
    userModels: () => networks.list(),
    async examineFile(file, wish) {
      const { bytesOf, validateFileInWorker } = await fetched(import("./validate-file"));
      const bytes = await bytesOf(file);
      const found = await validateFileInWorker(file.name, bytes, wish, computing.spawn);
      const isCopy = "bytes" in found;
      const examined = isCopy ? found.network : found;
      (await parts()).hold(examined, isCopy ? found.bytes : bytes);
      return examined;
    },
    async readAgain(network, reading) {
      const { sha256, reading: before } = network;
      const path = networks.path(network);
      const copy = await storage.assets.read({ path, sha256 });
      const bytes = copy.subarray(0, before?.fileBytes ?? copy.byteLength);
      const name = splitReading(network.name).before;
      const { validateFileInWorker } = await fetched(import("./validate-file"));
      const wish = { wanted: [], readings: new Map([["", reading]]) };
      const found = await validateFileInWorker(name, bytes, wish, computing.spawn);
      if ("part" in found) throw new Error("an ONNX file is no part of a network");
      storage.persist();
      return "bytes" in found
        ? networks.put(found.network, found.bytes)
        : networks.put(found, bytes.slice());
    },
    async keepNetwork(network) {
      storage.persist();
      return (await parts()).store(network);
    },
    joinHead: async (trunk, head) => (await parts()).join(trunk, head),
    async keepTrunk(trunk) {
      storage.persist();
      const made = await parts();
      return made.store(await made.join(trunk, null));
    },
    async fitHead(base, data, backend, control) {
      storage.persist();
      return (await parts()).fit(base, data, backend, control);
    },
    async *train(spec, control) {
      storage.persist();
      const [{ trainHere }, { trainInTurn }] = await fetched(
        Promise.all([import("./train-here"), import("./train-in-turn")]),
        "the code that trains networks",
      );
      const data = await readData(spec.data);
      const { locks } = await tabs;
      yield* trainInTurn(spec, control, locks, () =>
        trainHere(spec, control, {
          ...data,
          ...computing,
          ...{ networks, checkpoints: storage.checkpoints },
        }),
      );
    },
    forgetFiles(hashes) {
      void fileParts?.then((made) => made.forget(hashes));
    },
    removeModel: (sha256) => networks.remove(sha256),
    userDataSets: () => storage.dataSets.list(),
    async openImages(given) {
      const { openImageImport } = await fetched(import("./own-images/image-import"));
      return openImageImport(given, (set, shards) => {
        storage.persist();
        return storage.dataSets.put(set, shards);
      });
    },
    removeDataSet: (ref) => storage.dataSets.remove(ref),
    // After the opening result is drawn: trying every backend keeps all cores busy for seconds.
    probe: async () => {
      await whenUsed();
      return probeBackends(() => spawnPageWorker(base));
    },
    async *restore(spec, backend) {
      // Nothing was computed here on images that are not here.
      if (spec.data !== undefined && !(await isHere(spec.data))) return;
      yield* restoreExperiment(spec, await common(spec, backend));
    },
    async *run(spec, backend, { signal, pause }) {
      storage.persist();
      // Fetched when it is needed: a page that shows a recorded result computes nothing.
      const [{ runExperiment }, { sharedRun }] = await fetched(
        Promise.all([import("../../engine/host/run"), import("../../engine/host/tabs/shared-run")]),
        "the code that runs experiments",
      );
      const { locks, openLine } = await tabs;
      const deps = {
        ...(await common(spec, backend)),
        ...computing,
        checkpoints: storage.checkpoints,
        workers: workerCount(backend),
        nowMs: () => performance.now(),
        locks,
        pause,
      };
      const events = sharedRun({
        key: writeAddress({ spec, backend }),
        locks,
        openLine,
        pause,
        signal,
        run: (stop) => runExperiment(spec, { ...deps, signal: stop }),
      });
      for await (const event of events) {
        // Entered first: the library must have it once the run is reported as finished.
        if (event.type === "finished") await storage.library.enter(event.report);
        yield event;
      }
    },
    async inspect(spec, stitch, backend) {
      const { inspectStitch } = await fetched(import("../../engine/host/inspect"));
      return inspectStitch(spec, stitch, await common(spec, backend));
    },
    async details(file) {
      const { savedDetails } = await fetched(import("./saved-details"));
      return savedDetails(file, storage.assets);
    },
    async testLabels(count, data) {
      const { readTestLabels } = await fetched(import("./test-images"));
      return readTestLabels(await images(data), count);
    },
    async pictures(wanted, data) {
      const { readPictures } = await fetched(import("./test-images"));
      return readPictures(await images(data), wanted);
    },
    async openPassages(curve, backend, listener) {
      const { openPassages } = await fetched(import("../../engine/host/passage"));
      return openPassages(curve, { ...(await common(curve, backend)), ...computing }, listener);
    },
    async passageImages(data) {
      const [{ readTestImages }, { passageImages }] = await Promise.all([
        fetched(import("./test-images")),
        fetched(import("../../engine/host/passage")),
      ]);
      const files = await images(data);
      return readTestImages(files, passageImages(files.manifest, "test"));
    },
    isComputedInAnotherTab: async (spec, backend, signal) =>
      isComputedInAnotherTab({ key: writeAddress({ spec, backend }), ...(await tabs) }, signal),
    ownNetwork: (network) =>
      storage.assets.read({ path: networks.path(network), sha256: network.sha256 }),
    async writeNetwork(report, curve, site) {
      // Seldom asked for, and no part of the first script.
      const { writeNetwork } = await fetched(import("./write-network"));
      return writeNetwork(report, curve, site, {
        ...(await common(report.spec, report.backend)),
        ...computing,
      });
    },
  };
}

/** @throws LabError `network` where a part of the page cannot be had */
async function fetched<T>(part: Promise<T>, input = "a part of the page"): Promise<T> {
  try {
    return await part;
  } catch (thrown) {
    const found = thrown instanceof Error ? thrown.message : String(thrown);
    const expected = "a server response";
    throw new LabError({ code: "network", input, expected, found }, { cause: thrown });
  }
}

/** Returns the promise, and forgets it if it fails, so the next call tries again. */
function retryable<T>(promise: Promise<T>, forget: () => void): Promise<T> {
  promise.catch(forget);
  return promise;
}
