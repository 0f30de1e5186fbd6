/** The lab's IndexedDB. The only door to `idb`. */
import { openDB } from "idb";
import { byUse, migrate, version, type LabDatabase, type LabSchema } from "./migration";
import type { Obstacle } from "./status";
import type { DataSetTable, NetworkTable, OpenTables, EntryUsage } from "./tables";

const name = "stitch-lab";

const networkTables = ["networks", "network-files"] as const satisfies readonly NetworkTable[];
const dataSetTables = ["data-sets", "data-shards"] as const satisfies readonly DataSetTable[];

/**
 * How long the browser may take to open the database, or a page of an older version to close it.
 * Counted in ticks: while the page itself is busy, its events wait too, and one tick passes.
 */
const tickMs = 250;
const mostTicks = 12;

export type Opening =
  | { readonly status: "open"; readonly tables: OpenTables }
  | { readonly status: "closed"; readonly obstacle: Obstacle };

export interface ConnectionEvents {
  /** A page of a newer version took the database over; this connection is closed for good. */
  readonly superseded: () => void;
  /** The browser closed the connection, as when site data are cleared; it can be opened again. */
  readonly terminated: () => void;
}

/** Opens the database as it is, or brings an older one up to date; a newer one is only read. */
export async function openDatabase(events: ConnectionEvents): Promise<Opening> {
  try {
    return await openWithin((answers) => openOurs(events, answers));
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === "VersionError") {
      return openNewer(events);
    }
    console.warn("storage: cannot be used", thrown);
    return { status: "closed", obstacle: isQuota(thrown) ? "full" : "refused" };
  }
}

/** What a request to open the database reports before its end. */
interface Answers {
  readonly blocked: () => void;
  /** An older database is being converted, which may take long. */
  readonly upgrading: () => void;
}

/** Gives up after a while: some requests are never answered, nor those that queue behind them. */
function openWithin(open: (answers: Answers) => Promise<Opened>): Promise<Opening> {
  return new Promise((resolve, reject) => {
    let obstacle: Obstacle = "no-answer";
    let gaveUp = false;
    let ticks = 0;
    const timer = setInterval(() => {
      if (++ticks < mostTicks) return;
      clearInterval(timer);
      gaveUp = true;
      resolve({ status: "closed", obstacle });
    }, tickMs);
    open({
      blocked: () => (obstacle = "blocked"),
      upgrading: () => clearInterval(timer),
    })
      .then(({ database, writable }) => {
        // It opens after all, when the page already counts it as closed.
        if (gaveUp) database.close();
        else resolve({ status: "open", tables: tablesOf(database, writable) });
      }, reject)
      .finally(() => clearInterval(timer));
  });
}

interface Opened {
  readonly database: LabDatabase;
  readonly writable: boolean;
}

async function openOurs(events: ConnectionEvents, answers: Answers): Promise<Opened> {
  const database = await openDB<LabSchema>(name, version, {
    upgrade(database, from, _to, transaction) {
      answers.upgrading();
      migrate(database, transaction, from, Date.now()).catch((thrown: unknown) => {
        console.warn("storage: could not migrate", thrown);
        if (transaction.error === null) transaction.abort();
      });
    },
    blocked: answers.blocked,
    ...callbacks(events),
  });
  return { database, writable: true };
}

/** Opens the database in whatever version it has. */
async function openNewer(events: ConnectionEvents): Promise<Opening> {
  try {
    return await openWithin(async () => ({
      database: await openDB<LabSchema>(name, undefined, callbacks(events)),
      writable: false,
    }));
  } catch (thrown) {
    console.warn("storage: cannot be used", thrown);
    return { status: "closed", obstacle: "refused" };
  }
}

function callbacks({ superseded, terminated }: ConnectionEvents) {
  return {
    blocking(_current: number, _blocked: number | null, event: IDBVersionChangeEvent) {
      // A connection kept open would block the newer page.
      if (event.target instanceof IDBDatabase) event.target.close();
      superseded();
    },
    terminated,
  };
}

function tablesOf(database: LabDatabase, writable: boolean): OpenTables {
  return {
    writable,
    get: (table, key) => database.get(table, key),
    async put(table, key, entry) {
      try {
        await database.put(table, entry, key);
        return "stored";
      } catch (thrown) {
        if (isQuota(thrown)) return "no-room";
        throw thrown;
      }
    },
    async delete(table, keys) {
      const transaction = database.transaction(table, "readwrite");
      await Promise.all([...keys.map((key) => transaction.store.delete(key)), transaction.done]);
    },
    async usages(table) {
      if (table === "assets") return usesOfFiles(database);
      const uses: EntryUsage[] = [];
      let cursor = await database.transaction(table).store.index(byUse).openKeyCursor();
      while (cursor) {
        const [usedAtMs, sizeBytes] = cursor.key;
        uses.push({ table, key: cursor.primaryKey, usedAtMs, sizeBytes });
        cursor = await cursor.continue();
      }
      return uses;
    },
    networks: () => database.getAll("networks"),
    async putNetwork(sha256, about, file) {
      const transaction = database.transaction(networkTables, "readwrite");
      try {
        await Promise.all([
          transaction.objectStore("networks").put(about, sha256),
          transaction.objectStore("network-files").put(file, sha256),
          transaction.done,
        ]);
        return "stored";
      } catch (thrown) {
        // Also where a put has failed first: the transaction says why.
        if (isQuota(thrown) || isQuota(transaction.error)) return "no-room";
        throw thrown;
      }
    },
    async deleteNetwork(sha256) {
      const transaction = database.transaction(networkTables, "readwrite");
      const deleted = networkTables.map((table) => transaction.objectStore(table).delete(sha256));
      await Promise.all([...deleted, transaction.done]);
    },
    dataSets: () => database.getAll("data-sets"),
    async putDataSet(ref, about, shards) {
      const transaction = database.transaction(dataSetTables, "readwrite");
      try {
        const table = transaction.objectStore("data-shards");
        await Promise.all([
          transaction.objectStore("data-sets").put(about, ref),
          ...[...shards].map(([sha256, shard]) => table.put(shard, sha256)),
          transaction.done,
        ]);
        return "stored";
      } catch (thrown) {
        if (isQuota(thrown) || isQuota(transaction.error)) return "no-room";
        throw thrown;
      }
    },
    async deleteDataSet(ref, shardsOf) {
      const transaction = database.transaction(dataSetTables, "readwrite");
      const [sets, shards] = dataSetTables.map((table) => transaction.objectStore(table));
      const own = shardsOf(await sets?.get(ref)) ?? [];
      await sets?.delete(ref);
      const others = ((await sets?.getAll()) ?? []).map(shardsOf);
      // A record that only a newer version reads may have any of them.
      const unused = others.includes(null)
        ? []
        : own.filter((sha256) => !others.some((list) => list?.includes(sha256)));
      await Promise.all([...unused.map((sha256) => shards?.delete(sha256)), transaction.done]);
    },
    async experiments() {
      const transaction = database.transaction("experiments");
      const [ids, records] = await Promise.all([
        transaction.store.getAllKeys(),
        transaction.store.getAll(),
      ]);
      return ids.map((id, k) => ({ id, record: records[k] }));
    },
    async changeExperiment(id, change) {
      const transaction = database.transaction("experiments", "readwrite");
      // It is awaited last; until then a rejection must not count as unhandled.
      transaction.done.catch(() => undefined);
      try {
        const record = change(await transaction.store.get(id));
        if (record) await transaction.store.put(record, id);
        await transaction.done;
        return "stored";
      } catch (thrown) {
        if (isQuota(thrown) || isQuota(transaction.error)) return "no-room";
        throw thrown;
      }
    },
    deleteExperiment: (id) => database.delete("experiments", id),
    async clear() {
      const tables = ["assets", "results", "checkpoints"] as const;
      const transaction = database.transaction(tables, "readwrite");
      const cleared = tables.map((table) => transaction.objectStore(table).clear());
      await Promise.all([...cleared, transaction.done]);
    },
  };
}

/** Files do not say how large they are; each is read for it. Done only when there is no room. */
async function usesOfFiles(database: LabDatabase): Promise<EntryUsage[]> {
  const uses: EntryUsage[] = [];
  let cursor = await database.transaction("assets").store.openCursor();
  while (cursor) {
    const file = cursor.value;
    const sizeBytes = file instanceof Uint8Array ? file.byteLength : 0;
    uses.push({ table: "assets", key: cursor.primaryKey, sizeBytes, usedAtMs: 0 });
    cursor = await cursor.continue();
  }
  return uses;
}

function isQuota(thrown: unknown): boolean {
  return thrown instanceof DOMException && thrown.name === "QuotaExceededError";
}
