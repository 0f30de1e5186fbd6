/** What a worker keeps between tasks: networks on the device and images in memory. */
import { LabError } from "../../../core/errors";
import type { Classes } from "../../../core/data/form";
import { withShuffledAnswers } from "../../../core/data/targets";
import { imageSet, type ImageSet } from "../../../core/data/image-set";
import { classClusteredNoise } from "../../../core/nets/class-noise";
import { shuffledPositions, withNoiseChannels } from "../../../core/nets/perturbation";
import { networksAtSites, type PairedNetworks } from "../../../core/nets/sites";
import type { FrozenNetwork } from "../../../core/nets/network";
import { networkAnswers } from "../../../core/scoring/network-answers";
import { builtNetwork, readNetworkFile } from "../../../core/nets/network-file";
import type { Half } from "../../../core/stitched/compose";
import { noiseChannels, type Perturbation } from "../../../experiment/perturbation";
import type { ImagesRef, StitchTask } from "../../../experiment/plan/task";
import type { AssetSource } from "../../assets";
import { usualMemory, type WorkerMemory } from "../../memory";
import type { ModelFile, WorkerSetup } from "../../messages";
import { networkRows } from "./batch-room";

/** The two networks of a task, and how their taps meet. */
type PairRef = Pick<StitchTask, "bottom" | "top" | "sites" | "perturbation">;

export interface WorkerContext {
  readonly memory: WorkerMemory;
  /** How errors name a network. */
  nameOf(sha256: string): string;
  /** @throws LabError when the file is not available or does not fit its architecture */
  network(sha256: string): Promise<FrozenNetwork>;
  /** The network as it is in its file. @throws LabError when the file is not available */
  half(sha256: string): Promise<Half>;
  /**
   * Both networks of a task, tap k of the one meeting tap k of the other.
   *
   * @throws LabError as `network` does
   */
  pair(ref: PairRef): Promise<PairedNetworks>;
  /** @throws LabError when a shard is not available */
  images(ref: ImagesRef): Promise<ImageSet>;
}

export function workerContext(setup: WorkerSetup, assets: AssetSource): WorkerContext {
  const networks = new Map<string, Promise<FrozenNetwork>>();
  const sets = new Map<string, Promise<ImageSet>>();
  const perturbedBottoms = new Map<string, Promise<FrozenNetwork>>();
  const network = (sha256: string): Promise<FrozenNetwork> =>
    once(networks, sha256, () => loadNetwork(setup, assets, sha256));
  const memory = setup.memory ?? usualMemory;
  const answered = async (images: ImageSet, by: string | undefined): Promise<ImageSet> => {
    if (by === undefined) return images;
    const top = await network(by);
    const rows = networkRows(top, images, { memory });
    return { ...images, toAgreeWith: await networkAnswers(top, images, rows) };
  };
  return {
    memory,
    nameOf: (sha256) => setup.models.find((model) => model.sha256 === sha256)?.id ?? sha256,
    network,
    half: (sha256) => readHalf(setup, assets, sha256),
    async pair(ref) {
      const plain = { bottom: await network(ref.bottom), top: await network(ref.top) };
      const sites = ref.sites?.map(([bottomTap, topTap]) => ({ bottomTap, topTap }));
      const pair = sites ? networksAtSites(plain.bottom, plain.top, sites) : plain;
      const { perturbation = "none" } = ref;
      if (perturbation === "none") return pair;
      // One view for all tasks: its noise is computed once.
      const view = once(
        perturbedBottoms,
        JSON.stringify(ref, ["bottom", "top", "sites", "perturbation"]),
        () =>
          Promise.resolve(pair.bottom).then((bottom) =>
            perturbedBottom(bottom, perturbation, setup.data.classes),
          ),
      );
      return { bottom: await view, top: pair.top };
    },
    images: (ref) =>
      once(
        sets,
        JSON.stringify([ref.split, ref.count, ref.agreeWith, ref.shuffledBy]),
        async () => {
          const images = await answered(await loadImages(setup, assets, ref), ref.agreeWith);
          return ref.shuffledBy === undefined
            ? images
            : withShuffledAnswers(images, ref.shuffledBy);
        },
      ),
  };
}

function perturbedBottom(
  bottom: FrozenNetwork,
  perturbation: Exclude<Perturbation, "none">,
  { names }: Classes,
): FrozenNetwork {
  switch (perturbation) {
    case "shuffled":
      return shuffledPositions(bottom);
    case "class-noise":
      return classClusteredNoise(bottom, names.length);
    default:
      return withNoiseChannels(bottom, noiseChannels(perturbation));
  }
}

async function loadNetwork(
  setup: WorkerSetup,
  assets: AssetSource,
  sha256: string,
): Promise<FrozenNetwork> {
  const { bytes, model } = await readModel(setup, assets, sha256);
  return builtNetwork(readNetworkFile(bytes, model.id, model.architecture));
}

async function readHalf(setup: WorkerSetup, assets: AssetSource, sha256: string): Promise<Half> {
  const { bytes, model } = await readModel(setup, assets, sha256);
  const file = readNetworkFile(bytes, model.id, model.architecture);
  if (file.type === "state") return file;
  throw new LabError({
    code: "bad-input",
    input: model.id,
    expected: "a network whose parameters have PyTorch’s names",
    found: "a graph of operators, from an ONNX file",
  });
}

async function readModel(
  { models }: WorkerSetup,
  assets: AssetSource,
  sha256: string,
): Promise<{ bytes: Uint8Array; model: ModelFile }> {
  const model = models.find((other) => other.sha256 === sha256);
  if (!model) {
    throw new LabError({
      code: "not-found",
      input: "network of a task",
      expected: `one of ${models.map((other) => other.id).join(", ")}`,
      found: `SHA-256 ${sha256}`,
    });
  }
  return { bytes: await assets.read(model), model };
}

async function loadImages(
  { data, dataFolder }: WorkerSetup,
  assets: AssetSource,
  { split, count, shards }: ImagesRef,
): Promise<ImageSet> {
  const entries = data[split].slice(0, shards.length);
  const parts = await Promise.all(
    entries.map(async (entry) => ({
      entry,
      bytes: await assets.read({ path: dataFolder + entry.file, sha256: entry.sha256 }),
    })),
  );
  return imageSet(data, parts, count);
}

/**
 * Returns the value of a key, made at its first use; a failure is forgotten and can be tried again.
 */
function once<T>(made: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const before = made.get(key);
  if (before) return before;
  const value = make();
  made.set(key, value);
  value.catch(() => made.delete(key));
  return value;
}
