/**
 * Validates a visitor's file in its own worker, so that no file, however odd, can block the page.
 */
import { LabError } from "../../core/errors";
import { checkFileSize } from "../../core/weights/safetensors";
import { askWorker } from "../../engine/ask-worker";
import type { SpawnWorker } from "../../engine/messages";
import type { FilePart, UserModel } from "../../engine/user-model";

/** A file as the browser hands it over. */
export interface GivenFile {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** Long enough to hash the largest file on a slow machine. */
const patienceMs = 120_000;

/** @throws LabError `bad-file` when it is too large, or cannot be read, as a folder cannot */
export async function bytesOf(file: GivenFile): Promise<Uint8Array> {
  const { name, size } = file;
  checkFileSize(size, name);
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (thrown) {
    const found = thrown instanceof Error ? thrown.message : String(thrown);
    throw new LabError(
      { code: "bad-file", input: name, expected: "a readable file", found },
      { cause: thrown },
    );
  }
}

/**
 * @param wanted SHA-256 of the files that are asked for; none where any network is welcome
 * @throws LabError saying why it is none that can be stitched, or not the one asked for
 */
export function validateFileInWorker(
  name: string,
  bytes: Uint8Array,
  wanted: readonly string[],
  spawn: SpawnWorker,
): Promise<UserModel | FilePart> {
  return askWorker(spawn, {
    messages: [{ type: "validate", name, bytes, wanted }],
    answerOf(message) {
      if (message.type === "validated") return message.network;
      return message.type === "validated-part" ? message.part : undefined;
    },
    input: name,
    expected: "a worker that validates it",
    patienceMs,
  });
}
