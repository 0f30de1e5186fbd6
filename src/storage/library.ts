/**
 * The library: every experiment that was finished in this browser, and those that were imported.
 * They are the visitor's: nothing is removed to make room, and what cannot be stored stays in
 * memory until the page is closed.
 *
 * An entry's key is the hash of its results. The same result is there once, no matter who computed
 * it; another result of the same experiment is another entry.
 */
import * as z from "../core/schema";
import { sha256Hex } from "../core/weights/hash";
import { pastExperimentSchema, reportIdentity, type PastExperiment } from "../experiment/past";
import type { Report } from "../experiment/report";
import { encoded } from "./codec";
import { filesOnly, putOrEvict } from "./eviction";
import { orWarn } from "./or-warn";
import { sealed, unsealed } from "./record";
import type { StoreDeps } from "./store-deps";

export interface LibraryEntry extends PastExperiment {
  readonly id: string;
  readonly sizeBytes: number;
  /** False where there was no storage for it: it is gone when the page is closed. */
  readonly stored: boolean;
}

/** An entry that is too large to read. */
export interface OversizedEntry {
  readonly id: string;
  readonly sizeBytes: number;
}

/** The largest entry that is read or imported. */
export const largestEntryBytes = 8_000_000;

/** Whether an experiment is small enough for the library. */
export function fitsLibrary(experiment: PastExperiment): boolean {
  return encoded(experiment).byteLength <= largestEntryBytes;
}

/** None of these functions rejects. */
export interface Library {
  /** Pinned ones first, then by when they were finished, the newest first. */
  readonly list: () => Promise<readonly LibraryEntry[]>;
  /** Stored entries that are too large, which `list` leaves out; they can be removed. */
  readonly oversized: () => Promise<readonly OversizedEntry[]>;
  /** Enters a finished run, unless its result is already there. */
  readonly enter: (report: Report) => Promise<void>;
  /** Adds what fits and is not there; nothing that is there changes. @returns how many were added */
  readonly merge: (experiments: readonly PastExperiment[]) => Promise<number>;
  /** @param change of name or pin */
  readonly change: (
    id: string,
    change: Partial<Pick<PastExperiment, "name" | "pinned">>,
  ) => Promise<void>;
  readonly remove: (id: string) => Promise<void>;
}

/** Maps an entry to its replacement; undefined to leave it unchanged. */
type Edit = (before: PastExperiment | undefined) => PastExperiment | undefined;

export function createLibrary({ connect, board, recordStore, measure, nowMs }: StoreDeps): Library {
  const unstored = new Map<string, PastExperiment>();

  const stored = (): Promise<LibraryEntry[]> =>
    orWarn("read the library", [], async () => {
      const records = (await (await connect())?.experiments()) ?? [];
      return records.flatMap(({ record }) => {
        const found = sizeOf(record) > largestEntryBytes ? undefined : read(record);
        return found === undefined ? [] : [{ ...found, id: idOf(found.report), stored: true }];
      });
    });

  /** @returns whether anything changed */
  async function edit(id: string, change: Edit): Promise<boolean> {
    let next: PastExperiment | undefined;
    const isStored = await orWarn("change the library", false, async () => {
      const tables = await connect();
      if (!tables?.writable) return false;
      const put = () =>
        tables.changeExperiment(id, (record) => {
          next = change(read(record) ?? unstored.get(id));
          return next && sealed(next, nowMs());
        });
      return putOrEvict(
        put,
        { tables, board, isEvictable: filesOnly(recordStore.isEvictable) },
        { neededBytes: () => (next ? [sealed(next, 0).sizeBytes] : []) },
      );
    });
    if (isStored) {
      unstored.delete(id);
      return next !== undefined;
    }
    const before = unstored.get(id) ?? (await stored()).find((entry) => entry.id === id);
    next = change(before);
    if (next) unstored.set(id, next);
    return next !== undefined;
  }

  const added =
    (experiment: PastExperiment): Edit =>
    (before) =>
      before === undefined ? experiment : undefined;

  return {
    async list() {
      const listed = (await stored()).filter(({ id }) => !unstored.has(id));
      const inMemory = [...unstored].map(([id, experiment]) => ({
        ...experiment,
        id,
        stored: false,
        sizeBytes: sealed(experiment, 0).sizeBytes,
      }));
      return [...listed, ...inMemory].sort(
        (a, b) => Number(b.pinned) - Number(a.pinned) || b.finishedAtMs - a.finishedAtMs,
      );
    },
    oversized: () =>
      orWarn("read the library", [], async () => {
        const records = (await (await connect())?.experiments()) ?? [];
        return records
          .map(({ id, record }) => ({ id, sizeBytes: sizeOf(record) }))
          .filter(({ sizeBytes }) => sizeBytes > largestEntryBytes);
      }),
    async enter(report) {
      const experiment = { name: null, pinned: false, finishedAtMs: nowMs(), report };
      await edit(idOf(report), added(experiment));
      await measure();
    },
    async merge(experiments) {
      let count = 0;
      for (const experiment of experiments) {
        if (!fitsLibrary(experiment)) continue;
        if (await edit(idOf(experiment.report), added(experiment))) count++;
      }
      await measure();
      return count;
    },
    async change(id, change) {
      await edit(id, (before) => before && { ...before, ...change });
    },
    async remove(id) {
      unstored.delete(id);
      await orWarn("remove an experiment", undefined, async () => {
        const tables = await connect();
        if (tables?.writable) await tables.deleteExperiment(id);
      });
      await measure();
    },
  };
}

function idOf(report: Report): string {
  return sha256Hex(encoded(reportIdentity(report)));
}

/** The size of a record's bytes, whatever the record says; 0 for what is no record. */
function sizeOf(record: unknown): number {
  const bytes = z.object({ bytes: z.instanceof(Uint8Array) }).safeParse(record).data?.bytes;
  return bytes?.byteLength ?? 0;
}

/** What cannot be read may come from a newer version: it is left alone. */
function read(entry: unknown): (PastExperiment & { readonly sizeBytes: number }) | undefined {
  const found = unsealed(entry);
  const parsed = pastExperimentSchema.safeParse(found?.value);
  return found && parsed.success
    ? { ...parsed.data, sizeBytes: found.record.sizeBytes }
    : undefined;
}
