/**
 * A database of a few bytes, in memory, that does what IndexedDB does when the disk is full or
 * fails.
 */
import { unsealed, type StoredRecord } from "../../../src/storage/record";
import type { NetworkTable, OpenTables, TableName, EntryUsage } from "../../../src/storage/tables";

export class SmallDisk implements OpenTables {
  readonly entries = {
    assets: new Map<string, Uint8Array>(),
    results: new Map<string, StoredRecord>(),
    checkpoints: new Map<string, StoredRecord>(),
  };
  readonly records = new Map<string, StoredRecord>();
  readonly files = new Map<string, Uint8Array>();
  readonly sets = new Map<string, StoredRecord>();
  readonly shards = new Map<string, Blob>();
  readonly past = new Map<string, StoredRecord>();
  quotaBytes = Infinity;
  writable = true;
  broken = false;

  get(table: TableName | NetworkTable | "data-shards", key: string): Promise<unknown> {
    return this.work(() => {
      if (table === "data-shards") return this.shards.get(key);
      if (table === "networks") return this.records.get(key);
      return table === "network-files" ? this.files.get(key) : this.entries[table].get(key);
    });
  }

  networks(): Promise<readonly unknown[]> {
    return this.work(() => [...this.records.values()]);
  }

  putNetwork(sha256: string, about: StoredRecord, file: Uint8Array): Promise<"stored" | "no-room"> {
    return this.work(() => {
      if (!this.writable) throw new Error("written to, though it may only be read");
      const size = about.sizeBytes + file.byteLength;
      if (this.usedBytes() + size > this.quotaBytes) return "no-room";
      this.records.set(sha256, about);
      this.files.set(sha256, file);
      return "stored";
    });
  }

  dataSets(): Promise<readonly unknown[]> {
    return this.work(() => [...this.sets.values()]);
  }

  putDataSet(
    ref: string,
    about: StoredRecord,
    shards: ReadonlyMap<string, Blob>,
  ): Promise<"stored" | "no-room"> {
    return this.work(() => {
      if (!this.writable) throw new Error("written to, though it may only be read");
      const size = [...shards.values()].reduce((sum, shard) => sum + shard.size, 0);
      if (this.usedBytes() + about.sizeBytes + size > this.quotaBytes) return "no-room";
      this.sets.set(ref, about);
      for (const [sha256, shard] of shards) this.shards.set(sha256, shard);
      return "stored";
    });
  }

  deleteDataSet(
    ref: string,
    shardsOf: (record: unknown) => readonly string[] | null,
  ): Promise<void> {
    return this.work(() => {
      if (!this.writable) throw new Error("deleted from, though it may only be read");
      const own = shardsOf(this.sets.get(ref)) ?? [];
      this.sets.delete(ref);
      const others = [...this.sets.values()].map(shardsOf);
      if (others.includes(null)) return;
      for (const sha256 of own) {
        if (!others.some((list) => list?.includes(sha256))) this.shards.delete(sha256);
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

  deleteNetwork(sha256: string): Promise<void> {
    return this.work(() => {
      if (!this.writable) throw new Error("deleted from, though it may only be read");
      this.records.delete(sha256);
      this.files.delete(sha256);
    });
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
    const own = [...this.files.values()].reduce((sum, { byteLength }) => sum + byteLength, 0);
    const images = [...this.shards.values()].reduce((sum, { size }) => sum + size, 0);
    const about = [...this.records.values(), ...this.sets.values(), ...this.past.values()].reduce(
      (sum, { sizeBytes }) => sum + sizeBytes,
      images,
    );
    return (["assets", "results", "checkpoints"] as const)
      .flatMap((table) => this.usesOf(table))
      .reduce((sum, { sizeBytes }) => sum + sizeBytes, own + about);
  }

  /** What a record holds; undefined where there is none. */
  valueAt(table: "results" | "checkpoints", key: string): unknown {
    return unsealed(this.entries[table].get(key))?.value;
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
