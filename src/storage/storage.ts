/**
 * Opens everything that the lab stores in the browser: results, checkpoints, files, networks, images,
 * the library.
 */
import type { AssetSource } from "../engine/assets";
import type { CheckpointStore } from "../engine/host/checkpoint-store";
import type { ResultStore } from "../engine/host/result-store";
import { settlesWithin } from "../engine/settles-within";
import type { DataSetStore } from "../engine/user-data-set";
import type { ModelStore } from "../engine/user-model";
import { cachedAssets } from "./assets";
import { createConnection } from "./connection";
import { pageFiles, workerFiles } from "./files";
import { createRecordStore, type RecordStore } from "./record-store";
import { createLibrary, type Library } from "./library";
import { createDataSetStore, createModelStore } from "./own-kinds";
import { emptyStatus, statusBoard, type StatusBoard, type StorageStatus } from "./status";
import type { RecordTable } from "./tables";

export interface Storage {
  readonly results: ResultStore;
  readonly checkpoints: CheckpointStore;
  readonly assets: AssetSource;
  /** The visitor's own networks. */
  readonly networks: ModelStore;
  /** The visitor's own images. */
  readonly dataSets: DataSetStore;
  /** Finished experiments. */
  readonly library: Library;
  readonly getStatus: StatusBoard["get"];
  readonly subscribe: StatusBoard["subscribe"];
  /**
   * Asks the browser, once, to keep what is stored even when the disk runs low. Called upon a
   * visitor's action.
   */
  readonly persist: () => void;
  /** Tries again to store what is only in memory. */
  readonly retryUnstored: () => Promise<void>;
  /** Resets what was removed, once the visitor has read it. */
  readonly dismiss: () => void;
  /**
   * Removes every result, checkpoint and fetched file; the visitor's own networks and images and
   * the library stay.
   */
  readonly clear: () => Promise<void>;
}

/** @param base address that assets' paths are relative to */
export function openPageStorage(base: string): Storage {
  const board = statusBoard();
  const room = browserQuota();
  const connect = createConnection((obstacle) => board.update({ obstacle }));
  async function measure(): Promise<StorageStatus["usage"]> {
    const usage = (await room.estimate()) ?? null;
    board.update({ usage });
    return usage;
  }
  const nowMs = (): number => Date.now();
  const recordStore = createRecordStore({
    connect,
    board,
    measure,
    nowMs,
    wait: (delayMs) => new Promise((resolve) => setTimeout(resolve, delayMs)),
  });
  const deps = { connect, board, recordStore, measure, nowMs };
  let persistAsked = false;

  void measure();
  void room.persisted().then((persisted) => board.update({ persisted }));
  return {
    results: recordsIn("results", recordStore),
    checkpoints: recordsIn("checkpoints", recordStore),
    assets: cachedAssets(pageFiles(deps), base),
    networks: createModelStore(deps),
    dataSets: createDataSetStore(deps),
    library: createLibrary(deps),
    getStatus: board.get,
    subscribe: board.subscribe,
    persist() {
      if (persistAsked || board.get().persisted) return;
      persistAsked = true;
      void room.persist().then((persisted) => board.update({ persisted }));
    },
    async retryUnstored() {
      await recordStore.retryUnstored();
      await measure();
    },
    dismiss() {
      board.update(emptyStatus);
    },
    async clear() {
      recordStore.forget();
      try {
        const tables = await connect();
        if (tables?.writable) await tables.clear();
      } catch (thrown) {
        console.warn("storage: could not clear", thrown);
        board.update({ obstacle: "failed" });
      }
      await measure();
    },
  };
}

/** Files for a worker: those that the page has stored, else from the network. */
export function workerAssets(base: string): AssetSource {
  return cachedAssets(workerFiles(createConnection(() => undefined)), base);
}

function recordsIn(table: RecordTable, recordStore: RecordStore): ResultStore & CheckpointStore {
  return {
    get: (key) => recordStore.get(table, key),
    put: (key, value: unknown) => recordStore.put(table, key, value),
    delete: (key) => recordStore.delete(table, key),
  };
}

/** How much room the browser gives. */
interface StorageQuota {
  /** undefined where the browser does not say, as on insecure pages. */
  readonly estimate: () => Promise<{ usedBytes: number; quotaBytes: number } | undefined>;
  /**
   * Asks the browser never to clear this site's storage when the disk runs low. It may ask the
   * visitor.
   */
  readonly persist: () => Promise<boolean>;
  readonly persisted: () => Promise<boolean>;
}

/** A browser that has not answered by then counts as one that does not say. */
const estimatePatienceMs = 3_000;

function browserQuota(): StorageQuota {
  /** undefined where it is absent, as on insecure pages, or the browser refuses. */
  async function ask<T>(question: (storage: StorageManager) => Promise<T>): Promise<T | undefined> {
    try {
      const { storage } = navigator as Partial<Navigator>;
      return storage && (await question(storage));
    } catch {
      return undefined;
    }
  }
  return {
    async estimate() {
      const estimated = ask((storage) => storage.estimate());
      if (!(await settlesWithin(estimated, estimatePatienceMs))) return undefined;
      const { usage, quota } = (await estimated) ?? {};
      if (usage === undefined || quota === undefined) return undefined;
      return { usedBytes: usage, quotaBytes: quota };
    },
    // The visitor may take long to answer; nothing waits for it.
    persist: async () => (await ask((storage) => storage.persist())) ?? false,
    persisted: async () => (await ask((storage) => storage.persisted())) ?? false,
  };
}
