/**
 * Stores results and checkpoints: in the database where possible, else in the page's memory, where
 * nothing is computed twice within a visit. None of its functions rejects: storage that fails must
 * not end a run.
 */
import type { Connect } from "./connection";
import { amountOf, evict, putOrEvict } from "./eviction";
import { sealed, unsealed, type StoredRecord } from "./record";
import type { Obstacle, StatusBoard, StorageStatus } from "./status";
import type { OpenTables, RecordTable, TableName, EntryUsage } from "./tables";

/** A record says to the hour when it was used: reading seldom writes. */
const hourMs = 3_600_000;

/** A browser may take its time to count as free what was removed. */
const freedSpaceDelaysMs = [0, 300, 1_500];

interface Deps {
  readonly connect: Connect;
  readonly board: StatusBoard;
  /** Asks the browser how much is used, and updates the board. */
  readonly measure: () => Promise<StorageStatus["usage"]>;
  /** Unix time. */
  readonly nowMs: () => number;
  readonly wait: (delayMs: number) => Promise<void>;
}

export interface RecordStore {
  /** A damaged record is removed, and counts as absent. */
  readonly get: (table: RecordTable, key: string) => Promise<unknown>;
  readonly put: (table: RecordTable, key: string, value: unknown) => Promise<void>;
  readonly delete: (table: RecordTable, key: string) => Promise<void>;
  /** Tries again to store what is only in memory. */
  readonly retryUnstored: () => Promise<void>;
  /** Forgets everything that is only in memory. */
  readonly forget: () => void;
  /**
   * Whether an entry may be removed to make room: this page has not used it, nor has another since.
   */
  readonly isEvictable: (usage: EntryUsage) => boolean;
  /** This page needs an entry. */
  readonly markUsed: (table: TableName, key: string) => void;
}

interface UnstoredRecord {
  readonly table: RecordTable;
  readonly key: string;
  readonly record: StoredRecord;
}

export function createRecordStore({ connect, board, measure, nowMs, wait }: Deps): RecordStore {
  const openedAtMs = nowMs();
  const used = new Set<string>();
  const unstored = new Map<string, UnstoredRecord>();
  /** Writes happen one after another: no later one is overtaken by an earlier one. */
  let lastWrite: Promise<void> = Promise.resolve();

  const markUsed = (table: TableName, key: string): void => void used.add(id(table, key));
  const isEvictable = ({ table, key, usedAtMs }: EntryUsage): boolean =>
    usedAtMs < openedAtMs && !used.has(id(table, key));

  function queued(write: () => Promise<void>): Promise<void> {
    lastWrite = lastWrite
      .then(write)
      .catch((thrown: unknown) => console.warn("storage: could not write", thrown));
    return lastWrite;
  }

  async function get(table: RecordTable, key: string): Promise<unknown> {
    markUsed(table, key);
    const own = unstored.get(id(table, key));
    if (own) return unsealed(own.record)?.value;
    try {
      const tables = await connect();
      const entry = await tables?.get(table, key);
      if (!tables || entry === undefined) return undefined;
      const found = unsealed(entry);
      if (!found) {
        // What a newer version wrote may be whole, and only unknown to this one.
        if (!tables.writable) return undefined;
        board.update({ damaged: board.get().damaged + 1 });
        await tables.delete(table, [key]);
        return undefined;
      }
      const { record, value } = found;
      const stale = nowMs() - record.usedAtMs > hourMs;
      if (tables.writable && stale) void touch(tables, table, key, record);
      return value;
    } catch (thrown) {
      console.warn("storage: could not read a record", thrown);
      return undefined;
    }
  }

  function touch(
    tables: OpenTables,
    table: RecordTable,
    key: string,
    record: StoredRecord,
  ): Promise<void> {
    return queued(async () => {
      await tables.put(table, key, { ...record, usedAtMs: nowMs() });
    });
  }

  function put(table: RecordTable, key: string, value: unknown): Promise<void> {
    markUsed(table, key);
    return queued(async () => {
      const entry = { table, key, record: sealed(value, nowMs()) };
      const obstacle = await write(entry);
      if (obstacle !== null) keepInMemory(entry, obstacle);
      else {
        unstored.delete(id(table, key));
        await writeUnstored();
      }
      await measure();
    });
  }

  /** @returns the obstacle, or null */
  async function write({ table, key, record }: UnstoredRecord): Promise<Obstacle | null> {
    const tables = await connect();
    // The connection has reported why there is none.
    if (!tables?.writable) return board.get().obstacle ?? "failed";
    const deps = { tables, board, isEvictable };
    try {
      const usage = await measure();
      if (usage) {
        const missingBytes = record.sizeBytes - (usage.quotaBytes - usage.usedBytes);
        if (missingBytes > 0) await evict(missingBytes, deps);
      }
      const isStored = await putOrEvict(() => tables.put(table, key, record), deps, {
        // The second time for what the database itself takes up.
        neededBytes: () => [record.sizeBytes, 2 * record.sizeBytes],
        delaysMs: freedSpaceDelaysMs,
        wait,
      });
      return isStored ? null : "full";
    } catch (thrown) {
      console.warn("storage: could not write a record", thrown);
      return "failed";
    }
  }

  function keepInMemory(entry: UnstoredRecord, obstacle: Obstacle): void {
    unstored.set(id(entry.table, entry.key), entry);
    board.update({ obstacle, unstored: amountUnstored() });
  }

  /** Clears the obstacle once everything is stored. */
  async function writeUnstored(): Promise<void> {
    for (const [name, entry] of unstored) {
      const obstacle = await write(entry);
      if (obstacle !== null) {
        board.update({ obstacle, unstored: amountUnstored() });
        return;
      }
      unstored.delete(name);
    }
    board.update({ obstacle: null, unstored: amountUnstored() });
  }

  /** Reports after some were forgotten: without any left, a full disk is no obstacle. */
  function reportUnstored(): void {
    const { obstacle } = board.get();
    const past = unstored.size === 0 && obstacle === "full";
    board.update({ obstacle: past ? null : obstacle, unstored: amountUnstored() });
  }

  const amountUnstored = () => amountOf([...unstored.values()].map(({ record }) => record));

  return {
    get,
    put,
    delete: (table, key) =>
      queued(async () => {
        if (unstored.delete(id(table, key))) reportUnstored();
        const tables = await connect();
        if (tables?.writable) await tables.delete(table, [key]);
      }),
    retryUnstored: () =>
      queued(async () => {
        if (unstored.size > 0) await writeUnstored();
      }),
    forget() {
      unstored.clear();
      reportUnstored();
    },
    isEvictable,
    markUsed,
  };
}

function id(table: TableName, key: string): string {
  return `${table} ${key}`;
}
