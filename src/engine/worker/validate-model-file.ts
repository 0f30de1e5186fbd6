/**
 * Validates a file that a visitor gives: whether it is a network that can be stitched, and which.
 */
import { LabError } from "../../core/errors";
import { checkFiniteLogits } from "../../core/nets/finite-logits";
import { builtNetwork, readNetworkFile } from "../../core/nets/network-file";
import { sha256Hex } from "../../core/weights/hash";
import { checkFileSize } from "../../core/weights/safetensors";
import type { UserModel } from "../user-model";

/** A file to validate. */
export interface ModelFileCandidate {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** SHA-256 of the files that are asked for, in hexadecimal; none where any network is welcome. */
  readonly wanted: readonly string[];
}

/**
 * Builds the network on the backend that runs, runs it on a few images, and disposes it. Names and
 * shapes are checked first: hashing and decoding a large file take seconds.
 *
 * @throws LabError `hash-mismatch` for a file that was not asked for; `bad-file` for one that is no
 *   network that we know, or whose logits are not finite; otherwise naming the first tensor that
 *   does not fit, with what was expected and found
 */
export async function validateModelFile(candidate: ModelFileCandidate): Promise<UserModel> {
  const { name, bytes, wanted } = candidate;
  checkFileSize(bytes.byteLength, name);
  const file = readNetworkFile(bytes, name);
  const sha256 = sha256Hex(bytes);
  if (wanted.length > 0 && !wanted.includes(sha256)) {
    throw new LabError({
      code: "hash-mismatch",
      input: name,
      expected: `a file whose SHA-256 begins with ${wanted.map(beginning).join(" or ")}`,
      found: `one that begins with ${beginning(sha256)}`,
    });
  }
  const network = builtNetwork(file);
  try {
    await checkFiniteLogits(network, name);
  } finally {
    network.dispose();
  }
  return { sha256, name, sizeBytes: bytes.byteLength, architecture: file.architecture };
}

function beginning(sha256: string): string {
  return sha256.slice(0, 12);
}
