/** All that the lab keeps in the browser: results, checkpoints, files; and how that stands. */
import type { AssetSource } from "../engine/assets";
import type { CheckpointStore } from "../engine/host/checkpoint-store";
import type { ResultStore } from "../engine/host/result-store";
import type { NetworkShelf } from "../engine/own-network";
import { cachedAssets } from "./assets";
import { createConnection } from "./connection";
import { pageFiles, workerFiles } from "./files";
import { createKeeper, type Keeper } from "./keeper";
import { createLibrary, type Library } from "./library";
import { createShelf } from "./networks";
import { browserRoom } from "./room";
import { nothingHappened, statusBoard, type StatusBoard, type StorageStatus } from "./status";
import type { RecordTable } from "./tables";

export interface Storage {
  readonly results: ResultStore;
  readonly checkpoints: CheckpointStore;
  readonly assets: AssetSource;
  /** The visitor's own networks. */
  readonly networks: NetworkShelf;
  /** Finished experiments. */
  readonly library: Library;
  readonly getStatus: StatusBoard["get"];
  readonly subscribe: StatusBoard["subscribe"];
  /** Asks the browser, once, to keep what is stored even when the disk runs low. Upon a visitor's action. */
  readonly persist: () => void;
  /** Tries again to keep what this page alone holds. */
  readonly keepHeld: () => Promise<void>;
  /** The visitor has read what was removed. */
  readonly dismiss: () => void;
  /** Removes every result, checkpoint and fetched file; the visitor's own networks and the library stay. */
  readonly clear: () => Promise<void>;
}

/** @param base address that assets' paths are relative to */
export function openPageStorage(base: string): Storage {
  const board = statusBoard();
  const room = browserRoom();
  const connect = createConnection((obstacle) => {
    board.update({ obstacle });
  });
  async function measure(): Promise<StorageStatus["usage"]> {
    const usage = (await room.estimate()) ?? null;
    board.update({ usage });
    return usage;
  }
  const nowMs = (): number => Date.now();
  const keeper = createKeeper({
    connect,
    board,
    measure,
    nowMs,
    wait: (delayMs) => new Promise((resolve) => setTimeout(resolve, delayMs)),
  });
  let persistAsked = false;

  void measure();
  void room.persisted().then((persisted) => {
    board.update({ persisted });
  });
  return {
    results: recordsIn("results", keeper),
    checkpoints: recordsIn("checkpoints", keeper),
    assets: cachedAssets(pageFiles({ connect, board, keeper, measure }), base),
    networks: createShelf({ connect, board, keeper, measure, nowMs }),
    library: createLibrary({ connect, board, keeper, measure, nowMs }),
    getStatus: board.get,
    subscribe: board.subscribe,
    persist() {
      if (persistAsked || board.get().persisted) return;
      persistAsked = true;
      void room.persist().then((persisted) => {
        board.update({ persisted });
      });
    },
    async keepHeld() {
      await keeper.keepHeld();
      await measure();
    },
    dismiss() {
      board.update(nothingHappened);
    },
    async clear() {
      keeper.forget();
      try {
        const tables = await connect();
        if (tables?.writable) await tables.clear();
      } catch (thrown) {
        console.warn("the browser's storage could not be emptied", thrown);
        board.update({ obstacle: "failed" });
      }
      await measure();
    },
  };
}

/** Files for a worker: those that the page has kept, else from the network. */
export function workerAssets(base: string): AssetSource {
  return cachedAssets(workerFiles(createConnection(() => undefined)), base);
}

function recordsIn(table: RecordTable, keeper: Keeper): ResultStore & CheckpointStore {
  return {
    get: (key) => keeper.get(table, key),
    put: (key, value: unknown) => keeper.put(table, key, value),
    delete: (key) => keeper.delete(table, key),
  };
}
