/**
 * Validates a file that a visitor gives: whether it is a network that can be stitched, and which, or
 * a trunk or a linear head, which make a network together.
 */
import { LabError } from "../../core/errors";
import { graphWork } from "../../core/graph/graph-work";
import { checkFiniteLogits } from "../../core/nets/finite-logits";
import {
  builtNetwork,
  contentsOf,
  isOnnxFile,
  readNetworkFile,
  type NetworkFile,
} from "../../core/nets/network-file";
import { sha256Hex } from "../../core/weights/hash";
import { checkFileSize } from "../../core/weights/safetensors";
import { headIn, readTrunk, withLinearHead, type GivenFile } from "../../core/nets/linear-head";
import { readingText, type Reading } from "../../core/onnx/reading";
import type { FileBeside } from "../messages";
import type { FilePart, JoinedFile, UserModel } from "../user-model";
import { readAsAsked, withGivenWeights } from "./validate-onnx";

/** A file to validate. */
export interface ModelFileCandidate {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** SHA-256 of the files that are asked for, in hexadecimal; none where any network is welcome. */
  readonly wanted: readonly string[];
  /** Files given with it, which may hold the weights of an ONNX file. */
  readonly beside?: readonly FileBeside[];
  /** How ONNX files are asked for, by their SHA-256; the file itself under "". */
  readonly readings?: ReadonlyMap<string, Reading>;
  /** Height and width of the images at hand, for a file that leaves them open. */
  readonly side?: number;
}

/**
 * Builds the network on the backend that runs, runs it on a few images, and disposes it. Names and
 * shapes are checked first: hashing and decoding a large file take seconds.
 *
 * @returns with the bytes of its file where these are not those of the file given
 * @throws LabError `hash-mismatch` for a file that was not asked for; `bad-file` for one that is no
 *   network that we know, or whose logits are not finite; otherwise naming the first tensor that
 *   does not fit, with what was expected and found
 */
export async function validateModelFile(
  candidate: ModelFileCandidate,
): Promise<UserModel | FilePart | JoinedFile> {
  const { name, bytes, wanted } = candidate;
  checkFileSize(bytes.byteLength, name);
  if (isOnnxFile(bytes)) return validateOnnx(candidate);
  const part = partIn(candidate);
  const file = part ? undefined : readNetworkFile(bytes, name);
  const sha256 = sha256Hex(bytes);
  checkWanted(sha256, name, wanted);
  const known = { sha256, name, sizeBytes: bytes.byteLength };
  if (part) return { ...known, ...part };
  if (!file) throw new Error("a file is a network or a part of one");
  await checkNumbers(file, name);
  return { ...known, architecture: file.architecture, contents: readContents(file) };
}

async function validateOnnx({
  name,
  bytes,
  wanted,
  beside = [],
  readings = new Map(),
  side,
}: ModelFileCandidate): Promise<UserModel | JoinedFile> {
  const { bytes: whole, weightFiles } = await withGivenWeights({ name, bytes }, beside);
  const sha256 = sha256Hex(whole);
  checkWanted(sha256, name, wanted);
  const asked = readings.get(sha256) ?? readings.get("");
  const read = readAsAsked(whole, name, asked, side);
  const { file, reading } = read;
  const text = readingText(reading);
  const network: UserModel = {
    ...networkIn(file, read.bytes, `${name}${text}`),
    ...(weightFiles.length > 0 && { weightFiles: [...weightFiles] }),
    ...(text !== "" && { reading: { file: sha256, fileBytes: whole.byteLength, ...reading } }),
  };
  await checkNumbers(file, name);
  return read.bytes === bytes ? network : { network, bytes: read.bytes };
}

function checkWanted(sha256: string, name: string, wanted: readonly string[]): void {
  if (wanted.length === 0 || wanted.includes(sha256)) return;
  throw new LabError({
    code: "hash-mismatch",
    input: name,
    expected: `a file whose SHA-256 begins with ${wanted.map(beginning).join(" or ")}`,
    found: `one that begins with ${beginning(sha256)}`,
  });
}

type WithoutFile<T> = T extends unknown ? Omit<T, "sha256" | "name" | "sizeBytes"> : never;

function partIn(file: GivenFile): WithoutFile<FilePart> | undefined {
  const head = headIn(file);
  if (head) return { part: "head", ...head };
  const trunk = readTrunk(file);
  return trunk && { part: "trunk", features: trunk.features, architecture: trunk.architecture };
}

/**
 * Joins a trunk and a linear head to one network, which is validated.
 *
 * @param head null for the trunk alone, a network without a head
 * @throws LabError for a head of other features, or as `validateModelFile` does
 */
export async function joinFiles(trunk: GivenFile, head: GivenFile | null): Promise<JoinedFile> {
  if (head === null) return trunkAlone(trunk);
  const bytes = withLinearHead(trunk, head);
  const name = `${trunk.name} + ${head.name}`;
  await checkNumbers(readNetworkFile(bytes, name), name);
  const network = joinedNetwork(bytes, name, {
    trunk: sha256Hex(trunk.bytes),
    head: { type: "published", sha256: sha256Hex(head.bytes) },
  });
  return { network, bytes };
}

async function trunkAlone({ name, bytes }: GivenFile): Promise<JoinedFile> {
  const file = readNetworkFile(bytes, name);
  await checkNumbers(file, name);
  return { network: networkIn(file, bytes, name), bytes };
}

/** What is known of a trunk and its head in one file. */
export function joinedNetwork(
  bytes: Uint8Array,
  name: string,
  joined: NonNullable<UserModel["joined"]>,
): UserModel {
  return { ...networkIn(readNetworkFile(bytes, name), bytes, name), joined };
}

function networkIn(file: NetworkFile, bytes: Uint8Array, name: string): UserModel {
  const { architecture } = file;
  const known = { sha256: sha256Hex(bytes), name, sizeBytes: bytes.byteLength };
  return { ...known, architecture, contents: readContents(file) };
}

function readContents(file: NetworkFile): NonNullable<UserModel["contents"]> {
  const { operators, ...contents } = contentsOf(file);
  const known = { ...contents, operators: [...operators] };
  if (file.type !== "graph") return known;
  const taps = file.architecture.taps.map(({ value }) => value);
  return { ...known, work: graphWork(file.graph, taps) };
}

async function checkNumbers(file: NetworkFile, name: string): Promise<void> {
  const network = builtNetwork(file);
  try {
    await checkFiniteLogits(network, name);
  } finally {
    network.dispose();
  }
}

function beginning(sha256: string): string {
  return sha256.slice(0, 12);
}
