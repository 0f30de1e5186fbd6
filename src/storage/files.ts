/**
 * Stores files in the browser. None of these functions rejects: a file can always be fetched again.
 */
import type { Connect } from "./connection";
import { amountOf, filesOnly, putOrEvict, sum } from "./eviction";
import { orWarn } from "./or-warn";
import type { StoreDeps } from "./store-deps";
import { ownFileTables, type OpenTables } from "./tables";

/**
 * Files by their SHA-256. The visitor's own networks and images are found too, but neither put nor
 * dropped here.
 */
export interface StoredFiles {
  /** @returns what is there, unchecked, or undefined */
  readonly get: (sha256: string) => Promise<unknown>;
  /**
   * Resolves when there is time for another; what is put can be read at once, here and elsewhere.
   */
  readonly put: (sha256: string, bytes: Uint8Array) => Promise<void>;
  readonly drop: (sha256: string) => Promise<void>;
}

/** Left free for results, which take work where a file takes a fetch. */
const reserveBytes = 32e6;

/** Most files being written at a time; each may be several megabytes. */
const mostWrites = 4;

/** For the page, which reads every file before its workers do. */
export function pageFiles({
  connect,
  board,
  recordStore,
  measure,
}: Omit<StoreDeps, "nowMs">): StoredFiles {
  const writes = new Set<Promise<void>>();

  const write = (sha256: string, bytes: Uint8Array): Promise<void> =>
    orWarn("write a file", undefined, async () => {
      const tables = await connect();
      if (!tables?.writable) return;
      if (!leavesRoom(bytes.byteLength) || !(await stored(tables, sha256, bytes))) {
        const { unstoredFiles } = board.get();
        board.update({
          unstoredFiles: sum([unstoredFiles, amountOf([{ sizeBytes: bytes.byteLength }])]),
        });
      }
      await measure();
    });

  function leavesRoom(sizeBytes: number): boolean {
    const { usage } = board.get();
    return usage === null || usage.quotaBytes - usage.usedBytes >= sizeBytes + reserveBytes;
  }

  function stored(tables: OpenTables, sha256: string, bytes: Uint8Array): Promise<boolean> {
    return putOrEvict(
      () => tables.put("assets", sha256, bytes),
      { tables, board, isEvictable: filesOnly(recordStore.isEvictable) },
      { neededBytes: () => [bytes.byteLength] },
    );
  }

  return {
    get(sha256) {
      recordStore.markUsed("assets", sha256);
      return readFile(connect, sha256);
    },
    async put(sha256, bytes) {
      recordStore.markUsed("assets", sha256);
      const writing = write(sha256, bytes).finally(() => writes.delete(writing));
      writes.add(writing);
      if (writes.size >= mostWrites) await Promise.race(writes);
    },
    drop(sha256) {
      board.update({ damaged: board.get().damaged + 1 });
      return orWarn("remove a file", undefined, async () => {
        const tables = await connect();
        if (tables?.writable) await tables.delete("assets", [sha256]);
      });
    },
  };
}

/** For workers, which only read: the page stores what it can. */
export function workerFiles(connect: Connect): StoredFiles {
  return {
    get: (sha256) => readFile(connect, sha256),
    put: () => Promise.resolve(),
    drop: () => Promise.resolve(),
  };
}

function readFile(connect: Connect, sha256: string): Promise<unknown> {
  return orWarn("read a file", undefined, async () => {
    const tables = await connect();
    let file = await tables?.get("assets", sha256);
    for (const table of Object.values(ownFileTables)) file ??= await tables?.get(table, sha256);
    return file instanceof Blob ? new Uint8Array(await file.arrayBuffer()) : file;
  });
}
