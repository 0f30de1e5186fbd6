/**
 * The database interface of the lab. `database.ts` implements it with IndexedDB; tests have a fake.
 */
import type { StoredRecord } from "./record";

/** Tables whose entries are sealed records. */
export type RecordTable = "results" | "checkpoints";
/** `assets` holds the bytes of files under their SHA-256. */
export type TableName = RecordTable | "assets";

/**
 * Kinds of the visitor's own, each the name of a table of sealed records; never removed to make room.
 * Networks are under the SHA-256 of their files, data sets under their refs.
 */
export type OwnKind = "networks" | "data-sets";

/** Tables with the bytes of each kind's files, under their SHA-256. */
export const ownFileTables = {
  networks: "network-files",
  "data-sets": "data-shards",
} as const satisfies Record<OwnKind, string>;
export type OwnFileTable = (typeof ownFileTables)[OwnKind];

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
  get(table: TableName | OwnFileTable, key: string): Promise<unknown>;
  /** In one transaction: all of it is there afterwards, or nothing has changed. */
  put(
    table: TableName,
    key: string,
    entry: StoredRecord | Uint8Array,
  ): Promise<"stored" | "no-room">;
  delete(table: TableName, keys: readonly string[]): Promise<void>;
  /** The usage of every entry, least recently used first. */
  usages(table: TableName): Promise<readonly EntryUsage[]>;
  /** The records of one kind of the visitor's own, unchecked. */
  ownRecords(kind: OwnKind): Promise<readonly unknown[]>;
  /**
   * In one transaction: record and files are there afterwards, or nothing has changed.
   *
   * @param files by SHA-256
   */
  putOwn(
    kind: OwnKind,
    key: string,
    record: StoredRecord,
    files: ReadonlyMap<string, Uint8Array | Blob>,
  ): Promise<"stored" | "no-room">;
  /**
   * In one transaction, with the files that no other record of the kind names.
   *
   * @param filesOf from a record, unchecked, to its files; null where they are not known
   */
  deleteOwn(
    kind: OwnKind,
    key: string,
    filesOf: (key: string, record: unknown) => readonly string[] | null,
  ): Promise<void>;
  /**
   * Finished experiments by their ids, unchecked. Like the visitor's own files, they are never removed to
   * make room.
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
  /** Empties every table but those of the visitor's own files and of experiments. */
  clear(): Promise<void>;
}

/** A database that can be read, and written unless it belongs to a newer version of the lab. */
export interface OpenTables extends Tables {
  readonly writable: boolean;
}
