/** Networks by their training: kept in a folder, named by the training and the file's contents. */
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readNetworkFile } from "../core/nets/network-file";
import { sha256Hex } from "../core/weights/hash";
import type { NetworkTrainingEvent } from "../engine/host/training/train-network";
import type { ModelFile } from "../engine/messages";
import { trainingRef } from "../experiment/training/ref";
import { trainingBackend, trainingKey, type TrainingSpec } from "../experiment/training/spec";
import { readBytes } from "./files";
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
  if (before) return { model: modelOf(spec, before.path, before.bytes), isNew: false };
  let trained: { readonly path: string; readonly bytes: Uint8Array } | undefined;
  // To its end: only then is the checkpoint removed.
  for await (const event of train(spec, { ...options, backend: trainingBackend })) {
    if (event.type === "finished") {
      const { bytes } = event;
      trained = { path: await keep(key, networks, bytes), bytes };
    }
    report(event);
  }
  if (!trained) throw new Error("the training ended without a network");
  return { model: modelOf(spec, trained.path, trained.bytes), isNew: true };
}

function modelOf(spec: TrainingSpec, path: string, bytes: Uint8Array): ModelFile {
  const { architecture } = readNetworkFile(bytes, path);
  return { id: trainingRef(spec), sha256: sha256Hex(bytes), architecture, path };
}

/** Returns a network whose file is as it was written; removes one that is not. */
async function kept(
  key: string,
  folder: string,
): Promise<{ readonly path: string; readonly bytes: Uint8Array } | undefined> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const sha256 = new RegExp(`^${key}-([0-9a-f]{64})\\.safetensors$`).exec(name)?.[1];
    if (sha256 === undefined) continue;
    const path = join(folder, name);
    const bytes = await readBytes(path);
    if (sha256Hex(bytes) === sha256) return { path, bytes };
    await rm(path, { force: true });
  }
  return undefined;
}

/** Other processes may read the file: it appears whole or not at all. */
async function keep(key: string, folder: string, bytes: Uint8Array): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${key}-${sha256Hex(bytes)}.safetensors`);
  const partial = `${path}.${process.pid}`;
  await writeFile(partial, bytes);
  await rename(partial, path);
  return path;
}
