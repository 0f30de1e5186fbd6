/** Files that the inspector fetches: the details of a figure, and shards of the test images. */
import { cifar10Form } from "../../../../src/core/data/cifar10";
import { expect, test } from "vitest";
import { dataManifestSchema } from "../../../../src/core/data/manifest";
import { checkHash, sha256Hex } from "../../../../src/core/weights/hash";
import type { AssetRef, AssetSource } from "../../../../src/engine/assets";
import { ArrayPool, packed } from "../../../../src/engine/details/format";
import { savedDetails } from "../../../../src/lab/engine/saved-details";
import { readPictures, readTestLabels } from "../../../../src/lab/engine/test-images";

/** A server's files by path, hashes checked as the page checks them. */
function served(
  files: ReadonlyMap<string, Uint8Array>,
): AssetSource & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    read({ path, sha256 }: AssetRef) {
      asked.push(path);
      const bytes = files.get(path.replace(/\?.*/, "")) ?? new Uint8Array();
      return Promise.resolve().then(() => {
        checkHash(bytes, sha256, path);
        return bytes;
      });
    },
  };
}

async function detailsFile(): Promise<Uint8Array> {
  const pool = new ArrayPool();
  const labels = pool.classes(Uint8Array.of(1, 2));
  return packed(
    {
      format: "stitch-lab-details-1",
      classNames: ["a", "b"],
      groupings: [],
      trainImages: 3,
      labels,
      networks: [],
      curves: [],
      leftOut: ["matrix of b into a, stem"],
    },
    pool,
  );
}

test("a details file is read once, by its hash", async () => {
  const bytes = await detailsFile();
  const assets = served(new Map([["recorded/x.details.bin", bytes]]));
  const file = { file: "x.details.bin", sha256: sha256Hex(bytes), sizeBytes: bytes.byteLength };
  const details = await savedDetails(file, assets);
  expect(details.leftOut).toEqual(["matrix of b into a, stem"]);
  expect(await savedDetails(file, assets)).toBe(details);
  expect(assets.asked).toHaveLength(1);
});

test("a details file with another hash is refused, and asked for again the next time", async () => {
  const assets = served(new Map([["recorded/y.details.bin", await detailsFile()]]));
  const file = { file: "y.details.bin", sha256: "0".repeat(64), sizeBytes: 1 };
  for (let time = 0; time < 2; time++) {
    await expect(savedDetails(file, assets)).rejects.toMatchObject({ code: "hash-mismatch" });
  }
  expect(assets.asked).toHaveLength(2);
});

/** Two shards of two images of one pixel. */
const shards = [
  Uint8Array.of(3, 4, 10, 11, 12, 20, 21, 22),
  Uint8Array.of(5, 6, 30, 31, 32, 40, 41, 42),
];
const manifest = dataManifestSchema.parse({
  version: 2,
  name: "tiny",
  source: "",
  normalisation: cifar10Form.normalisation,
  classes: { names: ["a", "b"], groupings: [] },
  height: 1,
  width: 1,
  channels: 3,
  imagesPerShard: 2,
  train: [shardEntry(0)],
  test: [shardEntry(0), shardEntry(1)],
});

function shardEntry(k: number) {
  return { file: `test-${k}.bin`, images: 2, sha256: sha256Hex(shards[k] ?? new Uint8Array()) };
}

function files() {
  const assets = served(new Map(shards.map((bytes, k) => [`data/test-${k}.bin`, bytes])));
  return { manifest, folder: "data/", assets };
}

test("pictures come from the shards that hold them, and from no other", async () => {
  const from = files();
  const { pixels } = await readPictures(from, [3]);
  expect([...pixels]).toEqual([[3, Uint8Array.of(40, 41, 42)]]);
  expect(from.assets.asked).toEqual(["data/test-1.bin"]);
  await expect(readPictures(from, [1, 4])).rejects.toMatchObject({ code: "bad-input", found: "4" });
});

test("labels are those of the first images", async () => {
  const { labels, classes } = await readTestLabels(files(), 3);
  expect(labels).toEqual(Uint8Array.of(3, 4, 5));
  expect(classes.names).toEqual(["a", "b"]);
});
