/**
 * The lab's IndexedDB: files by their hash, and results of tasks by their key. The only door to `idb`.
 *
 * Version 1: `assets` holds bytes under their SHA-256; `results` holds results under the task's key. A
 * later version must carry both over: nobody's finished work may be lost by an update.
 */
import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import { LabError } from "../core/errors";

const name = "stitch-lab";
const version = 1;

interface LabDatabase extends DBSchema {
  assets: { key: string; value: Uint8Array };
  results: { key: string; value: unknown };
}

export type Database = IDBPDatabase<LabDatabase>;

/** @throws LabError `storage` when the browser refuses, as in some private windows */
export async function openDatabase(): Promise<Database> {
  return stored("the browser's storage", () =>
    openDB<LabDatabase>(name, version, {
      upgrade(database) {
        database.createObjectStore("assets");
        database.createObjectStore("results");
      },
      blocking(_currentVersion, _blockedVersion, event) {
        // A newer page wants to upgrade; a connection kept open would block it.
        (event.target as IDBDatabase).close();
      },
    }),
  );
}

/** Runs a database operation; what the browser throws becomes a LabError. */
export async function stored<T>(input: string, operate: () => Promise<T>): Promise<T> {
  try {
    return await operate();
  } catch (thrown) {
    const full = thrown instanceof DOMException && thrown.name === "QuotaExceededError";
    throw new LabError(
      {
        code: "storage",
        input,
        expected: full ? "room left in the browser's storage" : "storage that works",
        found: full ? "none" : thrown instanceof Error ? thrown.message : String(thrown),
      },
      { cause: thrown },
    );
  }
}
