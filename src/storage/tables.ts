/**
 * The database interface of the lab. `database.ts` implements it with IndexedDB; tests have a fake.
 */
import type { StoredRecord } from "./record";

/** Tables whose entries are sealed records. */
export type RecordTable = "results" | "checkpoints";
/** `assets` holds the bytes of files under their SHA-256. */
export type TableName = RecordTable | "assets";

/**
 * The visitor's own networks under the SHA-256 of their files: sealed records of what they are, and
 * their bytes. Never removed to make room.
 */
export type NetworkTable = "networks" | "network-files";

/**
 * The visitor's own data sets: sealed records under their refs, and the bytes of their shards under
 * their SHA-256. Never removed to make room.
 */
export type DataSetTable = "data-sets" | "data-shards";

/** When an entry was last used, and what removing it would free. */
export interface EntryUsage {
  readonly table: TableName;
  readonly key: string;
  readonly sizeBytes: number;
  /** Unix time; 0 where it is not known, as of files. */
  readonly usedAtMs: number;
}

/** Every function rejects when the connection is gone or the disk fails. */
export interface Tables {
  /** @returns what is there, unchecked, or undefined */
  get(table: TableName | NetworkTable | "data-shards", key: string): Promise<unknown>;
  /** In one transaction: all of it is there afterwards, or nothing has changed. */
  put(
    table: TableName,
    key: string,
    entry: StoredRecord | Uint8Array,
  ): Promise<"stored" | "no-room">;
  delete(table: TableName, keys: readonly string[]): Promise<void>;
  /** The usage of every entry, least recently used first. */
  usages(table: TableName): Promise<readonly EntryUsage[]>;
  /** Records of the visitor's networks, unchecked. */
  networks(): Promise<readonly unknown[]>;
  /** In one transaction: record and file are there afterwards, or nothing has changed. */
  putNetwork(sha256: string, about: StoredRecord, file: Uint8Array): Promise<"stored" | "no-room">;
  deleteNetwork(sha256: string): Promise<void>;
  /** Records of the visitor's data sets, unchecked. */
  dataSets(): Promise<readonly unknown[]>;
  /** In one transaction: record and shards are there afterwards, or nothing has changed. */
  putDataSet(
    ref: string,
    about: StoredRecord,
    shards: ReadonlyMap<string, Blob>,
  ): Promise<"stored" | "no-room">;
  /**
   * In one transaction, with the shards that no other data set has.
   *
   * @param shardsOf from a record, unchecked, to its shards; null where they are not known
   */
  deleteDataSet(
    ref: string,
    shardsOf: (record: unknown) => readonly string[] | null,
  ): Promise<void>;
  /**
   * Finished experiments by their ids, unchecked. Like the networks, they are never removed to make
   * room.
   */
  experiments(): Promise<readonly { readonly id: string; readonly record: unknown }[]>;
  /**
   * In one transaction: tabs do not overwrite each other's changes.
   *
   * @param change from the record that is there, unchecked, or undefined; what it returns is put,
   *   unless undefined
   */
  changeExperiment(
    id: string,
    change: (before: unknown) => StoredRecord | undefined,
  ): Promise<"stored" | "no-room">;
  deleteExperiment(id: string): Promise<void>;
  /** Empties every table but those of the visitor's networks, data sets and experiments. */
  clear(): Promise<void>;
}

/** A database that can be read, and written unless it belongs to a newer version of the lab. */
export interface OpenTables extends Tables {
  readonly writable: boolean;
}
