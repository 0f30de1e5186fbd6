/** Which entries go when room is needed. */
import type { TableName, EntryUsage } from "./tables";

/** What costs least to have again goes first: a file is fetched, a result takes minutes to compute. */
const turn = { assets: 0, checkpoints: 1, results: 2 } as const satisfies Record<TableName, number>;

/**
 * Least recently used entries that together free enough, tables in turn. None at all where every one of
 * them would not be enough: that would lose them for nothing.
 *
 * @param uses entries that may go
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
