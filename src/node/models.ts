/** Finds networks by their id in the zoo or by the path of a file. */
import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { LabError, namesLike } from "../core/errors";
import { sha256Hex } from "../core/weights/hash";
import { zooManifestSchema, type ZooManifest } from "../core/nets/zoo-manifest";
import { isOnnxFile, readNetworkFile } from "../core/nets/network-file";
import { externalNames, withWeightsInside } from "../core/onnx/external-weights";
import { leavesSizeOpen } from "../core/onnx/read-onnx";
import { sideOf, splitReading, type Reading } from "../core/onnx/reading";
import { withReading } from "../core/onnx/reading-in-file";
import { checkFileSize } from "../core/weights/safetensors";
import type { ModelFile } from "../engine/messages";
import { modelRefOf } from "../experiment/model-ref";
import { readBytes, readJson, writeWhole } from "./files";

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
 * The largest file of a network that is read from disk: Node reads no file of 2 GiB at once. In a
 * browser less is taken.
 */
export const diskLimitBytes = 2_000_000_000;

/** What a network's file does not say. */
export interface ModelOptions {
  /** Keeps copies of files that are read in another way than usual. */
  readonly copies?: string;
  /** Height and width of the images, where an ONNX file leaves them open and its path says none. */
  readonly side?: () => Promise<number | undefined>;
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
  options: ModelOptions = {},
): Promise<ModelFile> {
  const model = zoo.models.find((other) => other.id === name);
  if (model) {
    const { id, sha256, architecture } = model;
    return { id, sha256, architecture, path: join(folders.zoo, model.file) };
  }
  const path = resolve(from, name);
  if (!existsSync(path) && !existsSync(splitReading(path).before)) {
    const ids = zoo.models.map(({ id }) => id);
    throw new LabError({
      code: "not-found",
      input: name,
      expected: `a path to a .safetensors or .onnx file or ${namesLike(name, ids)}`,
      found: "neither",
    });
  }
  return modelAt(path, name, options);
}

/**
 * Reads a network from a file. Its architecture follows from the names and shapes of its
 * parameters. The path of an ONNX file may be followed by `:side=224` (height and width of the
 * images, where the file leaves them open; 32 by default) and `:taps=all` (each layer that separates
 * the images from the logits, not one for each block). Weights in files of their own are found next
 * to it.
 *
 * @param name what errors call the file; its path by default
 * @returns the network, whose `id` (`sha256:` and the hash of the file) a spec may name
 * @throws LabError `not-found` where there is no such file, `bad-file` for one that is too large or
 *   no network that we know, else naming the first tensor that does not fit
 */
export function readModel(path: string, name = path): Promise<ModelFile> {
  return modelAt(path, name, {});
}

async function modelAt(path: string, name: string, options: ModelOptions): Promise<ModelFile> {
  const { before, reading } = existsSync(path) ? { before: path, reading: {} } : splitReading(path);
  const bytes = await readNetworkBytes(before, name);
  if (isOnnxFile(bytes)) return onnxModel({ path: before, name, bytes }, reading, options);
  if (before !== path) {
    const expected = "an ONNX file, which alone can be read in several ways";
    throw new LabError({ code: "bad-input", input: name, expected, found: "another file" });
  }
  const { architecture } = readNetworkFile(bytes, name);
  // Last: it takes longer than all checks.
  const sha256 = sha256Hex(bytes);
  return { id: modelRefOf({ sha256 }), sha256, architecture, path };
}

/** Reads a network's file whole. @throws LabError `bad-file` for one that is too large */
export async function readNetworkBytes(path: string, name: string): Promise<Uint8Array> {
  // A file that cannot be read is reported where it is read.
  const { size } = await stat(path).catch(() => ({ size: 0 }));
  checkFileSize(size, name, diskLimitBytes);
  return readBytes(path);
}

interface OnnxFile {
  readonly path: string;
  readonly name: string;
  readonly bytes: Uint8Array;
}

async function onnxModel(
  { path, name, bytes }: OnnxFile,
  asked: Reading,
  { copies = usualCopies, side }: ModelOptions,
): Promise<ModelFile> {
  const whole = await withWeightsNextTo(path, name, bytes);
  const isOpen = leavesSizeOpen(whole, name);
  if (!isOpen && asked.side !== undefined) {
    const expected = "no size: the file fixes it";
    throw new LabError({ code: "bad-input", input: name, expected, found: String(asked.side) });
  }
  const ofData = isOpen && asked.side === undefined ? await side?.() : undefined;
  const reading = { ...asked, ...(ofData !== undefined && sideOf(ofData)) };
  const copy = withReading(whole, reading);
  const { architecture } = readNetworkFile(copy, name);
  const sha256 = sha256Hex(copy);
  const file = copy === whole ? sha256 : sha256Hex(whole);
  const id = modelRefOf({ sha256: file, reading });
  if (copy === bytes) return { id, sha256, architecture, path };
  const kept = join(copies, `${sha256}.onnx`);
  await writeWhole(kept, copy);
  return { id, sha256, architecture, path: kept };
}

/** In the user's cache: they can be made again. */
const usualCopies = join(
  process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"),
  "stitch-lab",
  "onnx",
);

async function withWeightsNextTo(
  path: string,
  name: string,
  bytes: Uint8Array,
): Promise<Uint8Array> {
  const files = new Map<string, Uint8Array>();
  for (const location of externalNames(bytes, name)) {
    const found = join(dirname(path), location);
    if (!existsSync(found)) {
      const expected = `its weights in ${location}, next to it`;
      throw new LabError({ code: "not-found", input: name, expected, found: "no such file" });
    }
    files.set(location, await readNetworkBytes(found, location));
  }
  return files.size === 0 ? bytes : withWeightsInside(bytes, name, files, diskLimitBytes);
}
