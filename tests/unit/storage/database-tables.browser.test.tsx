/** The visitor's own files in a browser's IndexedDB; the other tests of storage have a disk in memory. */
import { openDB } from "idb";
import { afterEach, expect, test } from "vitest";
import { openDatabase } from "../../../src/storage/database";
import { sealed, unsealed } from "../../../src/storage/record";
import type { OpenTables } from "../../../src/storage/tables";

const name = "stitch-lab";

afterEach(
  () =>
    new Promise<void>((resolve) => {
      indexedDB.deleteDatabase(name).onsuccess = () => resolve();
    }),
);

async function opened(): Promise<OpenTables> {
  const opening = await openDatabase({ superseded: () => undefined, terminated: () => undefined });
  if (opening.status === "closed") throw new Error(opening.obstacle);
  return opening.tables;
}

/** Of a record that is a list of hashes. */
function filesOf(_key: string, record: unknown): readonly string[] | null {
  const value = unsealed(record)?.value;
  return Array.isArray(value) ? value.map(String) : null;
}

/** Puts a record that names files, each with its name as its bytes. */
function put(tables: OpenTables, key: string, files: readonly string[]) {
  const bytes = files.map((file) => [file, new Blob([file])] as const);
  return tables.putOwn("data-sets", key, sealed(files, 0), new Map(bytes));
}

async function textOf(tables: OpenTables, file: string): Promise<string | undefined> {
  const stored = await tables.get("data-shards", file);
  return stored instanceof Blob ? stored.text() : undefined;
}

test("a file that two records name goes with the last of them", async () => {
  const tables = await opened();
  expect(await put(tables, "first", ["a", "b"])).toBe("stored");
  expect(await put(tables, "second", ["b", "c"])).toBe("stored");
  expect(await tables.ownRecords("data-sets")).toHaveLength(2);

  await tables.deleteOwn("data-sets", "first", filesOf);
  expect(await textOf(tables, "a")).toBeUndefined();
  expect(await textOf(tables, "b")).toBe("b");
  await tables.deleteOwn("data-sets", "second", filesOf);
  expect(await textOf(tables, "b")).toBeUndefined();
  expect(await tables.ownRecords("data-sets")).toEqual([]);
});

test("a record that cannot be read keeps every file", async () => {
  const tables = await opened();
  await put(tables, "first", ["a"]);
  await tables.putOwn("data-sets", "of the future", sealed({ of: "the future" }, 0), new Map());
  await tables.deleteOwn("data-sets", "first", filesOf);
  expect(await textOf(tables, "a")).toBe("a");
});

test("networks of a database of version 3 are found, and can be removed", async () => {
  const bytes = new Uint8Array([1, 2, 3]);
  const older = await openDB(name, 3, {
    upgrade(database) {
      for (const table of ["assets", "results", "checkpoints", "networks", "network-files"]) {
        database.createObjectStore(table);
      }
    },
  });
  await older.put("networks", sealed(["hash"], 0), "hash");
  await older.put("network-files", bytes, "hash");
  older.close();

  const tables = await opened();
  expect((await tables.ownRecords("networks")).map((record) => filesOf("", record))).toEqual([
    ["hash"],
  ]);
  expect(await tables.get("network-files", "hash")).toEqual(bytes);
  await tables.deleteOwn("networks", "hash", (key) => [key]);
  expect(await tables.get("network-files", "hash")).toBeUndefined();
});
