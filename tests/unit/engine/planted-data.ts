/** A small data set whose classes are brightnesses, which any trunk tells apart. */
import type { DataManifest, ShardEntry, Split } from "../../../src/core/data/manifest";
import { seeded } from "../../../src/core/random/generator";
import { sha256Hex } from "../../../src/core/weights/hash";

export interface PlantedData {
  readonly manifest: DataManifest;
  /** Files of the shards by name. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

const names = ["dark", "grey", "bright"];
const perShard = 60;

/** Two shards of training images and one of test images, 60 in each. */
export function plantedData(side = 32): PlantedData {
  const random = seeded(5);
  const files = new Map<string, Uint8Array>();
  const shard = (split: Split, number: number): ShardEntry => {
    const bytes = new Uint8Array(perShard * (1 + side * side * 3));
    for (let image = 0; image < perShard; image++) {
      const label = random.below(names.length);
      bytes[image] = label;
      const first = perShard + image * side * side * 3;
      for (let at = first; at < first + side * side * 3; at++) {
        bytes[at] = 80 * label + random.below(60);
      }
    }
    const file = `${split}-${number}.bin`;
    files.set(file, bytes);
    return { file, images: perShard, sha256: sha256Hex(bytes) };
  };
  const manifest: DataManifest = {
    version: 2,
    name: "Brightness",
    source: "made by a test",
    height: side,
    width: side,
    channels: 3,
    normalisation: Array.from({ length: 3 }, () => ({ mean: 0.5, deviation: 0.25 })),
    classes: { names, groupings: [] },
    imagesPerShard: perShard,
    train: [shard("train", 0), shard("train", 1)],
    test: [shard("test", 0)],
  };
  return { manifest, files };
}
