/**
 * A database of a few bytes, in memory, that does what IndexedDB does when the disk is full or
 * fails.
 */
import { unsealed, type StoredRecord } from "../../../src/storage/record";
import {
  ownFileTables,
  type EntryUsage,
  type OpenTables,
  type OwnFileTable,
  type OwnKind,
  type TableName,
} from "../../../src/storage/tables";

/** One kind of the visitor's own. */
class OwnTables {
  readonly records = new Map<string, StoredRecord>();
  readonly files = new Map<string, Uint8Array | Blob>();
}

export class SmallDisk implements OpenTables {
  readonly entries = {
    assets: new Map<string, Uint8Array>(),
    results: new Map<string, StoredRecord>(),
    checkpoints: new Map<string, StoredRecord>(),
  };
  readonly networks = new OwnTables();
  readonly dataSets = new OwnTables();
  readonly past = new Map<string, StoredRecord>();
  quotaBytes = Infinity;
  writable = true;
  broken = false;

  get(table: TableName | OwnFileTable, key: string): Promise<unknown> {
    return this.work(() => {
      if (table === ownFileTables.networks) return this.networks.files.get(key);
      if (table === ownFileTables["data-sets"]) return this.dataSets.files.get(key);
      return this.entries[table].get(key);
    });
  }

  ownRecords(kind: OwnKind): Promise<readonly unknown[]> {
    return this.work(() => [...this.own(kind).records.values()]);
  }

  putOwn(
    kind: OwnKind,
    key: string,
    record: StoredRecord,
    files: ReadonlyMap<string, Uint8Array | Blob>,
  ): Promise<"stored" | "no-room"> {
    return this.work(() => {
      if (!this.writable) throw new Error("written to, though it may only be read");
      const size = record.sizeBytes + sizeOfAll(files);
      if (this.usedBytes() + size > this.quotaBytes) return "no-room";
      this.own(kind).records.set(key, record);
      for (const [sha256, file] of files) this.own(kind).files.set(sha256, file);
      return "stored";
    });
  }

  deleteOwn(
    kind: OwnKind,
    key: string,
    filesOf: (key: string, record: unknown) => readonly string[] | null,
  ): Promise<void> {
    return this.work(() => {
      if (!this.writable) throw new Error("deleted from, though it may only be read");
      const { records, files } = this.own(kind);
      const own = filesOf(key, records.get(key)) ?? [];
      records.delete(key);
      const named = [...records].map(([other, record]) => filesOf(other, record));
      if (named.includes(null)) return;
      for (const sha256 of own) {
        if (!named.some((list) => list?.includes(sha256))) files.delete(sha256);
      }
    });
  }

  experiments(): Promise<readonly { readonly id: string; readonly record: unknown }[]> {
    return this.work(() => [...this.past].map(([id, record]) => ({ id, record })));
  }

  changeExperiment(
    id: string,
    change: (before: unknown) => StoredRecord | undefined,
  ): Promise<"stored" | "no-room"> {
    return this.work(() => {
      if (!this.writable) throw new Error("written to, though it may only be read");
      const record = change(this.past.get(id));
      if (!record) return "stored";
      if (this.usedBytes() + record.sizeBytes > this.quotaBytes) return "no-room";
      this.past.set(id, record);
      return "stored";
    });
  }

  deleteExperiment(id: string): Promise<void> {
    return this.work(() => void this.past.delete(id));
  }

  put(
    table: TableName,
    key: string,
    entry: StoredRecord | Uint8Array,
  ): Promise<"stored" | "no-room"> {
    return this.work(() => {
      if (!this.writable) throw new Error("written to, though it may only be read");
      const size = "sha256" in entry ? entry.sizeBytes : entry.byteLength;
      const before = this.usesOf(table).find((use) => use.key === key)?.sizeBytes ?? 0;
      if (this.usedBytes() - before + size > this.quotaBytes) return "no-room";
      if (table === "assets") this.entries.assets.set(key, entry as Uint8Array);
      else this.entries[table].set(key, entry as StoredRecord);
      return "stored";
    });
  }

  delete(table: TableName, keys: readonly string[]): Promise<void> {
    return this.work(() => {
      if (!this.writable) throw new Error("deleted from, though it may only be read");
      for (const key of keys) this.entries[table].delete(key);
    });
  }

  usages(table: TableName): Promise<readonly EntryUsage[]> {
    return this.work(() => this.usesOf(table));
  }

  clear(): Promise<void> {
    return this.work(() => {
      for (const entries of Object.values(this.entries)) entries.clear();
    });
  }

  usedBytes(): number {
    const records = [this.networks.records, this.dataSets.records, this.past];
    const about = records
      .flatMap((table) => [...table.values()])
      .reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    const files = sizeOfAll(this.networks.files) + sizeOfAll(this.dataSets.files);
    return (["assets", "results", "checkpoints"] as const)
      .flatMap((table) => this.usesOf(table))
      .reduce((sum, { sizeBytes }) => sum + sizeBytes, files + about);
  }

  /** What a record holds; undefined where there is none. */
  valueAt(table: "results" | "checkpoints", key: string): unknown {
    return unsealed(this.entries[table].get(key))?.value;
  }

  private own(kind: OwnKind): OwnTables {
    return kind === "networks" ? this.networks : this.dataSets;
  }

  private usesOf(table: TableName): EntryUsage[] {
    if (table === "assets") {
      return [...this.entries.assets].map(([key, bytes]) => ({
        table,
        key,
        sizeBytes: bytes.byteLength,
        usedAtMs: 0,
      }));
    }
    return [...this.entries[table]].map(([key, { sizeBytes, usedAtMs }]) => ({
      table,
      key,
      sizeBytes,
      usedAtMs,
    }));
  }

  private work<T>(operate: () => T): Promise<T> {
    return this.broken
      ? Promise.reject(new Error("the disk fails"))
      : Promise.resolve().then(operate);
  }
}

function sizeOfAll(files: ReadonlyMap<string, Uint8Array | Blob>): number {
  return [...files.values()].reduce(
    (sum, file) => sum + (file instanceof Blob ? file.size : file.byteLength),
    0,
  );
}
