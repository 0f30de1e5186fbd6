/**
 * The library: every experiment that was finished in this browser, and those that were brought from others. They are
 * the visitor's: nothing is removed to make room, and what cannot be kept is held in memory until the page is closed.
 *
 * An entry's key is the hash of its findings, so that the same result is there once, whoever computed it, and another
 * result of the same experiment is an entry beside it.
 */
import { sha256Hex } from "../core/weights/hash";
import { pastExperimentSchema, reportIdentity, type PastExperiment } from "../experiment/past";
import type { Report } from "../experiment/report";
import { encoded } from "./codec";
import type { Connect } from "./connection";
import type { RecordStore } from "./record-store";
import { filesOnly, putOrEvict } from "./eviction";
import { sealed, unsealed } from "./record";
import type { StatusBoard, StorageStatus } from "./status";

export interface LibraryEntry extends PastExperiment {
  readonly id: string;
  readonly sizeBytes: number;
  /** False where there was no storage for it: it is gone when the page is closed. */
  readonly stored: boolean;
}

/** None of these functions rejects. */
export interface Library {
  /** Pinned ones first, then by when they were finished, the newest first. */
  readonly list: () => Promise<readonly LibraryEntry[]>;
  /** Enters a finished run, unless the very result is there. */
  readonly enter: (report: Report) => Promise<void>;
  /** Adds what is not there; nothing that is there changes. @returns how many were added */
  readonly merge: (experiments: readonly PastExperiment[]) => Promise<number>;
  /** @param change of name or pin */
  readonly change: (
    id: string,
    change: Partial<Pick<PastExperiment, "name" | "pinned">>,
  ) => Promise<void>;
  readonly remove: (id: string) => Promise<void>;
}

interface Deps {
  readonly connect: Connect;
  readonly board: StatusBoard;
  readonly recordStore: RecordStore;
  /** Asks the browser how much is used, and tells it to the board. */
  readonly measure: () => Promise<StorageStatus["usage"]>;
  /** Unix time. */
  readonly nowMs: () => number;
}

/** From what is there to what shall be; undefined where it shall stay as it is. */
type Edit = (before: PastExperiment | undefined) => PastExperiment | undefined;

export function createLibrary({ connect, board, recordStore, measure, nowMs }: Deps): Library {
  const unstored = new Map<string, PastExperiment>();

  async function stored(): Promise<LibraryEntry[]> {
    try {
      const records = (await (await connect())?.experiments()) ?? [];
      return records.flatMap((record) => {
        const found = read(record);
        return found === undefined ? [] : [{ ...found, id: idOf(found.report), stored: true }];
      });
    } catch (thrown) {
      console.warn("the library could not be read", thrown);
      return [];
    }
  }

  /** @returns whether anything changed */
  async function edit(id: string, change: Edit): Promise<boolean> {
    let next: PastExperiment | undefined;
    try {
      const tables = await connect();
      if (tables?.writable) {
        const put = () =>
          tables.changeExperiment(id, (record) => {
            next = change(read(record) ?? unstored.get(id));
            return next && sealed(next, nowMs());
          });
        const isStored = await putOrEvict(
          put,
          { tables, board, isEvictable: filesOnly(recordStore.isEvictable) },
          { neededBytes: () => (next ? [sealed(next, 0).sizeBytes] : []) },
        );
        if (isStored) {
          unstored.delete(id);
          return next !== undefined;
        }
      }
    } catch (thrown) {
      console.warn("an experiment could not be kept in the library", thrown);
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
      const kept = (await stored()).filter(({ id }) => !unstored.has(id));
      const inMemory = [...unstored].map(([id, experiment]) => ({
        ...experiment,
        ...{ id, stored: false, sizeBytes: sealed(experiment, 0).sizeBytes },
      }));
      return [...kept, ...inMemory].sort(
        (a, b) => Number(b.pinned) - Number(a.pinned) || b.finishedAtMs - a.finishedAtMs,
      );
    },
    async enter(report) {
      const experiment = { name: null, pinned: false, finishedAtMs: nowMs(), report };
      await edit(idOf(report), added(experiment));
      await measure();
    },
    async merge(experiments) {
      let count = 0;
      for (const experiment of experiments) {
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
      try {
        const tables = await connect();
        if (tables?.writable) await tables.deleteExperiment(id);
      } catch (thrown) {
        console.warn("an experiment could not be removed from the library", thrown);
      }
      await measure();
    },
  };
}

function idOf(report: Report): string {
  return sha256Hex(encoded(reportIdentity(report)));
}

/** What cannot be read may be a newer version's: it is left alone. */
function read(entry: unknown): (PastExperiment & { readonly sizeBytes: number }) | undefined {
  const found = unsealed(entry);
  const parsed = pastExperimentSchema.safeParse(found?.value);
  return found && parsed.success
    ? { ...parsed.data, sizeBytes: found.record.sizeBytes }
    : undefined;
}
