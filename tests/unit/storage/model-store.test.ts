import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { sha256Hex } from "../../../src/core/weights/hash";
import type { ModelStore, UserModel } from "../../../src/engine/user-model";
import { cachedAssets } from "../../../src/storage/assets";
import { workerFiles } from "../../../src/storage/files";
import { createRecordStore } from "../../../src/storage/record-store";
import { createModelStore } from "../../../src/storage/own-kinds";
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

const nowMs = (): number => 1_000;

/** The shelf of a page opened now. */
function opened(connect = () => Promise.resolve<SmallDisk | undefined>(disk)): ModelStore {
  const measure = () => Promise.resolve(null);
  const wait = () => Promise.resolve();
  const recordStore = createRecordStore({ connect, board, measure, nowMs, wait });
  return createModelStore({ connect, board, recordStore, measure, nowMs });
}

const bytes = (fill: number): Uint8Array => new Uint8Array(1_000).fill(fill);

function network(name: string, fill: number): UserModel {
  return {
    sha256: sha256Hex(bytes(fill)),
    name,
    sizeBytes: 1_000,
    architecture: { family: "myrtle", width: 16 },
  };
}

/** What a worker reads, which has no part in the page's memory. */
async function readByWorker(shelf: ModelStore, own: UserModel): Promise<Uint8Array> {
  const files = workerFiles(() => Promise.resolve(disk));
  const source = cachedAssets(files, "http://lab.example/");
  return source.read({ path: shelf.path(own), sha256: own.sha256 });
}

describe("with room", () => {
  test("a network is available to this page, its workers and the next page, by name", async () => {
    const [b, a] = [network("b.safetensors", 2), network("a.safetensors", 1)];
    const shelf = opened();
    expect(await shelf.put(b, bytes(2))).toEqual({ ...b, stored: true });
    await shelf.put(a, bytes(1));
    for (const page of [shelf, opened()]) {
      expect(await page.list()).toEqual([
        { ...a, stored: true },
        { ...b, stored: true },
      ]);
      expect(await readByWorker(page, b)).toEqual(bytes(2));
    }
  });

  test("one that is given again is stored once, under its newer name", async () => {
    const shelf = opened();
    await shelf.put(network("old.safetensors", 1), bytes(1));
    await shelf.put(network("new.safetensors", 1), bytes(1));
    expect((await shelf.list()).map(({ name }) => name)).toEqual(["new.safetensors"]);
  });

  test("one that is removed is gone, and its bytes with it", async () => {
    const shelf = opened();
    const own = network("a.safetensors", 1);
    await shelf.put(own, bytes(1));
    await shelf.remove(own.sha256);
    expect(await shelf.list()).toEqual([]);
    expect(disk.usedBytes()).toBe(0);
  });

  test("one with damaged bytes is refused by name, and nothing is fetched for it", async () => {
    const fetched = vi.spyOn(globalThis, "fetch");
    const own = network("a.safetensors", 1);
    const shelf = opened();
    await shelf.put(own, bytes(1));
    disk.networks.files.set(own.sha256, bytes(1).fill(9, 500, 501));
    await expect(readByWorker(shelf, own)).rejects.toMatchObject({
      name: "LabError",
      input: "a.safetensors",
    });
    expect(fetched).not.toHaveBeenCalled();
  });

  test("a record that cannot be read hides its network and removes nothing", async () => {
    const shelf = opened();
    const own = network("a.safetensors", 1);
    await shelf.put(own, bytes(1));
    disk.networks.records.set(own.sha256, sealed({ of: "the future" }, 0));
    expect(await shelf.list()).toEqual([]);
    expect(disk.networks.files.size).toBe(1);
  });
});

describe("a full disk", () => {
  test("loses fetched files to a network, and no result", async () => {
    disk.entries.assets.set("file", new Uint8Array(1_200));
    disk.entries.results.set("result", sealed(bytes(0), 0));
    disk.quotaBytes = 2_500;
    expect(await opened().put(network("a.safetensors", 1), bytes(1))).toMatchObject({
      stored: true,
    });
    expect(disk.entries.assets.size).toBe(0);
    expect(disk.entries.results.size).toBe(1);
    expect(board.get().evicted.assets.count).toBe(1);
  });

  test("never loses a network to anything else", async () => {
    const own = network("a.safetensors", 1);
    await opened().put(own, bytes(1));
    disk.quotaBytes = disk.usedBytes() + 10;
    const connect = () => Promise.resolve(disk);
    const measure = () => Promise.resolve(null);
    const wait = () => Promise.resolve();
    const recordStore = createRecordStore({ connect, board, measure, nowMs, wait });
    await recordStore.put("results", "large", bytes(3));
    expect(board.get().obstacle).toBe("full");
    expect(await opened().list()).toEqual([{ ...own, stored: true }]);
  });

  test("without anything to evict holds a network for the visit, and says so", async () => {
    disk.quotaBytes = 100;
    const shelf = opened();
    const own = network("a.safetensors", 1);
    expect(await shelf.put(own, bytes(1))).toEqual({ ...own, stored: false });
    expect(await shelf.list()).toEqual([{ ...own, stored: false }]);
    expect(await readByWorker(shelf, own)).toEqual(bytes(1));
    expect(await opened().list()).toEqual([]);
    await shelf.remove(own.sha256);
    expect(await shelf.list()).toEqual([]);
  });
});

test("a browser without storage holds a network for the visit", async () => {
  const shelf = opened(() => Promise.resolve(undefined));
  const own = network("with # and ü.safetensors", 1);
  expect(await shelf.put(own, bytes(1))).toEqual({ ...own, stored: false });
  expect(await readByWorker(shelf, own)).toEqual(bytes(1));
});

test("a disk that fails ends nothing", async () => {
  disk.broken = true;
  const shelf = opened();
  const own = network("a.safetensors", 1);
  expect(await shelf.put(own, bytes(1))).toMatchObject({ stored: false });
  expect(await shelf.list()).toEqual([{ ...own, stored: false }]);
  await expect(shelf.remove(own.sha256)).resolves.toBeUndefined();
});
