/** Finds networks by their id in the zoo or by the path of a file. */
import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { LabError, namesLike } from "../core/errors";
import { sha256Hex } from "../core/weights/hash";
import { zooManifestSchema, type ZooManifest } from "../core/nets/zoo-manifest";
import { readNetworkFile } from "../core/nets/network-file";
import { checkFileSize } from "../core/weights/safetensors";
import type { ModelFile } from "../engine/messages";
import { readBytes, readJson } from "./files";

/** Folders of the repository that the command line reads. */
export interface Folders {
  readonly zoo: string;
  readonly data: string;
}

/** @throws LabError when the manifest is missing or does not parse */
export function readZoo({ zoo }: Folders): Promise<ZooManifest> {
  return readJson(join(zoo, "manifest.json"), zooManifestSchema);
}

/**
 * A model as the engine needs it. A path's architecture is read from its parameters' names and
 * shapes, and its id is its hash, so that equal files are equal models.
 *
 * @param from the folder that relative paths start at
 * @throws LabError `not-found` when it is neither an id nor a file, `bad-file` when the file is no
 *   network that we know
 */
export async function resolveModel(
  name: string,
  zoo: ZooManifest,
  folders: Folders,
  from: string,
): Promise<ModelFile> {
  const model = zoo.models.find((other) => other.id === name);
  if (model) {
    const { id, sha256, architecture } = model;
    return { id, sha256, architecture, path: join(folders.zoo, model.file) };
  }
  const path = resolve(from, name);
  if (!existsSync(path)) {
    const ids = zoo.models.map(({ id }) => id);
    throw new LabError({
      code: "not-found",
      input: name,
      expected: `a path to a .safetensors or .onnx file or ${namesLike(name, ids)}`,
      found: "neither",
    });
  }
  return readModel(path, name);
}

/**
 * Reads a network from a file. Its architecture follows from the names and shapes of its
 * parameters.
 *
 * @param name what errors call the file; its path by default
 * @returns the network, whose `id` (`sha256:` and the hash of the file) a spec may name
 * @throws LabError `not-found` where there is no such file, `bad-file` for one that is too large or
 *   no network that we know, else naming the first tensor that does not fit
 */
export async function readModel(path: string, name = path): Promise<ModelFile> {
  // A file that cannot be read is reported where it is read.
  const { size } = await stat(path).catch(() => ({ size: 0 }));
  checkFileSize(size, name);
  const bytes = await readBytes(path);
  const { architecture } = readNetworkFile(bytes, name);
  // Last: it takes longer than all checks.
  const sha256 = sha256Hex(bytes);
  return { id: `sha256:${sha256}`, sha256, architecture, path };
}
