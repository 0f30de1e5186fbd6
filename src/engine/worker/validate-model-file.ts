/**
 * Validates a file that a visitor gives: whether it is a network that can be stitched, and which.
 */
import { LabError } from "../../core/errors";
import { frozenNetwork } from "../../core/nets/network";
import { sha256Hex } from "../../core/weights/hash";
import { metadataOf, parseSafetensors } from "../../core/weights/safetensors";
import { recogniseArchitecture } from "../../core/nets/recognise";
import type { UserModel } from "../user-model";

/** A file to validate. */
export interface ModelFileCandidate {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** SHA-256 of the files that are asked for, in hexadecimal; none where any network is welcome. */
  readonly wanted: readonly string[];
}

/**
 * Builds the network on the backend that runs, and disposes it: what passes can be run.
 *
 * @throws LabError `hash-mismatch` for a file that was not asked for; otherwise naming the first
 *   tensor that does not fit, with what was expected and found
 */
export function validateModelFile({ name, bytes, wanted }: ModelFileCandidate): UserModel {
  const sha256 = sha256Hex(bytes);
  if (wanted.length > 0 && !wanted.includes(sha256)) {
    throw new LabError({
      code: "hash-mismatch",
      input: name,
      expected: `a file whose SHA-256 begins with ${wanted.map(beginning).join(" or ")}`,
      found: `one that begins with ${beginning(sha256)}`,
    });
  }
  const state = parseSafetensors(bytes, name);
  const architecture = recogniseArchitecture(state, name, metadataOf(bytes, name));
  frozenNetwork(state, architecture).dispose();
  return { sha256, name, sizeBytes: bytes.byteLength, architecture };
}

function beginning(sha256: string): string {
  return sha256.slice(0, 12);
}
