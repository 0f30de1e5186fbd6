/** Removes what has not been used for longest, when there is no room. */
import { selectVictims } from "./eviction";
import type { Amount, StatusBoard } from "./status";
import type { TableName, Tables, EntryUsage } from "./tables";

/**
 * @param isEvictable which entries may be removed
 * @returns whether anything was removed
 */
export async function evict(
  tables: Tables,
  neededBytes: number,
  isEvictable: (use: EntryUsage) => boolean,
  board: StatusBoard,
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

export function amountOf(entries: readonly { readonly sizeBytes: number }[]): Amount {
  return sum(entries.map(({ sizeBytes }) => ({ count: 1, sizeBytes })));
}

export function sum(amounts: readonly Amount[]): Amount {
  return {
    count: amounts.reduce((total, { count }) => total + count, 0),
    sizeBytes: amounts.reduce((total, { sizeBytes }) => total + sizeBytes, 0),
  };
}
