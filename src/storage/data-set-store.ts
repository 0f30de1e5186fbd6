/**
 * Stores the visitor's own data sets. They are never removed to make room; what the browser cannot
 * store stays in memory until the page is closed.
 */
import {
  userDataSetSchema,
  type DataSetStore,
  type StoredDataSet,
  type UserDataSet,
} from "../engine/user-data-set";
import type { Connect } from "./connection";
import { filesOnly, putOrEvict } from "./eviction";
import { userFileScheme } from "./model-store";
import { orWarn } from "./or-warn";
import { sealed, unsealed } from "./record";
import type { RecordStore } from "./record-store";
import type { StatusBoard, StorageStatus } from "./status";

interface Deps {
  readonly connect: Connect;
  readonly board: StatusBoard;
  readonly recordStore: RecordStore;
  /** Asks the browser how much is used, and updates the board. */
  readonly measure: () => Promise<StorageStatus["usage"]>;
  /** Unix time. */
  readonly nowMs: () => number;
}

interface UnstoredDataSet {
  readonly set: UserDataSet;
  /** Where workers read the shards, by SHA-256. */
  readonly urls: ReadonlyMap<string, string>;
}

export function createDataSetStore({
  connect,
  board,
  recordStore,
  measure,
  nowMs,
}: Deps): DataSetStore {
  const unstored = new Map<string, UnstoredDataSet>();

  const stored = (): Promise<UserDataSet[]> =>
    orWarn("list data sets", [], async () =>
      ((await (await connect())?.dataSets()) ?? []).flatMap(dataSetIn),
    );

  const store = (set: UserDataSet, shards: ReadonlyMap<string, Blob>): Promise<boolean> =>
    orWarn("write a data set", false, async () => {
      const tables = await connect();
      if (!tables?.writable) return false;
      return putOrEvict(
        () => tables.putDataSet(set.ref, sealed(set, nowMs()), shards),
        { tables, board, isEvictable: filesOnly(recordStore.isEvictable) },
        { neededBytes: () => [[...shards.values()].reduce((sum, { size }) => sum + size, 0)] },
      );
    });

  function forget(ref: string): void {
    for (const url of unstored.get(ref)?.urls.values() ?? []) URL.revokeObjectURL(url);
    unstored.delete(ref);
  }

  return {
    async list() {
      const listed = (await stored()).filter(({ ref }) => !unstored.has(ref));
      return [
        ...listed.map((set) => ({ ...set, stored: true })),
        ...[...unstored.values()].map(({ set }) => ({ ...set, stored: false })),
      ].sort(byName);
    },
    async put(set, shards) {
      const isStored = await store(set, shards);
      forget(set.ref);
      if (!isStored) {
        const urls = [...shards].map(
          ([sha256, shard]) => [sha256, URL.createObjectURL(shard)] as const,
        );
        unstored.set(set.ref, { set, urls: new Map(urls) });
      }
      await measure();
      return { ...set, stored: isStored };
    },
    async remove(ref) {
      forget(ref);
      await orWarn("remove a data set", undefined, async () => {
        const tables = await connect();
        if (tables?.writable) await tables.deleteDataSet(ref, shardsOf);
      });
      await measure();
    },
    source({ ref, manifest }) {
      const urls = unstored.get(ref)?.urls;
      if (!urls) {
        return { data: manifest, dataFolder: `${userFileScheme}${manifest.name}/` };
      }
      // Experiments know a shard by its hash: it may be anywhere.
      const here = (shards: UserDataSet["manifest"]["train"]) =>
        shards.map((shard) => ({ ...shard, file: urls.get(shard.sha256) ?? shard.file }));
      const { train, test } = manifest;
      return { data: { ...manifest, train: here(train), test: here(test) }, dataFolder: "" };
    },
  };
}

/** None for what cannot be read: it may come from a newer version, and is left alone. */
function dataSetIn(entry: unknown): readonly UserDataSet[] {
  const set = userDataSetSchema.safeParse(unsealed(entry)?.value).data;
  return set ? [set] : [];
}

/** SHA-256 of the shards of a stored data set; null where it cannot be read. */
function shardsOf(entry: unknown): readonly string[] | null {
  const [set] = dataSetIn(entry);
  if (!set) return null;
  return [...set.manifest.train, ...set.manifest.test].map(({ sha256 }) => sha256);
}

function byName(a: StoredDataSet, b: StoredDataSet): number {
  return a.manifest.name.localeCompare(b.manifest.name) || (a.ref < b.ref ? -1 : 1);
}
