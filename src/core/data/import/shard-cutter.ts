/** Collects images of a split and cuts them into shards. */
import { classIndices, type DataForm } from "../form";
import type { ShardEntry, Split } from "../manifest";
import { imagesPerShard, shardsOf, type Shard } from "../shards";

/** Shards of large images hold fewer of them. */
const mostShardBytes = 1 << 24;

/** Returns how many images of a size go into a shard. */
export function shardImages({ height, width, channels }: DataForm): number {
  const most = Math.floor(mostShardBytes / (height * width * channels));
  return Math.max(1, Math.min(imagesPerShard, most));
}

export interface ShardCutter {
  /** Of the shards so far. */
  readonly entries: readonly ShardEntry[];
  /** Returns a shard when it is full. @param pixels [h, w, c] */
  add(pixels: Uint8Array, label: number): Shard | undefined;
  /** Returns the last shard, where images are left. */
  finish(): Shard | undefined;
}

export function shardCutter(form: DataForm, split: Split): ShardCutter {
  const perShard = shardImages(form);
  const imageBytes = form.height * form.width * form.channels;
  // Made when needed: a split may have few images, or come last.
  let pixels = new Uint8Array();
  const labels = classIndices(perShard, form.classes.names.length);
  const entries: ShardEntry[] = [];
  let held = 0;
  const cut = (): Shard | undefined => {
    const images = pixels.subarray(0, held * imageBytes);
    const [shard] = shardsOf(form, split, images, labels.subarray(0, held), entries.length);
    if (shard) entries.push(shard.entry);
    held = 0;
    return shard;
  };
  return {
    entries,
    add(image, label) {
      if (pixels.byteLength === 0) pixels = new Uint8Array(perShard * imageBytes);
      pixels.set(image, held * imageBytes);
      labels[held++] = label;
      return held === perShard ? cut() : undefined;
    },
    finish: () => (held > 0 ? cut() : undefined),
  };
}
