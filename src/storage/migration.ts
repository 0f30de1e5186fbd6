/**
 * Versions of the database. Everything in an older one is carried over: no update may lose
 * finished work.
 *
 * 1. `assets`: bytes under their SHA-256. `results`: values under the task's key.
 * 2. `results` and `checkpoints`: sealed records (`record.ts`), with an index of when they were used.
 * 3. `networks` and `network-files`: the visitor's own. The other tables are as they were.
 * 4. `experiments`: the library, sealed records. The other tables are as they were.
 * 5. `data-sets` and `data-shards`: the visitor's own images. The other tables are as they were.
 */
import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from "idb";
import { sealed, type StoredRecord } from "./record";
import type { OwnFileTable, OwnKind, RecordTable } from "./tables";

export const version = 5;

/** Index of age and size, which need not read the entries. */
export const byUse = "by-use";

// What is read is checked where it is read, whatever was written.
interface RecordStore {
  key: string;
  value: unknown;
  indexes: { [byUse]: [number, number] };
}

export interface LabSchema extends DBSchema {
  assets: { key: string; value: unknown };
  results: RecordStore;
  checkpoints: RecordStore;
  networks: { key: string; value: unknown };
  "network-files": { key: string; value: unknown };
  experiments: { key: string; value: unknown };
  "data-sets": { key: string; value: unknown };
  "data-shards": { key: string; value: unknown };
}

export type LabDatabase = IDBPDatabase<LabSchema>;
type Upgrade = IDBPTransaction<LabSchema, StoreNames<LabSchema>[], "versionchange">;

/**
 * Brings the database to {@link version}, in one transaction: it becomes new as a whole, or stays
 * old.
 *
 * @param from the version that it has; 0 for none
 */
export async function migrate(
  database: LabDatabase,
  transaction: Upgrade,
  from: number,
  nowMs: number,
): Promise<void> {
  for (const table of [
    "assets",
    "networks",
    "network-files",
    "experiments",
    "data-sets",
    "data-shards",
  ] satisfies ("assets" | OwnKind | OwnFileTable | "experiments")[]) {
    if (!database.objectStoreNames.contains(table)) database.createObjectStore(table);
  }
  for (const table of ["results", "checkpoints"] satisfies RecordTable[]) {
    const store = database.objectStoreNames.contains(table)
      ? transaction.objectStore(table)
      : database.createObjectStore(table);
    if (store.indexNames.contains(byUse)) continue;
    store.createIndex(byUse, ["usedAtMs", "sizeBytes"] satisfies (keyof StoredRecord)[]);
  }
  if (from !== 1) return;
  // One at a time: together they may be more than memory holds.
  let cursor = await transaction.objectStore("results").openCursor();
  while (cursor) {
    const record = sealedOrNot(cursor.value, nowMs);
    await (record ? cursor.update(record) : cursor.delete());
    cursor = await cursor.continue();
  }
}

/** undefined for a value that no version ever stored. */
function sealedOrNot(value: unknown, nowMs: number): StoredRecord | undefined {
  try {
    return sealed(value, nowMs);
  } catch {
    return undefined;
  }
}
