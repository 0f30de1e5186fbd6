/**
 * Stores of results and checkpoints: in a folder, or in memory. With a folder an interrupted run
 * resumes and overlapping experiments share results. Each record is one file with its hash; a damaged
 * file counts as absent.
 */
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { LabError } from "../core/errors";
import { sha256Hex } from "../core/weights/hash";
import type { CheckpointStore } from "../engine/host/checkpoint-store";
import type { ResultStore } from "../engine/host/result-store";
import { decoded, encoded } from "../storage/codec";

export interface DiskStore {
  readonly store: ResultStore;
  readonly checkpoints: CheckpointStore;
}

/** Size of the hash at the start of a file. */
const hashBytes = 64;

/** Opens the stores in a folder. @throws LabError `storage` when the folder cannot be made */
export async function diskStore(folder: string): Promise<DiskStore> {
  const results = join(folder, "results");
  const checkpoints = join(folder, "checkpoints");
  try {
    await Promise.all([results, checkpoints].map((path) => mkdir(path, { recursive: true })));
  } catch (thrown) {
    const expected = "a writable folder";
    throw new LabError(
      { code: "storage", input: "--store", expected, found: folder },
      { cause: thrown },
    );
  }
  return { store: recordsIn(results), checkpoints: recordsIn(checkpoints) };
}

function recordsIn(folder: string): ResultStore & CheckpointStore {
  let writes = 0;
  const pathOf = (key: string): string => join(folder, key);
  return {
    async get(key) {
      const path = pathOf(key);
      if (!existsSync(path)) return undefined;
      const file = new Uint8Array(await readFile(path));
      const hash = new TextDecoder().decode(file.subarray(0, hashBytes));
      const bytes = file.subarray(hashBytes);
      if (hash === sha256Hex(bytes)) return decoded(bytes);
      await rm(path, { force: true });
      return undefined;
    },
    async put(key: string, value: unknown) {
      const bytes = encoded(value);
      // Renamed once it is whole: a process may end at any time, and another may read.
      const partial = `${pathOf(key)}.${process.pid}.${writes++}`;
      await writeFile(partial, Buffer.concat([Buffer.from(sha256Hex(bytes)), bytes]));
      await rename(partial, pathOf(key));
    },
    async delete(key) {
      await rm(pathOf(key), { force: true });
    },
  };
}

/** Keeps records for as long as the process runs. */
export function memoryStore(): { store: ResultStore; checkpoints: CheckpointStore } {
  return { store: recordsInMemory(), checkpoints: recordsInMemory() };
}

function recordsInMemory(): ResultStore & CheckpointStore {
  const values = new Map<string, unknown>();
  return {
    get: (key) => Promise.resolve(values.get(key)),
    put(key: string, value: unknown) {
      values.set(key, value);
      return Promise.resolve();
    },
    delete(key) {
      values.delete(key);
      return Promise.resolve();
    },
  };
}
