/** The visitor's own images: kept, read by workers, removed, and held where there is no room. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { cifar10Form } from "../../../src/core/data/cifar10";
import type { DataManifest } from "../../../src/core/data/manifest";
import { sha256Hex } from "../../../src/core/weights/hash";
import type { DataSetStore, UserDataSet } from "../../../src/engine/user-data-set";
import { dataSetRef } from "../../../src/experiment/data-sets";
import { cachedAssets } from "../../../src/storage/assets";
import { createDataSetStore } from "../../../src/storage/own-kinds";
import { workerFiles } from "../../../src/storage/files";
import { createRecordStore } from "../../../src/storage/record-store";
import { sealed } from "../../../src/storage/record";
import { statusBoard, type StatusBoard } from "../../../src/storage/status";
import { SmallDisk } from "./small-disk";

let disk: SmallDisk;
let board: StatusBoard;

beforeEach(() => {
  disk = new SmallDisk();
  board = statusBoard();
  vi.spyOn(console, "warn").mockReturnValue();
});
afterEach(() => vi.restoreAllMocks());

/** The store of a page opened now. */
function opened(connect = () => Promise.resolve<SmallDisk | undefined>(disk)): DataSetStore {
  const measure = () => Promise.resolve(null);
  const wait = () => Promise.resolve();
  const nowMs = (): number => 1_000;
  const recordStore = createRecordStore({ connect, board, measure, nowMs, wait });
  return createDataSetStore({ connect, board, recordStore, measure, nowMs });
}

const bytes = (fill: number): Uint8Array<ArrayBuffer> => new Uint8Array(1_000).fill(fill);

/** A data set of one shard in each split, and their bytes. */
function photos(name: string, train: number, test = 100): [UserDataSet, Map<string, Blob>] {
  const entry = (split: string, fill: number) => ({
    file: `${split}-00.bin`,
    images: 1,
    sha256: sha256Hex(bytes(fill)),
  });
  const manifest: DataManifest = {
    version: 2,
    name,
    source: "read from files",
    ...cifar10Form,
    imagesPerShard: 1_000,
    train: [entry("train", train)],
    test: [entry("test", test)],
  };
  const shards = [train, test].map(
    (fill) => [sha256Hex(bytes(fill)), new Blob([bytes(fill)])] as const,
  );
  return [{ ref: dataSetRef(manifest), manifest }, new Map(shards)];
}

/** What a worker reads of the training images, without the page's memory. */
async function readByWorker(store: DataSetStore, set: UserDataSet): Promise<Uint8Array> {
  const files = workerFiles(() => Promise.resolve(disk));
  const { data, dataFolder } = store.source(set);
  const [shard] = data.train;
  const path = dataFolder + (shard?.file ?? "");
  return cachedAssets(files, "http://lab.example/").read({ path, sha256: shard?.sha256 ?? "" });
}

test("images are available to this page, its workers and the next page, by name", async () => {
  const [b, ofB] = photos("b", 2);
  const [a, ofA] = photos("a", 1);
  const store = opened();
  expect(await store.put(b, ofB)).toEqual({ ...b, stored: true });
  await store.put(a, ofA);
  for (const page of [store, opened()]) {
    expect(await page.list()).toEqual([
      { ...a, stored: true },
      { ...b, stored: true },
    ]);
    expect(await readByWorker(page, b)).toEqual(bytes(2));
  }
});

test("shards that another data set has stay when one is removed", async () => {
  const [a, ofA] = photos("a", 1);
  const [b, ofB] = photos("b", 2);
  const store = opened();
  await store.put(a, ofA);
  await store.put(b, ofB);
  expect(disk.dataSets.files.size).toBe(3);
  await store.remove(a.ref);
  expect(disk.dataSets.files.size).toBe(2);
  expect(await readByWorker(store, b)).toEqual(bytes(2));
  await store.remove(b.ref);
  expect(disk.usedBytes()).toBe(0);
});

test("absent shards are named, and nothing is fetched for them", async () => {
  const fetched = vi.spyOn(globalThis, "fetch");
  const [set, shards] = photos("holiday", 1);
  const store = opened();
  await store.put(set, shards);
  disk.dataSets.files.clear();
  await expect(readByWorker(store, set)).rejects.toMatchObject({
    name: "LabError",
    code: "not-found",
    input: "holiday/train-00.bin",
  });
  expect(fetched).not.toHaveBeenCalled();
});

test("fetched files make room for images, and images for nothing", async () => {
  disk.entries.assets.set("file", new Uint8Array(2_200));
  disk.entries.results.set("result", sealed(bytes(0), 0));
  disk.quotaBytes = 5_500;
  const [set, shards] = photos("a", 1);
  expect(await opened().put(set, shards)).toEqual({ ...set, stored: true });
  expect(disk.entries.assets.size).toBe(0);
  expect(disk.entries.results.size).toBe(1);
  const [other, ofOther] = photos("b", 3, 4);
  expect(await opened().put(other, ofOther)).toMatchObject({ stored: false });
  expect(await opened().list()).toEqual([{ ...set, stored: true }]);
});

test.each([
  ["no room", () => (disk.quotaBytes = 100)],
  ["a disk that fails", () => (disk.broken = true)],
  ["a database of a newer version", () => (disk.writable = false)],
])("with %s, images are held for the visit", async (_, spoil) => {
  spoil();
  const store = opened();
  const [set, shards] = photos("with # and ü", 1);
  expect(await store.put(set, shards)).toEqual({ ...set, stored: false });
  expect(await store.list()).toEqual([{ ...set, stored: false }]);
  expect(await readByWorker(store, set)).toEqual(bytes(1));
  await store.remove(set.ref);
  expect(await store.list()).toEqual([]);
});

test("a record that cannot be read hides its data set and keeps every shard", async () => {
  const [set, shards] = photos("a", 1);
  const store = opened();
  await store.put(set, shards);
  disk.dataSets.records.set("of the future", sealed({ of: "the future" }, 0));
  expect(await store.list()).toHaveLength(1);
  await store.remove(set.ref);
  expect(disk.dataSets.files.size).toBe(2);
});
