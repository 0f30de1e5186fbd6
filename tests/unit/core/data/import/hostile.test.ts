/** Files that lie: each is refused with a typed error that names it, in little time and memory. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Bytes } from "../../../../../src/core/data/import/files/file";
import { LabError } from "../../../../../src/core/errors";
import { fixturesFolder } from "../../../fixtures";
import { isNightly, nightlySeed } from "../../../nightly";
import { asFiles, catsAndDogs, file, idx, imported, joined, npy, png, tar, zip } from "./files";

const image = (name: string): Bytes =>
  new Uint8Array(readFileSync(join(fixturesFolder, "images", name)));

/** An archive of an entry before the cats and dogs. */
const zipped = (path: string, bytes: Uint8Array, sizeBytes = bytes.byteLength): Bytes =>
  zip([
    { path, bytes, sizeBytes },
    ...catsAndDogs.map(([other, image]) => ({ path: other, bytes: image })),
  ]);

/** An image in the place of the first of the cats. */
const withImage = (name: string, bytes: Bytes) =>
  asFiles([[`cat/${name}`, bytes], ...catsAndDogs.slice(1)]);

/** A PNG whose header says another size. */
function resized(bytes: Bytes, width: number, height: number): Bytes {
  const copy = bytes.slice();
  new DataView(copy.buffer).setUint32(16, width);
  new DataView(copy.buffer).setUint32(20, height);
  return copy;
}

/** A JPEG whose frame says another height. */
function tallJpeg(bytes: Bytes, height: number): Bytes {
  const copy = bytes.slice();
  const frame = copy.findIndex((byte, k) => byte === 0xff && copy[k + 1] === 0xc0);
  new DataView(copy.buffer).setUint16(frame + 5, height);
  return copy;
}

const header = (shape: string): Bytes => {
  const text = `{'descr': '|u1', 'fortran_order': False, 'shape': (${shape}), }`;
  return joined([
    Uint8Array.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, text.length, 0]),
    Buffer.from(text),
  ]);
};

describe("a file is refused by name", () => {
  test.each([
    ["no files", [], "mine", "0 files"],
    ["files of no kind", [file("a.txt", [1]), file("b.txt", [2])], "mine", "2 files of other"],
    ["a folder without images", [file("cat/readme.md", [1])], "mine", "cat/readme.md"],
    ["an empty image", withImage("0.png", new Uint8Array()), "cat/0.png", "an empty file"],
    [
      "text named .png",
      withImage("0.png", Uint8Array.from(Buffer.from("<html>"))),
      "cat/0.png",
      "3c 68",
    ],
    [
      "a truncated PNG",
      withImage("0.png", image("plain.png").slice(0, 600)),
      "cat/0.png",
      "stops after",
    ],
    [
      "a truncated JPEG",
      withImage("0.jpg", image("baseline.jpg").slice(0, 900)),
      "cat/0.jpg",
      "remature end",
    ],
    ["a truncated WebP", withImage("0.webp", image("lossy.webp").slice(0, 400)), "cat/0.webp", ""],
    [
      "a JPEG of fewer rows than it says",
      withImage("0.jpg", tallJpeg(image("baseline.jpg"), 900)),
      "cat/0.jpg",
      "remature end",
    ],
    [
      "a PNG of billions of pixels",
      withImage("0.png", resized(png(1), 2 ** 31 - 1, 2 ** 31 - 1)),
      "cat/0.png",
      "2147483647",
    ],
    [
      "a PNG of another size than it says",
      withImage("0.png", resized(png(1), 3, 3)),
      "cat/0.png",
      "",
    ],
    [
      "a path out of the folder",
      [file("a.zip", zipped("../cat/0.png", png(1)))],
      '"../cat/0.png"',
      "leads out",
    ],
    [
      "an absolute path",
      [file("a.tar", tar([["/etc/0.png", png(1)]]))],
      '"/etc/0.png"',
      "leads out",
    ],
    [
      "a path out of it in Windows's way",
      [file("a.zip", zipped("cat\\..\\..\\0.png", png(1)))],
      '"cat/../../0.png"',
      "leads out",
    ],
    [
      "two files of one name",
      [
        file(
          "a.tar",
          tar([
            ["a/0.png", png(1)],
            ["a/0.png", png(2)],
          ]),
        ),
      ],
      "a/0.png",
      "two",
    ],
    [
      "an image outside of the folders",
      [...asFiles(catsAndDogs), file("0.png", png(1))],
      "0.png",
      "one outside",
    ],
    ["one class", asFiles(catsAndDogs.slice(0, 5)), "mine", "cat"],
    ["one image of a class", asFiles(catsAndDogs.slice(0, 6)), "images", "1"],
    [
      "a class that is only tested",
      asFiles([
        ["train/a/0.png", png(0)],
        ["train/b/0.png", png(0)],
        ...["a", "b", "c"].map((name) => [`test/${name}/0.png`, png(0)] as const),
      ]),
      "images for training",
      "none of class c",
    ],
    [
      "a class that is never tested",
      asFiles([
        ["test/a/0.png", png(0)],
        ["test/b/0.png", png(0)],
        ...["a", "b", "c"].map((name) => [`train/${name}/0.png`, png(0)] as const),
      ]),
      "images for testing",
      "none of class c",
    ],
    [
      "an entry larger than it says",
      [file("a.zip", zipped("cat/9.png", new Uint8Array(1e7), 100))],
      "cat/9.png",
      "more",
    ],
    [
      "an entry smaller than it says",
      [file("a.zip", zipped("cat/9.png", png(1), 10_000))],
      "cat/9.png",
      "",
    ],
    [
      "an image of a gigabyte",
      [file("a.zip", zipped("cat/9.png", png(1), 2 ** 30))],
      "cat/9.png",
      "1,073,741,824 bytes",
    ],
    [
      "a truncated archive",
      [file("a.zip", zipped("a/0.png", png(1)).slice(0, -30))],
      "a.zip",
      "without a directory",
    ],
    [
      "a tar of a file that is not there",
      [file("a.tar", tar([["a/0.png", png(1)]]).slice(0, 520))],
      "a/0.png",
      "at 512",
    ],
    [
      "IDX with more images than it has",
      [file("i", idx(8, [9, 2, 2], new Uint8Array(8)))],
      "i",
      "stops after 24",
    ],
    [
      "IDX with more bytes than it says",
      [file("i", idx(8, [3, 1, 1], new Uint8Array(9)))],
      "i",
      "more",
    ],
    [
      "IDX of billions of images",
      [file("i", idx(8, [2 ** 32 - 1, 2, 2], []))],
      "i",
      "4,294,967,295",
    ],
    ["IDX of images without pixels", [file("i", idx(8, [3, 0, 2], []))], "i", "0×2"],
    ["IDX of floats", [file("i", idx(13, [1, 1, 1], [0, 0, 0, 0]))], "i", "32-bit floats"],
    [
      "gzip that is cut",
      [
        file(
          "i.gz",
          gzipSync(
            idx(
              8,
              [50, 9, 9],
              Uint8Array.from({ length: 4_050 }, (_, k) => (k * k * 7) % 251),
            ),
          ).subarray(0, 60),
        ),
      ],
      "i.gz",
      "",
    ],
    [
      "labels for other images",
      [file("i", idx(8, [3, 1, 1], [1, 2, 3])), file("l", idx(8, [4], [1, 2, 3, 4]))],
      "l",
      "4",
    ],
    [
      "npy of endless axes",
      [file("images.npy", header("9".repeat(15)))],
      "images.npy",
      "[999999999999999]",
    ],
    ["npy without a shape", [file("images.npy", header("x"))], "images.npy", "descr"],
    [
      "npy of floats",
      [file("images.npy", npy("<f4", [2, 1, 1], new Uint8Array(8)))],
      "images.npy",
      "<f4",
    ],
    [
      "arrays of other names",
      [file("a.npy", npy("|u1", [2, 1, 1], new Uint8Array(2)))],
      "arrays",
      "a.npy",
    ],
  ] as const)("%s", async (_, files, input, found) => {
    const refusal: unknown = await imported(files).catch((thrown: unknown) => thrown);
    expect(refusal).toBeInstanceOf(LabError);
    if (!(refusal instanceof LabError)) return;
    expect(refusal.input).toBe(input);
    expect(refusal.found).toContain(found);
  });
});

test("a PNG that expands to gigabytes is stopped early", async () => {
  const { deflateSync } = await import("node:zlib");
  const data = deflateSync(new Uint8Array(3e8));
  const { crc32 } = await import("../../../../../src/core/data/import/files/crc32");
  const chunk = Buffer.alloc(12 + data.byteLength);
  chunk.writeUInt32BE(data.byteLength, 0);
  chunk.write("IDAT", 4);
  data.copy(chunk, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, -4), 0), 8 + data.byteLength);
  const small = png(1);
  const bomb = joined([small.subarray(0, 33), chunk, small.subarray(-12)]);
  await expect(imported(withImage("0.png", bomb))).rejects.toMatchObject({
    input: "cat/0.png",
    found: "more",
  });
});

describe("damaged files are read or refused with a typed error", () => {
  const whole: Record<string, Bytes> = {
    "a.zip": zip(catsAndDogs.map(([path, bytes]) => ({ path, bytes }))),
    "a.tar": tar(catsAndDogs),
    "images-idx3": idx(8, [6, 2, 2], new Uint8Array(24)),
    "images.npy": npy("|u1", [6, 2, 2], new Uint8Array(24)),
  };
  for (const name of [
    "baseline.jpg",
    "progressive.jpg",
    "lossy.webp",
    "lossless.webp",
    "palette.png",
  ]) {
    whole[name] = image(name);
  }
  test.each(Object.entries(whole))(
    "%s",
    { timeout: isNightly ? 600_000 : 60_000 },
    async (name, bytes) => {
      const mutation = fc.record({ at: fc.nat(bytes.length - 1), value: fc.nat(255) });
      const changes = fc.array(mutation, { minLength: 1, maxLength: 6 });
      const cut = fc.option(fc.nat(bytes.length - 1), { freq: 4 });
      await fc.assert(
        fc.asyncProperty(changes, cut, async (values, end) => {
          const damaged = bytes.slice(0, end ?? bytes.length);
          for (const { at, value } of values) if (at < damaged.length) damaged[at] = value;
          const isImage = /\.(jpg|webp|png)$/.test(name);
          const files = isImage
            ? asFiles([
                [name, damaged],
                [`1${name}`, bytes],
              ])
            : [file(name, damaged)];
          try {
            await imported(files, { fit: { height: 8, width: 8 } });
          } catch (thrown) {
            if (!(thrown instanceof LabError)) throw thrown;
          }
        }),
        isNightly
          ? { numRuns: 10_000, seed: nightlySeed(`damaged ${name}`) }
          : { numRuns: 40, seed: 1 },
      );
    },
  );
});
