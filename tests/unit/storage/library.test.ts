import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  recordedSchema,
  type CurveReport,
  type Report,
  type SiteResult,
} from "../../../src/experiment/report";
import { createRecordStore } from "../../../src/storage/record-store";
import {
  createLibrary,
  fitsLibrary,
  largestEntryBytes,
  type Library,
} from "../../../src/storage/library";
import { sealed } from "../../../src/storage/record";
import { statusBoard } from "../../../src/storage/status";
import { SmallDisk } from "./small-disk";

let disk: SmallDisk;
let now: number;

beforeEach(() => {
  disk = new SmallDisk();
  now = 1_000;
  vi.spyOn(console, "warn").mockReturnValue();
});
afterEach(() => vi.restoreAllMocks());

function opened(connect = () => Promise.resolve<SmallDisk | undefined>(disk)): Library {
  const board = statusBoard();
  const measure = () => Promise.resolve(null);
  const nowMs = (): number => now;
  const recordStore = createRecordStore({
    connect,
    board,
    measure,
    nowMs,
    wait: () => Promise.resolve(),
  });
  return createLibrary({ connect, board, recordStore, measure, nowMs });
}

const recorded = (name: string): Report =>
  recordedSchema.parse(
    JSON.parse(
      readFileSync(resolve(import.meta.dirname, `../../../public/recorded/${name}.json`), "utf8"),
    ),
  ).report;
const [random, seeds] = [recorded("random"), recorded("seeds")];

/** The same findings in another time. */
function slower(report: Report): Report {
  const slow = (curve: CurveReport): CurveReport =>
    withEverySite(curve, (site) => ({ ...site, seconds: 999 }));
  const [first, ...others] = report.curves;
  return { ...report, curves: [slow(first), ...others.map(slow)] };
}

/** Another result of the same experiment. */
function otherwise(report: Report): Report {
  const [first, ...others] = report.curves;
  const changed = withEverySite(first, (site) => ({ ...site, penalty: site.penalty / 2 }));
  return { ...report, curves: [changed, ...others] };
}

function withEverySite(
  { sites, ...networks }: CurveReport,
  change: (site: SiteResult) => SiteResult,
): CurveReport {
  return { ...networks, sites: sites.map(change) };
}

test("a finished run is listed once on every later visit, even if it is finished again", async () => {
  await opened().enter(random);
  now = 2_000;
  const library = opened();
  await library.enter(slower(random));
  await library.enter(seeds);
  const list = await library.list();
  expect(list.map(({ report, finishedAtMs, stored }) => [report, finishedAtMs, stored])).toEqual([
    [seeds, 2_000, true],
    [random, 1_000, true],
  ]);
});

test("another result of the same experiment is an entry of its own, and the first stays", async () => {
  const library = opened();
  await library.enter(random);
  await library.enter(otherwise(random));
  const reports = (await library.list()).map(({ report }) => report);
  expect(reports).toHaveLength(2);
  expect(reports).toContainEqual(random);
});

test("names and pins persist, pinned entries come first, and finishing again changes neither", async () => {
  const library = opened();
  await library.enter(random);
  now = 2_000;
  await library.enter(seeds);
  const id = (await library.list())[1]?.id ?? "";
  await library.change(id, { name: "For Tuesday" });
  await library.change(id, { pinned: true });
  await library.enter(slower(random));
  const [first, second] = await opened().list();
  expect(first).toMatchObject({ id, name: "For Tuesday", pinned: true, finishedAtMs: 1_000 });
  expect(second?.report).toEqual(seeds);
});

test("imported entries are added and never change existing ones", async () => {
  const library = opened();
  await library.enter(random);
  const id = (await library.list())[0]?.id ?? "";
  await library.change(id, { name: "Mine" });
  const theirs = { name: "Theirs", pinned: true, finishedAtMs: 5 };
  const added = await library.merge([
    { ...theirs, report: slower(random) },
    { ...theirs, report: seeds },
    { ...theirs, report: seeds },
  ]);
  expect(added).toBe(1);
  const list = await library.list();
  expect(list.map(({ name }) => name).sort()).toEqual(["Mine", "Theirs"]);
  expect(list.find((entry) => entry.id === id)).toMatchObject({ pinned: false, report: random });
});

test("a deleted entry is gone, and the rest stays", async () => {
  const library = opened();
  await library.enter(random);
  await library.enter(seeds);
  const [gone, stays] = await library.list();
  await library.remove(gone?.id ?? "");
  expect((await opened().list()).map(({ id }) => id)).toEqual([stays?.id]);
});

test.each([
  ["there is no room", () => (disk.quotaBytes = 10)],
  ["the disk fails", () => (disk.broken = true)],
  ["a newer version has the database", () => (disk.writable = false)],
])("where %s, experiments are held in memory and said to be", async (_, spoil) => {
  const library = opened();
  await library.enter(seeds);
  spoil();
  await library.enter(random);
  const list = await library.list();
  expect(
    list.find(({ report }) => report.spec.curves[0].bottom === random.spec.curves[0].bottom),
  ).toBeDefined();
  expect(list.filter(({ stored }) => !stored).map(({ report }) => report)).toEqual([random]);
  const [held] = list.filter(({ stored }) => !stored);
  await library.change(held?.id ?? "", { pinned: true });
  expect((await library.list())[0]).toMatchObject({ stored: false, pinned: true });
});

test("once there is room, a held entry is stored with its next change", async () => {
  disk.quotaBytes = 10;
  const library = opened();
  await library.enter(random);
  disk.quotaBytes = Infinity;
  const id = (await library.list())[0]?.id ?? "";
  await library.change(id, { name: "Kept after all" });
  expect(await opened().list()).toMatchObject([{ name: "Kept after all", stored: true }]);
});

test("a damaged record is left out of the list, and finishing again adds it again", async () => {
  const library = opened();
  await library.enter(random);
  const [record] = disk.past.values();
  if (record) record.bytes[10] = (record.bytes[10] ?? 0) ^ 1;
  expect(await library.list()).toEqual([]);
  await library.enter(random);
  expect(await library.list()).toHaveLength(1);
});

/** The same experiment with a record that exceeds the limit. */
function huge(report: Report): Report {
  return { ...report, adapter: "a".repeat(largestEntryBytes) };
}

test("a stored entry over the limit is named, not read, and can be removed", async () => {
  const library = opened();
  await library.enter(random);
  const past = { name: null, pinned: false, finishedAtMs: 1, report: huge(random) };
  const record = sealed(past, 0);
  disk.past.set("huge", record);
  expect((await library.list()).map(({ report }) => report)).toEqual([random]);
  expect(await library.oversized()).toEqual([{ id: "huge", sizeBytes: record.sizeBytes }]);
  expect(record.sizeBytes).toBeGreaterThan(largestEntryBytes);
  await library.remove("huge");
  expect(await library.oversized()).toEqual([]);
  expect(await library.list()).toHaveLength(1);
});

test("an imported entry over the limit is left out, and the others are added", async () => {
  const library = opened();
  const past = { name: null, pinned: false, finishedAtMs: 1 };
  const tooLarge = { ...past, report: huge(random) };
  expect(fitsLibrary(tooLarge)).toBe(false);
  expect(await library.merge([tooLarge, { ...past, report: seeds }])).toBe(1);
  expect((await library.list()).map(({ report }) => report)).toEqual([seeds]);
});
