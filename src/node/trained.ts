/** Networks by their training: kept in a folder, named by the training and the file's contents. */
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readNetworkFile } from "../core/nets/network-file";
import { sha256Hex } from "../core/weights/hash";
import type { NetworkTrainingEvent } from "../engine/host/training/train-network";
import type { ModelFile } from "../engine/messages";
import { errorByEpochSchema, type ErrorByEpoch } from "../experiment/report";
import { trainingRef } from "../experiment/training/ref";
import { trainingBackend, trainingKey, type TrainingSpec } from "../experiment/training/spec";
import { readBytes, readJson } from "./files";
import { train, type TrainOptions } from "./train";

export interface TrainedOptions extends Omit<TrainOptions, "backend"> {
  /** Keeps trained networks. */
  readonly networks: string;
  readonly report: (event: NetworkTrainingEvent) => void;
}

export interface TrainedNetwork {
  readonly model: ModelFile;
  /** False where it was trained before. */
  readonly isNew: boolean;
}

/**
 * Returns the network of a training: one that was trained before, or trains it.
 *
 * @throws LabError as `train` does; `cancelled` once `signal` aborts
 */
export async function trainedNetwork(
  spec: TrainingSpec,
  { networks, report, ...options }: TrainedOptions,
): Promise<TrainedNetwork> {
  const key = trainingKey(spec, options.data, trainingBackend);
  const before = await kept(key, networks);
  if (before) return { model: modelOf(spec, before), isNew: false };
  let trained: KeptNetwork | undefined;
  // To its end: only then is the checkpoint removed.
  for await (const event of train(spec, { ...options, backend: trainingBackend })) {
    if (event.type === "finished") {
      const { bytes, errorByEpoch } = event;
      const learned = errorByEpoch && { errorByEpoch };
      trained = { path: await keep(key, networks, bytes, errorByEpoch), bytes, ...learned };
    }
    report(event);
  }
  if (!trained) throw new Error("the training ended without a network");
  return { model: modelOf(spec, trained), isNew: true };
}

interface KeptNetwork {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly errorByEpoch?: ErrorByEpoch;
}

function modelOf(spec: TrainingSpec, { path, bytes, errorByEpoch }: KeptNetwork): ModelFile {
  const { architecture } = readNetworkFile(bytes, path);
  const learned = errorByEpoch && { errorByEpoch };
  return { id: trainingRef(spec), sha256: sha256Hex(bytes), architecture, path, ...learned };
}

/** Returns a network whose file is as it was written; removes one that is not. */
async function kept(key: string, folder: string): Promise<KeptNetwork | undefined> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const sha256 = new RegExp(`^${key}-([0-9a-f]{64})\\.safetensors$`).exec(name)?.[1];
    if (sha256 === undefined) continue;
    const path = join(folder, name);
    const bytes = await readBytes(path);
    if (sha256Hex(bytes) === sha256) {
      // A network that an earlier version kept has no such file.
      const errorByEpoch = await readJson(epochsPath(path), errorByEpochSchema).catch(() => null);
      return { path, bytes, ...(errorByEpoch && { errorByEpoch }) };
    }
    await rm(path, { force: true });
  }
  return undefined;
}

/** The network's file says nothing of how it learned: its hash depends on the training alone. */
const epochsPath = (path: string): string => path.replace(/safetensors$/, "epochs.json");

/** @returns the network's path */
async function keep(
  key: string,
  folder: string,
  bytes: Uint8Array,
  errorByEpoch: ErrorByEpoch | undefined,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${key}-${sha256Hex(bytes)}.safetensors`);
  // Before the network, which is looked for.
  if (errorByEpoch) await writeWhole(epochsPath(path), JSON.stringify(errorByEpoch));
  await writeWhole(path, bytes);
  return path;
}

/** Other processes may read the file: it appears whole or not at all. */
async function writeWhole(path: string, contents: Uint8Array | string): Promise<void> {
  const partial = `${path}.${process.pid}`;
  await writeFile(partial, contents);
  await rename(partial, path);
}
