/** What a visitor sees of images before they are read. */
import { describe, expect, test } from "vitest";
import { previewOf, type Preview } from "../../../../../src/core/data/import/preview";
import type { ImportFile } from "../../../../../src/core/data/import/files/file";
import { LabError } from "../../../../../src/core/errors";
import { imagesIn } from "../../../../../src/core/data/manifest";
import { codecs } from "../../../../../src/node/data/codecs";
import { asFiles, catsAndDogs, file, idx, imported, npy, png, zip } from "./files";

const preview = (files: readonly ImportFile[]): Promise<Preview> =>
  previewOf(files, "mine", codecs);

test("a folder's classes, splits and size are those that an import gives it", async () => {
  const files = asFiles(catsAndDogs);
  const { manifest } = await imported(files);
  const seen = await preview(files);
  expect(seen).toMatchObject({
    train: imagesIn(manifest.train),
    test: imagesIn(manifest.test),
    areSplit: false,
    classNames: ["cat", "dog"],
    channels: 3,
    sizes: [{ height: 2, width: 2 }],
  });
  expect(seen.samples).toHaveLength(10);
});

test("folders for training and testing are said to be given", async () => {
  const files = catsAndDogs.flatMap(([path, bytes]) => [
    [`train/${path}`, bytes] as const,
    [`test/${path}`, bytes] as const,
  ]);
  expect(await preview(asFiles(files))).toMatchObject({ train: 10, test: 10, areSplit: true });
});

test("images of several sizes show the smallest and the largest, and samples are small", async () => {
  const files = asFiles([["cat/0.png", png(9, 300, 200)], ...catsAndDogs.slice(1)]);
  const { sizes, samples } = await preview(files);
  expect(sizes).toEqual([
    { height: 2, width: 2 },
    { height: 300, width: 200 },
  ]);
  expect(samples.map(({ height }) => height).sort((a, b) => b - a)[0]).toBe(64);
});

test("grey arrays without labels have one channel and no classes", async () => {
  const images = npy("|u1", [10, 2, 2], new Uint8Array(40));
  const archive = file("a.npz", zip([{ path: "images.npy", bytes: images }]));
  expect(await preview([archive])).toMatchObject({ channels: 1, classNames: [], train: 8 });
});

describe("refused before anything is read", () => {
  test.each([
    ["no images", asFiles([]), "mine"],
    ["one class", asFiles(catsAndDogs.slice(0, 5).map(([p, b]) => [`x/${p}`, b])), "mine"],
    [
      "a class that is only in training",
      asFiles([
        ...catsAndDogs.map(([path, bytes]) => [`train/${path}`, bytes] as const),
        ...catsAndDogs.slice(0, 5).map(([path, bytes]) => [`test/${path}`, bytes] as const),
      ]),
      "images for testing",
    ],
    [
      "an image that lies about its size",
      asFiles([["cat/0.png", png(0).fill(0xff, 16, 24)], ...catsAndDogs.slice(1)]),
      "cat/0.png",
    ],
    ["a bomb", [file("a.zip", bomb())], "cat/0.png"],
    [
      "IDX that ends early",
      [file("images-idx3-ubyte", idx(8, [10, 2, 2], [1]))],
      "images-idx3-ubyte",
    ],
  ])("%s", async (_, files, input) => {
    const thrown: unknown = await preview(files).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(LabError);
    expect(thrown).toMatchObject({ input });
  });
});

/** 50 MB of zeros, said to be an image of 100 bytes. */
function bomb(): Iterable<number> {
  const bytes = new Uint8Array(50_000_000);
  return zip([
    { path: "cat/0.png", bytes, sizeBytes: 100 },
    ...catsAndDogs.slice(1).map(([path, other]) => ({ path, bytes: other })),
  ]);
}
