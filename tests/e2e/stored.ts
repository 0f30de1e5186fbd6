/** The browser's storage behind the lab's back: what tests read and write in IndexedDB by hand. */
import { expect, type Page } from "@playwright/test";
import { decoded } from "../../src/storage/codec";
import { sealed, type StoredRecord } from "../../src/storage/record";

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
        request.onerror = () => {
          reject(new Error(request.error?.message));
        };
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
        request.onerror = () => {
          reject(new Error(request.error?.message));
        };
        request.onsuccess = () => {
          request.result.close();
          resolve();
        };
      }),
    results,
  );
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
        request.onerror = () => {
          reject(new Error(request.error?.message));
        };
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
        transaction.onabort = () => {
          reject(new Error(transaction.error?.message));
        };
      };
    });
  }, damaged);
}

/** In place of all results, others of earlier visits, a megabyte each: "old 1" was used first. */
export async function makeOldResults(page: Page, count: number): Promise<void> {
  const records = Array.from({ length: count }, (_, k): [string, StoredRecord] => {
    const noise = new Uint8Array(1_000_000).map((_, byte) => (byte * byte * (k + 7)) >> 5);
    return [`old ${String(k + 1)}`, sealed(noise, k + 1)];
  });
  await page.evaluate(async (records) => {
    await new Promise<void>((resolve, reject) => {
      const request = indexedDB.open("stitch-lab");
      request.onsuccess = () => {
        const database = request.result;
        const transaction = database.transaction("results", "readwrite");
        const store = transaction.objectStore("results");
        store.clear();
        for (const [key, record] of records) store.put(record, key);
        transaction.oncomplete = () => {
          database.close();
          resolve();
        };
        transaction.onabort = () => {
          reject(new Error(transaction.error?.message));
        };
      };
    });
  }, records);
}

/** Leaves the lab so many bytes more than it uses now; undefined gives all room back. */
export async function leaveRoom(page: Page, freeBytes: number | undefined): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  const usedBytes = await settledUsage(page);
  await session.send("Storage.overrideQuotaForOrigin", {
    origin,
    ...(freeBytes !== undefined && { quotaSize: usedBytes + freeBytes }),
  });
}

/** The browser counts late what was written; this waits until it has. */
async function settledUsage(page: Page): Promise<number> {
  const usage = (): Promise<number> =>
    page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
  let before = -1;
  await expect(async () => {
    const now = await usage();
    const settled = now === before;
    before = now;
    expect(settled).toBe(true);
  }).toPass({ intervals: [1_000] });
  return before;
}
