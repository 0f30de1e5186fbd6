import { describe, expect, test } from "vitest";
import { imageSet } from "../../../../src/core/data/image-set";
import { imageBatch } from "../../../../src/core/data/images";
import {
  dataManifestSchema,
  type DataManifest,
  shardsFor,
} from "../../../../src/core/data/manifest";
import { describeOnEachBackend } from "../../backend";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { answersFor } from "../../../../src/core/data/labels";

const shard = (name: string, images: number): DataManifest["train"][number] => ({
  file: `${name}.bin`,
  images,
  sha256: "0".repeat(64),
});

/** Images of 1 × 2 pixels: six bytes each. */
const manifest: DataManifest = {
  version: 1,
  name: "tiny",
  source: "a test",
  classNames: ["even", "odd"],
  height: 1,
  width: 2,
  channels: 3,
  imagesPerShard: 2,
  train: [shard("train-00", 2), shard("train-01", 1)],
  test: [shard("test-00", 1)],
};

/** Labels, then pixels. */
const bytes = [
  Uint8Array.of(0, 1, 0, 51, 102, 153, 204, 255, 1, 2, 3, 4, 5, 6),
  Uint8Array.of(1, 10, 20, 30, 40, 50, 60),
];
const shards = manifest.train.map((entry, k) => ({ entry, bytes: bytes[k] ?? new Uint8Array() }));

/** CIFAR-10's mean and standard deviation of each channel. */
const mean = [0.4914, 0.4822, 0.4465];
const deviation = [0.247, 0.2435, 0.2616];
const normalised = (pixels: number[]): number[] =>
  pixels.map((byte, k) => (byte / 255 - (mean[k % 3] ?? NaN)) / (deviation[k % 3] ?? NaN));

describe("shards", () => {
  test("are joined in order", () => {
    const set = imageSet(manifest, shards, 3);
    expect(set.count).toBe(3);
    expect([...set.labels]).toEqual([0, 1, 1]);
    expect([...set.pixels.subarray(0, 6)]).toEqual([0, 51, 102, 153, 204, 255]);
    expect([...set.pixels.subarray(12)]).toEqual([10, 20, 30, 40, 50, 60]);
  });

  test("give only as many images as requested", () => {
    const set = imageSet(manifest, shards, 1);
    expect([...set.labels]).toEqual([0]);
    expect([...set.pixels]).toEqual([0, 51, 102, 153, 204, 255]);
  });

  test.each([-1, 1])("of %i bytes more than the manifest says are refused by name", (extra) => {
    const wrong = { entry: shard("train-00", 2), bytes: new Uint8Array(14 + extra) };
    expect(() => imageSet(manifest, [wrong], 2)).toThrow(
      expect.objectContaining({
        name: "LabError",
        code: "bad-shape",
        input: "train-00.bin",
        expected: "14 bytes for 2 images",
        found: `${14 + extra} bytes`,
      }),
    );
  });

  test("that hold too few images are refused with both numbers", () => {
    expect(() => imageSet(manifest, shards, 4)).toThrow("tiny: expected 4 images, found 3");
  });

  test("needed for a number of images are the first that hold them", () => {
    expect(shardsFor(manifest.train, 1)).toEqual(manifest.train.slice(0, 1));
    expect(shardsFor(manifest.train, 2)).toEqual(manifest.train.slice(0, 1));
    expect(shardsFor(manifest.train, 3)).toEqual(manifest.train);
    expect(shardsFor(manifest.train, 0)).toEqual([]);
  });
});

describeOnEachBackend("a batch of images", () => {
  test("is normalised by channel, in the order of its indices", async () => {
    const batch = imageBatch(imageSet(manifest, shards, 3), Uint32Array.of(2, 0));
    expect(batch.shape).toEqual([2, 1, 2, 3]);
    const values = [...(await batch.data())];
    const expected = normalised([10, 20, 30, 40, 50, 60, 0, 51, 102, 153, 204, 255]);
    values.forEach((value, k) => expect(value).toBeCloseTo(expected[k] ?? NaN, 6));
    batch.dispose();
  });

  test("is padded with rows of zeros", async () => {
    const batch = imageBatch(imageSet(manifest, shards, 3), Uint32Array.of(1), 3);
    expect(batch.shape).toEqual([3, 1, 2, 3]);
    const values = [...(await batch.data())];
    expect(values.slice(0, 6).some((value) => value === 0)).toBe(false);
    expect(values.slice(6)).toEqual(new Array(12).fill(0));
    batch.dispose();
  });
});

describe("the manifest", () => {
  test("is read as it is written", () => {
    expect(dataManifestSchema.parse(manifest)).toEqual(manifest);
  });

  test.each([
    { why: "another version", change: { version: 2 } },
    { why: "one class", change: { classNames: ["all"] } },
    { why: "grey images", change: { channels: 1 } },
    { why: "no shards", change: { train: [] } },
    { why: "a file outside its folder", change: { test: [shard("../secret", 1)] } },
    { why: "a hash that is none", change: { test: [{ ...shard("test-00", 1), sha256: "abc" }] } },
    { why: "a shard of no images", change: { test: [shard("test-00", 0)] } },
    { why: "a field that nobody knows", change: { mirror: "https://example.org" } },
  ])("with $why is refused", ({ change }) => {
    expect(dataManifestSchema.safeParse({ ...manifest, ...change }).success).toBe(false);
  });
});

describe("what a network is to answer", () => {
  const path = resolve(import.meta.dirname, "../../../../public/data/manifest.json");
  const { classNames } = dataManifestSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  const labels = Uint8Array.from(classNames.keys());

  test("of ten classes is the data set's own label", () => {
    expect(answersFor(labels, 10)).toEqual(labels);
  });

  test("of two is 1 for the data set's six animals and 0 for its four vehicles", () => {
    const answers = answersFor(labels, 2);
    const answering = (answer: number): string[] =>
      classNames.filter((_, label) => answers[label] === answer);
    expect(answering(1)).toEqual(["bird", "cat", "deer", "dog", "frog", "horse"]);
    expect(answering(0)).toEqual(["airplane", "automobile", "ship", "truck"]);
  });
});
