/** Opens the lab's IndexedDB. The only door to `idb`. */
import { openDB } from "idb";
import { isQuota, tablesOf } from "./database-tables";
import { migrate, version, type LabDatabase, type LabSchema } from "./migration";
import type { Obstacle } from "./status";
import type { OpenTables } from "./tables";

const name = "stitch-lab";

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
