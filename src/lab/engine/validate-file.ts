/** Examines a visitor's file in a worker of its own, so that no file, however odd, can hold the page up. */
import { LabError } from "../../core/errors";
import { fromWorkerSchema, type SpawnWorker } from "../../engine/messages";
import type { UserModel } from "../../engine/user-model";

/** A file as the browser hands it over. */
export interface GivenFile {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** Ten times the largest networks that are trained on images of this size. */
const largestBytes = 1_000_000_000;

/** Long enough to hash the largest file on a slow machine. */
const patienceMs = 120_000;

/** @throws LabError `bad-file` when it is too large, or cannot be read, as a folder cannot */
export async function bytesOf(file: GivenFile): Promise<Uint8Array> {
  const { name, size } = file;
  if (size > largestBytes) {
    throw new LabError({
      code: "bad-file",
      input: name,
      expected: `at most ${largestBytes.toLocaleString("en")} bytes`,
      found: `${size.toLocaleString("en")} bytes`,
    });
  }
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
): Promise<UserModel> {
  const port = spawn();
  let timer: ReturnType<typeof setTimeout> | undefined;
  return new Promise<UserModel>((resolve, reject) => {
    const giveUp = (found: string): void => {
      reject(
        new LabError({
          code: "backend",
          input: name,
          expected: "an answer from its worker",
          found,
        }),
      );
    };
    timer = setTimeout(() => {
      giveUp(`no answer within ${String(patienceMs / 1000)} seconds`);
    }, patienceMs);
    port.onMessage((received) => {
      const message = fromWorkerSchema.parse(received);
      if (message.type === "examined") resolve(message.network);
      if (message.type === "failed") reject(new LabError(message.error));
    });
    port.onBreak(giveUp);
    port.post({ type: "examine", name, bytes, wanted });
  }).finally(() => {
    clearTimeout(timer);
    port.terminate();
  });
}
