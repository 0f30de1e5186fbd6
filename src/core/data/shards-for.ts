/** Which shards hold which images. */
import type { ShardEntry } from "./manifest";

/** Shards that hold the first `count` images of a split. */
export function shardsFor(shards: readonly ShardEntry[], count: number): ShardEntry[] {
  const needed: ShardEntry[] = [];
  let held = 0;
  for (const shard of shards) {
    if (held >= count) break;
    needed.push(shard);
    held += shard.images;
  }
  return needed;
}
