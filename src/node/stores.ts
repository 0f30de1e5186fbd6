/**
 * Stores of results and checkpoints: in a folder, or in memory. With a folder an interrupted run
 * resumes and overlapping experiments share results. Each record is one file, sealed with its key; a
 * damaged file counts as absent. What cannot be read or written is reported, and never ends a run.
 */
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { LabError } from "../core/errors";
import { sha256Hex } from "../core/weights/hash";
import type { CheckpointStore } from "../engine/host/checkpoint-store";
import type { ResultStore } from "../engine/host/result-store";
import { decoded, encoded } from "../storage/codec";

export interface DiskStore {
  readonly store: ResultStore;
  readonly checkpoints: CheckpointStore;
}

/** Starts a record of today's format; then come the seal and the value's bytes. */
const header = new TextEncoder().encode("stitch-lab-record-2\n");
/** Size of the seal, a SHA-256 in hexadecimal. Records of the first format start with it. */
const sealBytes = 64;

/** A process that is not running here may be another machine's for this long. */
const longestWriteMs = 60_000;
/** A partial file as old as this is nobody's: process numbers are used again. */
const longestProcessMs = 24 * 60 * 60 * 1000;

/**
 * Opens the stores in a folder, and removes what interrupted writes left there.
 *
 * @param warn receives, once for each kind of failure, what cannot be read or kept and why
 * @throws LabError `storage` when there is no such folder and it cannot be made
 */
export async function diskStore(
  folder: string,
  warn: (line: string) => void = console.warn,
): Promise<DiskStore> {
  try {
    await makeFolder(folder);
  } catch (thrown) {
    throw new LabError(
      { code: "storage", input: "--store", expected: "a writable folder", found: folder },
      { cause: thrown },
    );
  }
  const warned = new Set<string>();
  const report = (what: string, thrown: unknown): void => {
    if (warned.has(what)) return;
    warned.add(what);
    warn(`store: could not ${what} in ${folder} (${messageOf(thrown)})`);
  };
  const [results, checkpoints] = await Promise.all(
    ["results", "checkpoints"].map((name) => recordsIn(join(folder, name), report)),
  );
  if (!results || !checkpoints) throw new Error("two folders");
  return { store: results, checkpoints };
}

/** Makes a folder and those above it. Node's own `recursive` never returns for some, as in /proc. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (thrown) {
    if (codeOf(thrown) === "ENOENT" && dirname(path) !== path) {
      await makeFolder(dirname(path));
      await mkdir(path);
    } else if (!(await stat(path)).isDirectory()) {
      throw thrown;
    }
  }
}

type Report = (what: string, thrown: unknown) => void;

async function recordsIn(folder: string, report: Report): Promise<ResultStore & CheckpointStore> {
  try {
    await makeFolder(folder);
    await sweep(folder);
  } catch (thrown) {
    // A folder that can only be read still has its results.
    report("write", thrown);
  }
  let writes = 0;
  const pathOf = (key: string): string => join(folder, key);
  const remove = async (path: string): Promise<void> => {
    try {
      await rm(path, { force: true, recursive: true });
    } catch (thrown) {
      report("remove a record", thrown);
    }
  };
  return {
    async get(key) {
      const path = pathOf(key);
      let file: Uint8Array;
      try {
        file = new Uint8Array(await readFile(path));
      } catch (thrown) {
        if (codeOf(thrown) === "ENOENT") return undefined;
        report("read a record, which is computed again", thrown);
        // A folder in a record's place would be in the way of the next one.
        if (codeOf(thrown) === "EISDIR") await remove(path);
        return undefined;
      }
      const value = unsealed(key, file);
      if (value === undefined) await remove(path);
      return value?.value;
    },
    async put(key: string, value: unknown) {
      // Renamed once it is complete: a process may end at any time, and another may read.
      const partial = `${pathOf(key)}.${process.pid}.${writes++}`;
      try {
        await writeFile(partial, sealed(key, encoded(value)));
        await rename(partial, pathOf(key));
      } catch (thrown) {
        report("keep results", thrown);
        await rm(partial, { force: true }).catch(() => undefined);
      }
    },
    delete: (key) => remove(pathOf(key)),
  };
}

function sealed(key: string, bytes: Uint8Array): Uint8Array {
  return Buffer.concat([header, new TextEncoder().encode(sealOf(key, bytes)), bytes]);
}

/** The seal depends on the key, so a record under another key's name is not believed. */
function sealOf(key: string, bytes: Uint8Array): string {
  return sha256Hex(Buffer.concat([new TextEncoder().encode(`${key}\n`), bytes]));
}

/** Returns undefined for a damaged record. */
function unsealed(key: string, file: Uint8Array): { readonly value: unknown } | undefined {
  const isCurrent = header.every((byte, place) => file[place] === byte);
  const start = isCurrent ? header.byteLength : 0;
  const seal = new TextDecoder().decode(file.subarray(start, start + sealBytes));
  const bytes = file.subarray(start + sealBytes);
  // The first format's seal is the hash of the bytes alone.
  if (seal !== (isCurrent ? sealOf(key, bytes) : sha256Hex(bytes))) return undefined;
  try {
    return { value: decoded(bytes) };
  } catch {
    return undefined;
  }
}

/** Removes the partial files of processes that have ended. */
async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const writer = /^[0-9a-f]{64}\.(\d+)\.\d+$/.exec(name)?.[1];
    if (writer === undefined) continue;
    const path = join(folder, name);
    let ageMs: number;
    try {
      ageMs = Date.now() - (await stat(path)).mtimeMs;
    } catch (thrown) {
      // Another process finished writing it, or removed it first.
      if (codeOf(thrown) === "ENOENT") continue;
      throw thrown;
    }
    if (ageMs > (isRunning(Number(writer)) ? longestProcessMs : longestWriteMs)) {
      await rm(path, { force: true });
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    // Another user's process cannot be signalled, but runs.
    return codeOf(thrown) === "EPERM";
  }
}

function codeOf(thrown: unknown): unknown {
  return thrown instanceof Error && "code" in thrown ? thrown.code : undefined;
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** Keeps records for as long as the process runs. */
export function memoryStore(): { store: ResultStore; checkpoints: CheckpointStore } {
  const results = recordsInMemory();
  return {
    store: { ...results, release: (key) => results.delete(key) },
    checkpoints: recordsInMemory(),
  };
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
