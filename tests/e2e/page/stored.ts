/** The browser's storage behind the lab's back: what tests read and write in IndexedDB by hand. */
import { randomBytes } from "node:crypto";
import { expect, type Page } from "@playwright/test";
import { decoded } from "../../../src/storage/codec";
import { sealed } from "../../../src/storage/record";

/** A page of the lab's origin that runs none of its code. */
export async function openBlank(page: Page): Promise<void> {
  await page.route("**/blank.html", (route) =>
    route.fulfill({ contentType: "text/html", body: "<title>blank</title>" }),
  );
  await page.goto("/blank.html");
}

type Table = "assets" | "results" | "checkpoints";

interface Entry {
  readonly key: string;
  /** Of a record, or of a file. In hexadecimal text, which travels fast. */
  readonly hex: string;
}

/** Every entry of a table, in the order of their keys. */
async function entriesOf(page: Page, table: Table): Promise<Entry[]> {
  return page.evaluate(
    (table) =>
      new Promise<Entry[]>((resolve, reject) => {
        const request = indexedDB.open("stitch-lab");
        request.onsuccess = () => {
          const entries: Entry[] = [];
          const transaction = request.result.transaction(table);
          const cursor = transaction.objectStore(table).openCursor();
          cursor.onsuccess = () => {
            if (!cursor.result) return;
            const value = cursor.result.value as Uint8Array | { bytes: Uint8Array };
            const bytes = value instanceof Uint8Array ? value : value.bytes;
            const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
            entries.push({ key: cursor.result.key as string, hex });
            cursor.result.continue();
          };
          transaction.oncomplete = () => {
            request.result.close();
            resolve(entries);
          };
        };
        request.onerror = () => reject(new Error(request.error?.message));
      }),
    table,
  );
}

export async function keysOf(page: Page, table: Table): Promise<string[]> {
  return (await entriesOf(page, table)).map(({ key }) => key);
}

/** Everything that the lab stores, as text that is equal when nothing has changed. */
export async function everything(page: Page): Promise<string> {
  const all = [];
  for (const table of ["assets", "results", "checkpoints"] as const) {
    all.push(await entriesOf(page, table));
  }
  return JSON.stringify(all);
}

/** Results as version 1 stored them: plain values under their keys. */
export async function storedValues(page: Page): Promise<[string, unknown][]> {
  const entries = await entriesOf(page, "results");
  expect(entries.length).toBeGreaterThan(0);
  return entries.map(({ key, hex }) => [key, decoded(new Uint8Array(Buffer.from(hex, "hex")))]);
}

/** In place of whatever there was, a database as version 1 of the lab made it. */
export async function makeVersion1(page: Page, results: [string, unknown][]): Promise<void> {
  await page.evaluate(
    (results) =>
      new Promise<void>((resolve, reject) => {
        indexedDB.deleteDatabase("stitch-lab");
        const request = indexedDB.open("stitch-lab", 1);
        request.onupgradeneeded = () => {
          request.result.createObjectStore("assets");
          const store = request.result.createObjectStore("results");
          for (const [key, value] of results) store.put(value, key);
        };
        request.onerror = () => reject(new Error(request.error?.message));
        request.onsuccess = () => {
          request.result.close();
          resolve();
        };
      }),
    results,
  );
}

/**
 * In place of what there is, the same results, files and networks as version 3 of the lab kept
 * them.
 */
export async function makeVersion3(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const opened = (request: IDBOpenDBRequest): Promise<IDBDatabase> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error(request.error?.message));
      });
    const answer = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error(request.error?.message));
      });
    const tables = ["assets", "results", "checkpoints", "networks", "network-files"];
    const newer = await opened(indexedDB.open("stitch-lab"));
    const held = new Map<string, [IDBValidKey, unknown][]>();
    for (const table of tables) {
      const store = newer.transaction(table).objectStore(table);
      const [keys, values] = await Promise.all([
        answer(store.getAllKeys()),
        answer<unknown[]>(store.getAll()),
      ]);
      held.set(
        table,
        keys.map((key, k) => [key, values[k]]),
      );
    }
    newer.close();
    await answer(indexedDB.deleteDatabase("stitch-lab"));
    const request = indexedDB.open("stitch-lab", 3);
    request.onupgradeneeded = () => {
      for (const table of tables) {
        const store = request.result.createObjectStore(table);
        if (table === "results" || table === "checkpoints") {
          store.createIndex("by-use", ["usedAtMs", "sizeBytes"]);
        }
        for (const [key, value] of held.get(table) ?? []) store.put(value, key);
      }
    };
    (await opened(request)).close();
  });
}

/** Raises the database's version, as a newer lab would, and adds a table of its own. */
export async function makeNewer(page: Page, version: number): Promise<void> {
  await page.evaluate(
    (version) =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.open("stitch-lab", version);
        request.onupgradeneeded = () => {
          request.result.createObjectStore("of-the-future").put("untouched", "key");
        };
        request.onerror = () => reject(new Error(request.error?.message));
        request.onsuccess = () => {
          request.result.close();
          resolve();
        };
      }),
    version,
  );
}

/** Flips one bit in the middle of each of the first so many results. */
export async function damageResults(page: Page, damaged: number): Promise<void> {
  await page.evaluate(async (damaged) => {
    await new Promise<void>((resolve, reject) => {
      const request = indexedDB.open("stitch-lab");
      request.onsuccess = () => {
        const database = request.result;
        const transaction = database.transaction("results", "readwrite");
        const cursor = transaction.objectStore("results").openCursor();
        let left = damaged;
        cursor.onsuccess = () => {
          if (!cursor.result || left-- === 0) return;
          const record = cursor.result.value as { bytes: Uint8Array };
          const middle = record.bytes.byteLength >> 1;
          record.bytes[middle] = (record.bytes[middle] ?? 0) ^ 1;
          cursor.result.update(record);
          cursor.result.continue();
        };
        transaction.oncomplete = () => {
          database.close();
          resolve();
        };
        transaction.onabort = () => reject(new Error(transaction.error?.message));
      };
    });
  }, damaged);
}

/**
 * In place of all results, others of earlier visits until no more fit: "old 1", used first, to the
 * last.
 *
 * @returns how many there are
 */
export async function fillWithOldResults(page: Page): Promise<number> {
  // Noise, since the browser compresses what it stores.
  const large = sealed(new Uint8Array(randomBytes(500_000)), 0);
  const small = sealed(new Uint8Array(randomBytes(50_000)), 0);
  return page.evaluate(
    async ([...sizes]) => {
      const database = await new Promise<IDBDatabase>((resolve) => {
        const request = indexedDB.open("stitch-lab");
        request.onsuccess = () => resolve(request.result);
      });
      const change = (work: (store: IDBObjectStore) => void): Promise<boolean> =>
        new Promise((resolve) => {
          const transaction = database.transaction("results", "readwrite");
          work(transaction.objectStore("results"));
          transaction.oncomplete = () => resolve(true);
          transaction.onabort = () => resolve(false);
        });
      await change((store) => store.clear());
      let count = 0;
      for (const record of sizes) {
        const next = () => ({ ...record, usedAtMs: count + 1 });
        while (await change((store) => store.put(next(), `old ${count + 1}`))) count++;
      }
      database.close();
      return count;
    },
    [large, small],
  );
}

/**
 * From now on the lab may use so much in all; undefined gives all room back. The browser goes on
 * for half a minute by what it had found free before, so a quota belongs at a test's beginning.
 */
export async function setQuota(page: Page, quotaBytes: number | undefined): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  await session.send("Storage.overrideQuotaForOrigin", {
    origin,
    ...(quotaBytes !== undefined && { quotaSize: quotaBytes }),
  });
}
