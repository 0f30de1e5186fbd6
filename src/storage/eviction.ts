/** Removes what has not been used for longest, when there is no room. */
import type { Amount, StatusBoard } from "./status";
import type { TableName, Tables, EntryUsage } from "./tables";

interface EvictionDeps {
  readonly tables: Tables;
  /** Which entries may be removed. */
  readonly isEvictable: (usage: EntryUsage) => boolean;
  readonly board: StatusBoard;
}

interface Retries {
  /** Bytes to free, one attempt after another. */
  readonly neededBytes: () => readonly number[];
  /**
   * Waits before each put of an attempt: a browser may take its time to count as free what was
   * removed.
   */
  readonly delaysMs?: readonly number[];
  readonly wait?: (delayMs: number) => Promise<void>;
}

/**
 * Puts an entry. Where there is no room, removes others and puts it again.
 *
 * @returns whether it is stored
 */
export async function putOrEvict(
  put: () => Promise<"stored" | "no-room">,
  deps: EvictionDeps,
  { neededBytes, delaysMs = [0], wait = () => Promise.resolve() }: Retries,
): Promise<boolean> {
  if ((await put()) === "stored") return true;
  for (const bytes of neededBytes()) {
    if (!(await evict(bytes, deps))) return false;
    for (const delayMs of delaysMs) {
      await wait(delayMs);
      if ((await put()) === "stored") return true;
    }
  }
  return false;
}

/** Restricts eviction to fetched files, which cost less to have again than anything computed. */
export function filesOnly(isEvictable: EvictionDeps["isEvictable"]): EvictionDeps["isEvictable"] {
  return (usage) => usage.table === "assets" && isEvictable(usage);
}

/** @returns whether anything was removed */
export async function evict(
  neededBytes: number,
  { tables, isEvictable, board }: EvictionDeps,
): Promise<boolean> {
  const uses: EntryUsage[] = [];
  for (const table of ["assets", "checkpoints", "results"] satisfies TableName[]) {
    uses.push(...(await tables.usages(table)));
  }
  const chosen = selectVictims(uses.filter(isEvictable), neededBytes);
  for (const table of new Set(chosen.map((use) => use.table))) {
    const gone = chosen.filter((use) => use.table === table);
    await tables.delete(
      table,
      gone.map(({ key }) => key),
    );
    const { evicted } = board.get();
    board.update({ evicted: { ...evicted, [table]: sum([evicted[table], amountOf(gone)]) } });
  }
  return chosen.length > 0;
}

/**
 * What costs least to have again goes first: a file is fetched, a result takes minutes to compute.
 */
const turn = { assets: 0, checkpoints: 1, results: 2 } as const satisfies Record<TableName, number>;

/**
 * Selects least recently used entries that together free enough, tables in turn. None where all of
 * them would not be enough: that would lose them for nothing.
 *
 * @param uses entries that may be removed
 */
export function selectVictims(
  uses: readonly EntryUsage[],
  neededBytes: number,
): readonly EntryUsage[] {
  const order = [...uses].sort((a, b) => turn[a.table] - turn[b.table] || a.usedAtMs - b.usedAtMs);
  const chosen: EntryUsage[] = [];
  let freedBytes = 0;
  for (const use of order) {
    if (freedBytes >= neededBytes) break;
    chosen.push(use);
    freedBytes += use.sizeBytes;
  }
  return freedBytes >= neededBytes ? chosen : [];
}

export function amountOf(entries: readonly { readonly sizeBytes: number }[]): Amount {
  return sum(entries.map(({ sizeBytes }) => ({ count: 1, sizeBytes })));
}

export function sum(amounts: readonly Amount[]): Amount {
  return {
    count: amounts.reduce((total, { count }) => total + count, 0),
    sizeBytes: amounts.reduce((total, { sizeBytes }) => total + sizeBytes, 0),
  };
}
