/**
 * Validates a visitor's file in its own worker, so that no file, however odd, can block the page.
 */
import { LabError } from "../../core/errors";
import { checkFileSize } from "../../core/weights/safetensors";
import { askWorker } from "../../engine/ask-worker";
import type { Reading } from "../../core/onnx/reading";
import type { SpawnWorker } from "../../engine/messages";
import type { FilePart, JoinedFile, UserModel } from "../../engine/user-model";

/** A file as the browser hands it over. */
export interface GivenFile {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** What a file is wanted for. */
export interface ImportWish {
  /** SHA-256 of the files that are asked for; none where any network is welcome. */
  readonly wanted: readonly string[];
  /** Files given with it, in which the weights of an ONNX file may be. */
  readonly beside?: readonly GivenFile[];
  /** How ONNX files are asked for, by their SHA-256; the file itself under "". */
  readonly readings?: ReadonlyMap<string, Reading>;
  /** Height and width of the experiment's images, for a file that leaves them open. */
  readonly side?: number;
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

/** @throws LabError saying why it is none that can be stitched, or not the one asked for */
export function validateFileInWorker(
  name: string,
  bytes: Uint8Array,
  wish: ImportWish,
  spawn: SpawnWorker,
): Promise<UserModel | FilePart | JoinedFile> {
  return askWorker(spawn, {
    messages: [{ type: "validate", name, bytes, ...wish }],
    answerOf(message) {
      if (message.type === "joined") return message.file;
      if (message.type === "validated") return message.network;
      return message.type === "validated-part" ? message.part : undefined;
    },
    input: name,
    expected: "a worker that validates it",
    patienceMs,
  });
}
