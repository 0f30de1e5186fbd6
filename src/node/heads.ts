/**
 * Networks joined from a trunk and a linear head, from a file or fitted here, also in place of a
 * network's own. They are kept in a folder, named by what they were made of.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { readTrunk, withLinearHead, type GivenFile } from "../core/nets/linear-head";
import { isOnnxFile, readNetworkFile } from "../core/nets/network-file";
import { sha256Hex } from "../core/weights/hash";
import { networkMetadata } from "../core/nets/without-head";
import { fitLinearHead, type FitProgress } from "../engine/host/linear-head";
import { headSchema, type FittedHead } from "../engine/linear-head";
import type { ModelFile } from "../engine/messages";
import { usualDataSet } from "../experiment/data-sets";
import { modelRefOf, type HeadRef } from "../experiment/model-ref";
import type { BackendName } from "../experiment/report";
import type { FoundDataSet } from "./data/find";
import { readBytes, writeWhole } from "./files";
import { readNetworkBytes } from "./models";
import { spawnThread } from "./spawn-thread";

/** A trunk in a file of its own. */
export interface TrunkFile extends GivenFile {
  readonly sha256: string;
}

/** Returns the file if it is a trunk without a head. @throws LabError for one that does not fit */
export async function trunkAt(path: string, name: string): Promise<TrunkFile | undefined> {
  const bytes = await readNetworkBytes(path, name);
  return readTrunk({ name, bytes }) && { name, bytes, sha256: sha256Hex(bytes) };
}

/** Returns a network's file: a head that is fitted to it takes the place of its own. */
export async function wholeFileAt({ path, sha256 }: ModelFile, name: string): Promise<TrunkFile> {
  return { name, bytes: await readBytes(path), sha256 };
}

/** @throws LabError for a head of other features, or more than one layer */
export async function withHeadFrom(
  trunk: TrunkFile,
  path: string,
  name: string,
  folder: string,
): Promise<ModelFile> {
  const bytes = await readBytes(path);
  const head: HeadRef = { type: "published", sha256: sha256Hex(bytes) };
  const kept = join(folder, `${trunk.sha256}-${head.sha256}.safetensors`);
  const joined = withLinearHead(trunk, { name, bytes });
  await writeWhole(kept, joined);
  return modelOf(trunk, head, kept, joined);
}

export interface FitPlace {
  readonly data: FoundDataSet;
  readonly backend: BackendName;
  /** Keeps networks with their heads. */
  readonly folder: string;
  readonly report: (progress: FitProgress) => void;
  readonly signal: AbortSignal;
}

export interface NetworkWithFit {
  readonly model: ModelFile;
  readonly head: FittedHead;
  /** False where the same head was fitted before. */
  readonly isNew: boolean;
}

/** @throws LabError as `fitHeadTo` does; `cancelled` once `signal` aborts */
export async function withFittedHeadOn(
  trunk: TrunkFile,
  { data, backend, folder, report, signal }: FitPlace,
): Promise<NetworkWithFit> {
  const ref: HeadRef = { type: "fitted", data: data.ref ?? usualDataSet };
  const key = sha256Hex(JSON.stringify([modelRefOf({ sha256: trunk.sha256, head: ref }), backend]));
  const kept = join(folder, `${key}.${isOnnxFile(trunk.bytes) ? "onnx" : "safetensors"}`);
  const before = existsSync(kept) ? await readBytes(kept) : undefined;
  const known = before && headIn(before, kept);
  if (before && known) {
    return { model: modelOf(trunk, ref, kept, before), head: known, isNew: false };
  }
  const request = {
    backend,
    trunk,
    trunkSha256: trunk.sha256,
    dataRef: ref.data,
    data: data.manifest,
    dataFolder: `${data.folder}/`,
  };
  const { bytes, network } = await fitLinearHead(request, spawnThread, report, signal);
  await writeWhole(kept, bytes);
  const head = network.joined?.head;
  if (head?.type !== "fitted") throw new Error("the worker joined another head");
  return { model: modelOf(trunk, ref, kept, bytes), head, isNew: true };
}

/** The head that a file's metadata describe; undefined where it is damaged. */
function headIn(bytes: Uint8Array, path: string): FittedHead | undefined {
  try {
    const head = headSchema.parse(
      JSON.parse(networkMetadata({ bytes, name: path }).get("head") ?? "null"),
    );
    return head.type === "fitted" ? head : undefined;
  } catch {
    return undefined;
  }
}

function modelOf(trunk: TrunkFile, head: HeadRef, path: string, bytes: Uint8Array): ModelFile {
  const { architecture } = readNetworkFile(bytes, trunk.name);
  const id = modelRefOf({ sha256: trunk.sha256, head });
  return { id, sha256: sha256Hex(bytes), architecture, path };
}
