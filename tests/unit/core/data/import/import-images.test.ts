/** Images become a data set: every kind of file, splits, classes, order and normalisation. */
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { dataManifestSchema } from "../../../../../src/core/data/manifest";
import { asFiles, catsAndDogs, file, idx, imported, joined, npy, png, tar, zip } from "./files";

const bytes = (count: number, first = 0): Uint8Array =>
  Uint8Array.from({ length: count }, (_, k) => (first + k) % 251);

test("a folder, a .zip and a .tar of the same images are the same data set", async () => {
  const folder = await imported(asFiles(catsAndDogs));
  const zipped = zip(catsAndDogs.map(([path, bytes]) => ({ path, bytes })));
  const stored = zip(
    catsAndDogs.map(([path, bytes]) => ({ path: `pets/${path}`, bytes, isDeflated: false })),
  );
  for (const archive of [
    file("a.zip", zipped),
    file("a.zip", stored),
    file("a.tar", tar(catsAndDogs)),
  ]) {
    expect((await imported([archive])).manifest).toEqual(folder.manifest);
  }
  expect(dataManifestSchema.parse(folder.manifest)).toEqual(folder.manifest);
  expect(folder.manifest.classes.names).toEqual(["cat", "dog"]);
  expect(folder.progress).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test("each image keeps its label, and a fifth of each class is for testing", async () => {
  const { train, test: tested } = await imported(asFiles(catsAndDogs));
  expect([train.count, tested.count]).toEqual([8, 2]);
  expect([...tested.labels].sort()).toEqual([0, 1]);
  const seen: number[] = [];
  for (const { labels, pixels, count } of [train, tested]) {
    for (let k = 0; k < count; k++) {
      const colour = pixels[12 * k] ?? -1;
      expect(labels[k]).toBe(colour >= 100 ? 1 : 0);
      seen.push(colour);
    }
  }
  expect(seen.sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 100, 101, 102, 103, 104]);
});

test("folders for training and testing are kept apart, in random order", async () => {
  const files = catsAndDogs.flatMap(([path, bytes]) => [
    [`set/train/${path}`, bytes] as const,
    [`set/val/${path}`, png(50)] as const,
    [`set/test/${path}`, png(200)] as const,
  ]);
  const { train, test: tested } = await imported(asFiles(files));
  expect([train.count, tested.count]).toEqual([10, 10]);
  expect([...train.pixels].some((byte) => byte === 200 || byte === 50)).toBe(false);
  // With a folder of its own for testing, that for validation is left out.
  expect(tested.pixels.every((byte) => byte === 200)).toBe(true);
  expect(new Set(train.labels.subarray(0, 5)).size).toBe(2);
});

test("images outside of folders have no labels", async () => {
  const { manifest, train } = await imported(
    asFiles(Array.from({ length: 10 }, (_, k) => [`${k}.png`, png(k)] as const)),
  );
  expect(manifest.classes.names).toEqual([]);
  expect(train.count).toBe(8);
});

test("files that systems add are left out", async () => {
  const more = [
    ...catsAndDogs,
    ["__MACOSX/cat/._0.png", png(1)],
    ["cat/.DS_Store", png(1)],
  ] as const;
  expect((await imported(asFiles(more))).manifest).toEqual(
    (await imported(asFiles(catsAndDogs))).manifest,
  );
});

test("IDX files are read by their headers, with gzip or without, in their own order", async () => {
  const images = idx(8, [4, 2, 3], bytes(24));
  const labels = idx(8, [4], [7, 3, 3, 7]);
  const {
    manifest,
    train,
    test: tested,
  } = await imported([
    file("train-images-idx3-ubyte.gz", gzipSync(images)),
    file("train-labels-idx1-ubyte", labels),
    file("t10k-images-idx3-ubyte", idx(8, [2, 2, 3], bytes(12, 100))),
    file("t10k-labels-idx1-ubyte.gz", gzipSync(idx(8, [2], [3, 7]))),
  ]);
  expect([manifest.height, manifest.width, manifest.channels]).toEqual([2, 3, 1]);
  expect(manifest.classes.names).toEqual(["3", "7"]);
  expect([...train.pixels]).toEqual([...bytes(24)]);
  expect([...train.labels]).toEqual([1, 0, 0, 1]);
  expect([...tested.pixels]).toEqual([...bytes(12, 100)]);
});

test("grey images are normalised by their own mean and deviation, colours by ImageNet's", async () => {
  const grey = await imported([
    file("images.idx", idx(8, [4, 1, 2], [0, 0, 255, 255, 0, 0, 255, 255])),
  ]);
  // Three of four images are for training, by two pixels of one value each.
  const mean = [...grey.train.pixels].reduce((sum, byte) => sum + byte / 255, 0) / 6;
  expect(grey.manifest.normalisation).toEqual([
    {
      mean: Number(mean.toFixed(4)),
      deviation: Number(Math.sqrt(mean * (1 - mean)).toFixed(4)),
    },
  ]);
  const { manifest } = await imported(asFiles(catsAndDogs));
  expect(manifest.normalisation[0]).toEqual({ mean: 0.485, deviation: 0.229 });
});

test.each([true, false])(
  ".npz with MedMNIST's names is read, compressed: %s",
  async (isDeflated) => {
    const pixels = bytes(4 * 12);
    const labels = Uint8Array.from([0, 1, 1, 0].flatMap((label) => [label, 0, 0, 0, 0, 0, 0, 0]));
    const entries = ["train", "val", "test"].flatMap((split) => [
      { path: `${split}_images.npy`, bytes: npy("|u1", [4, 2, 2, 3], pixels), isDeflated },
      { path: `${split}_labels.npy`, bytes: npy("<i8", [4, 1], labels), isDeflated },
    ]);
    const { train, manifest } = await imported([file("a.npz", zip(entries))]);
    expect([...train.pixels]).toEqual([...pixels]);
    expect([...train.labels]).toEqual([0, 1, 1, 0]);
    expect(manifest.train[0]?.images).toBe(4);
  },
);

test("safetensors are read, and split where they have no splits", async () => {
  const header = JSON.stringify({
    images: { dtype: "U8", shape: [10, 2, 2], data_offsets: [0, 40] },
    labels: { dtype: "I16", shape: [10], data_offsets: [40, 60] },
  });
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(header.length), true);
  const labels = Uint8Array.from({ length: 20 }, (_, k) => (k % 4 === 0 ? 1 : 0));
  const whole = joined([length, Buffer.from(header), bytes(40), labels]);
  const { train, test: tested, manifest } = await imported([file("a.safetensors", whole)]);
  expect([train.count, tested.count, manifest.channels]).toEqual([8, 2, 1]);
  expect([...train.labels].filter((label) => label === 1)).toHaveLength(4);
});

test("an import stops when it is aborted", async () => {
  const signal = { aborted: true };
  await expect(imported(asFiles(catsAndDogs), { signal })).rejects.toMatchObject({
    code: "cancelled",
  });
});

test("images of another size are resized where a size is given", async () => {
  const files = [...catsAndDogs, ["cat/large.png", png(9, 40, 30)]] as const;
  await expect(imported(asFiles(files))).rejects.toMatchObject({ code: "bad-shape" });
  const fit = { height: 8, width: 8 };
  const { manifest } = await imported(asFiles(files), { fit, isGrey: true });
  expect([manifest.height, manifest.width, manifest.channels]).toEqual([8, 8, 1]);
});
