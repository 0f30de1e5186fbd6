import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createRecordStore, type RecordStore } from "../../../src/storage/record-store";
import { sealed } from "../../../src/storage/record";
import { statusBoard, type StatusBoard, type StorageStatus } from "../../../src/storage/status";
import { SmallDisk } from "./small-disk";

const hourMs = 3_600_000;
/** 106 bytes once stored. */
const value = (fill: number): Uint8Array => new Uint8Array(101).fill(fill);

let disk: SmallDisk;
let board: StatusBoard;
let nowMs: number;

beforeEach(() => {
  disk = new SmallDisk();
  board = statusBoard();
  nowMs = 100 * hourMs;
  vi.spyOn(console, "warn").mockReturnValue();
});
afterEach(() => vi.restoreAllMocks());

/** A page opened now. */
function opened(usage: StorageStatus["usage"] = null): RecordStore {
  return createRecordStore({
    connect: () => Promise.resolve(disk),
    board,
    measure: () => Promise.resolve(usage),
    nowMs: () => nowMs,
    wait: () => Promise.resolve(),
  });
}

/** Results of earlier visits, an hour apart, oldest first. */
function withOldResults(count: number): void {
  for (let k = 0; k < count; k++) {
    disk.entries.results.set(`old ${k}`, sealed(value(k), (k + 1) * hourMs));
  }
}

describe("with room", () => {
  test("a stored record is read back by this page and the next", async () => {
    await opened().put("results", "a", value(1));
    expect(await opened().get("results", "a")).toStrictEqual(value(1));
    expect(board.get()).toEqual(statusBoard().get());
  });

  test("a result and a checkpoint of one key are separate", async () => {
    const recordStore = opened();
    await recordStore.put("results", "a", 1);
    await recordStore.put("checkpoints", "a", 2);
    await recordStore.delete("checkpoints", "a");
    expect(await recordStore.get("results", "a")).toBe(1);
    expect(await recordStore.get("checkpoints", "a")).toBeUndefined();
  });

  test("of simultaneous puts under one key, the last one stays", async () => {
    const recordStore = opened();
    await Promise.all([1, 2, 3].map((step) => recordStore.put("checkpoints", "a", { step })));
    expect(disk.valueAt("checkpoints", "a")).toEqual({ step: 3 });
  });

  test("reading makes an entry recent, and writes no more than once an hour", async () => {
    withOldResults(1);
    const written = vi.spyOn(disk, "put");
    const recordStore = opened();
    for (let k = 0; k < 3; k++) await recordStore.get("results", "old 0");
    await recordStore.put("results", "b", 0);
    expect(disk.entries.results.get("old 0")?.usedAtMs).toBe(nowMs);
    expect(written.mock.calls.filter(([, key]) => key === "old 0")).toHaveLength(1);
  });
});

describe("a damaged record", () => {
  test("is removed, counted, and absent from then on", async () => {
    withOldResults(2);
    const bytes = disk.entries.results.get("old 0")?.bytes;
    if (bytes) bytes[50] = 255;
    const recordStore = opened();
    expect(await recordStore.get("results", "old 0")).toBeUndefined();
    expect([...disk.entries.results.keys()]).toEqual(["old 1"]);
    expect(board.get().damaged).toBe(1);
    expect(await recordStore.get("results", "old 1")).toStrictEqual(value(1));
  });
});

describe("a full disk", () => {
  test("loses its least recently used result, and says so", async () => {
    withOldResults(3);
    disk.quotaBytes = 3 * 106;
    await opened().put("results", "new", value(9));
    expect([...disk.entries.results.keys()]).toEqual(["old 1", "old 2", "new"]);
    expect(board.get().evicted.results).toEqual({ count: 1, sizeBytes: 106 });
    expect(board.get().obstacle).toBeNull();
  });

  test("never loses what this page has read, written or fetched", async () => {
    withOldResults(2);
    disk.entries.assets.set("file", value(0));
    disk.quotaBytes = 4 * 106;
    const recordStore = opened();
    recordStore.markUsed("assets", "file");
    await recordStore.get("results", "old 0");
    await recordStore.put("results", "b", value(2));
    await recordStore.put("results", "c", value(3));
    await recordStore.put("results", "d", value(4));
    expect([...disk.entries.results.keys()]).toEqual(["old 0", "b", "c"]);
    expect(disk.entries.assets.size).toBe(1);
    expect(board.get()).toMatchObject({
      obstacle: "full",
      unstored: { count: 1, sizeBytes: 106 },
      evicted: { results: { count: 1 } },
    });
    expect(await recordStore.get("results", "d")).toStrictEqual(value(4));
  });

  test("loses nothing for a result that would not fit anyway", async () => {
    withOldResults(3);
    disk.quotaBytes = 3 * 106;
    await opened().put("results", "large", new Float64Array(100));
    expect(disk.entries.results.size).toBe(3);
    expect(board.get()).toMatchObject({ obstacle: "full", unstored: { count: 1 } });
  });

  test("makes room beforehand if the browser reports none", async () => {
    withOldResults(3);
    await opened({ usedBytes: 318, quotaBytes: 350 }).put("results", "new", value(9));
    expect([...disk.entries.results.keys()]).toEqual(["old 1", "old 2", "new"]);
  });

  test("blocks nothing once the held records are no longer needed", async () => {
    disk.quotaBytes = 100;
    const recordStore = opened();
    await recordStore.put("checkpoints", "a", value(1));
    expect(board.get()).toMatchObject({ obstacle: "full", unstored: { count: 1 } });
    await recordStore.delete("checkpoints", "a");
    expect(board.get()).toMatchObject({ obstacle: null, unstored: { count: 0 } });
  });

  test("stores held records as soon as there is room again", async () => {
    disk.quotaBytes = 106;
    const recordStore = opened();
    for (const key of ["a", "b", "c"]) await recordStore.put("results", key, value(1));
    expect(board.get()).toMatchObject({ obstacle: "full", unstored: { count: 2, sizeBytes: 212 } });
    disk.quotaBytes = 1_000;
    await recordStore.retryUnstored();
    expect([...disk.entries.results.keys()].sort()).toEqual(["a", "b", "c"]);
    expect(board.get()).toMatchObject({ obstacle: null, unstored: { count: 0, sizeBytes: 0 } });
  });
});

describe("storage that cannot be written", () => {
  test("of a newer version is read and left alone, damaged or not", async () => {
    withOldResults(2);
    const bytes = disk.entries.results.get("old 1")?.bytes;
    if (bytes) bytes[50] = 255;
    disk.writable = false;
    const before = structuredClone(disk.entries);
    const recordStore = opened();
    expect(await recordStore.get("results", "old 0")).toStrictEqual(value(0));
    expect(await recordStore.get("results", "old 1")).toBeUndefined();
    await recordStore.put("results", "new", value(3));
    await recordStore.delete("results", "old 0");
    expect(disk.entries).toEqual(before);
    expect(await recordStore.get("results", "new")).toStrictEqual(value(3));
  });

  test("that is absent leaves the page its memory", async () => {
    board.update({ obstacle: "refused" });
    const recordStore = createRecordStore({
      connect: () => Promise.resolve(undefined),
      board,
      measure: () => Promise.resolve(null),
      nowMs: () => nowMs,
      wait: () => Promise.resolve(),
    });
    await recordStore.put("results", "a", value(1));
    expect(await recordStore.get("results", "a")).toStrictEqual(value(1));
    expect(board.get()).toMatchObject({ obstacle: "refused", unstored: { count: 1 } });
    await recordStore.delete("results", "a");
    expect(await recordStore.get("results", "a")).toBeUndefined();
  });

  test("that fails during a run ends nothing, and stores held records once it works", async () => {
    const recordStore = opened();
    disk.broken = true;
    await recordStore.put("results", "a", value(1));
    expect(await recordStore.get("results", "b")).toBeUndefined();
    expect(board.get().obstacle).toBe("failed");
    disk.broken = false;
    await recordStore.put("results", "b", value(2));
    expect([...disk.entries.results.keys()].sort()).toEqual(["a", "b"]);
    expect(board.get().obstacle).toBeNull();
  });

  test("a value that is not plain is a defect that ends no run", async () => {
    await expect(opened().put("checkpoints", "a", new Map())).resolves.toBeUndefined();
  });
});
