import { describe, expect, test } from "vitest";
import { imageRange, imageSet, type ImageSet } from "../../../../src/core/data/image-set";
import { imageBatch } from "../../../../src/core/data/images";
import {
  dataManifestSchema,
  type DataManifest,
  shardsFor,
} from "../../../../src/core/data/manifest";
import { describeOnEachBackend } from "../../backend";
import { cifar10Form } from "../../../../src/core/data/cifar10";
import { labelsFor, namesOfClasses, noClass, withoutClass } from "../../../../src/core/data/form";
import { shardsOf } from "../../../../src/core/data/shards";
import { targetBatch, targetClasses, withShuffledAnswers } from "../../../../src/core/data/targets";

const shard = (name: string, images: number): DataManifest["train"][number] => ({
  file: `${name}.bin`,
  images,
  sha256: "0".repeat(64),
});

/** Images of 1 × 2 pixels: six bytes each. */
const manifest: DataManifest = {
  version: 2,
  name: "tiny",
  source: "a test",
  height: 1,
  width: 2,
  channels: 3,
  normalisation: cifar10Form.normalisation,
  classes: { names: ["even", "odd"], groupings: [] },
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

/** Two grey images of 1 × 2 pixels. */
const grey: ImageSet = {
  count: 2,
  height: 1,
  width: 2,
  channels: 1,
  normalisation: [{ mean: 0.5, deviation: 0.25 }],
  classes: { names: [], groupings: [] },
  labels: new Uint8Array(2),
  pixels: Uint8Array.of(0, 255, 51, 102),
};

describeOnEachBackend("a batch of grey images", () => {
  test("has one channel, normalised by its own mean and deviation", async () => {
    const batch = imageBatch(grey, Uint32Array.of(1, 0));
    expect(batch.shape).toEqual([2, 1, 2, 1]);
    const values = [...(await batch.data())];
    [-1.2, -0.4, -2, 2].forEach((value, k) => expect(values[k]).toBeCloseTo(value, 6));
    batch.dispose();
  });
});

describe("the manifest", () => {
  test("is read as it is written", () => {
    expect(dataManifestSchema.parse(manifest)).toEqual(manifest);
  });

  test("of the first version is read with CIFAR-10's normalisation and its animals", () => {
    const { classes, normalisation, version: _, ...rest } = { ...manifest, ...cifar10Form };
    const first = { ...rest, version: 1, classNames: classes.names };
    expect(dataManifestSchema.parse(first)).toEqual({
      ...rest,
      version: 2,
      normalisation,
      classes,
    });
  });

  test.each([
    { why: "another version", change: { version: 3 } },
    { why: "two channels", change: { channels: 2 } },
    { why: "a normalisation of one channel for three", change: { channels: 1 } },
    {
      why: "a group that is not there",
      change: {
        classes: { names: ["a", "b"], groupings: [{ names: ["c", "d"], groupOf: [0, 2] }] },
      },
    },
    { why: "no shards", change: { train: [] } },
    { why: "a file outside its folder", change: { test: [shard("../secret", 1)] } },
    { why: "a hash that is none", change: { test: [{ ...shard("test-00", 1), sha256: "abc" }] } },
    { why: "a shard of no images", change: { test: [shard("test-00", 0)] } },
    { why: "a field that nobody knows", change: { mirror: "https://example.org" } },
  ])("with $why is refused", ({ change }) => {
    expect(dataManifestSchema.safeParse({ ...manifest, ...change }).success).toBe(false);
  });
});

describe("what a network should answer", () => {
  const { classes } = cifar10Form;
  const labels = Uint8Array.from(classes.names.keys());

  test("is the data set's own label for a network of as many classes", () => {
    expect(labelsFor(labels, classes, 10)).toEqual(labels);
  });

  test("is 1 for CIFAR-10's six animals and 0 for its four vehicles with two classes", () => {
    const answers = labelsFor(labels, classes, 2);
    const answering = (answer: number): string[] =>
      classes.names.filter((_, label) => answers[label] === answer);
    expect(answering(1)).toEqual(["bird", "cat", "deer", "dog", "frog", "horse"]);
    expect(answering(0)).toEqual(["airplane", "automobile", "ship", "truck"]);
    expect(namesOfClasses(classes, 2)).toEqual(["object", "animal"]);
  });

  test("is unknown for a network of other classes", () => {
    expect(namesOfClasses(classes, 1_000)).toBeNull();
    expect(() => labelsFor(labels, classes, 1_000)).toThrow(
      "classes of the network: expected 10 or 2, as the data set has, found 1000",
    );
  });

  test("is what another network answers, where the images say so", async () => {
    const probabilities = Float32Array.of(0.25, 0.75, 0.5, 0.5);
    const agreeing = { ...grey, toAgreeWith: { classes: Uint8Array.of(1, 0), probabilities } };
    expect(targetClasses(agreeing, 2)).toEqual(Uint8Array.of(1, 0));
    expect(targetClasses(imageRange(agreeing, 1, 2), 2)).toEqual(Uint8Array.of(0));
    const batch = targetBatch(imageRange(agreeing, 1, 2), Uint32Array.of(0), 2, 2);
    expect(await batch.array()).toEqual([
      [0.5, 0.5],
      [1, 0],
    ]);
    batch.dispose();
  });
});

describe("answers that are shuffled among the images", () => {
  const count = 40;
  const labels = Uint8Array.from({ length: count }, (_, k) => (k * k) % 10);
  const images: ImageSet = {
    ...cifar10Form,
    ...{ height: 1, width: 1, count, labels },
    pixels: Uint8Array.from({ length: 3 * count }, (_, k) => k),
  };
  /** Image k has the class and the probability k. */
  const answering: ImageSet = {
    ...images,
    toAgreeWith: {
      classes: Uint8Array.from({ length: count }, (_, k) => k),
      probabilities: Float32Array.from({ length: 2 * count }, (_, at) => Math.floor(at / 2)),
    },
  };
  const asked = (set: ImageSet): number[] => [...targetClasses(set, 10)];

  test("are the same ones, mostly of other images", () => {
    const shuffled = withShuffledAnswers(images, 5);
    expect(asked(shuffled).sort()).toEqual([...labels].sort());
    expect(asked(shuffled)).not.toEqual([...labels]);
    const own = asked(withShuffledAnswers(answering, 5)).filter((from, k) => from === k);
    expect(own.length).toBeLessThan(5);
  });

  test("leave the images and their labels as they are", () => {
    const { answers: _, ...rest } = withShuffledAnswers(images, 5);
    expect(rest).toEqual(images);
  });

  test("depend on the seed alone", () => {
    const other = { ...images, pixels: new Uint8Array(3 * count) };
    expect(asked(withShuffledAnswers(other, 5))).toEqual(asked(withShuffledAnswers(images, 5)));
    expect(asked(withShuffledAnswers(images, 6))).not.toEqual(
      asked(withShuffledAnswers(images, 5)),
    );
  });

  test("move with what another network answers, its probabilities and all", async () => {
    const shuffled = withShuffledAnswers(answering, 5);
    const from = asked(shuffled);
    expect([...from].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, k) => k));
    expect(asked(withShuffledAnswers(images, 5))).toEqual(from.map((k) => labels[k]));
    const batch = targetBatch(shuffled, Uint32Array.of(7, 0), 2);
    expect(await batch.array()).toEqual([7, 0].map((k) => [from[k], from[k]]));
    batch.dispose();
  });

  test("are those that a batch and a range have", async () => {
    const shuffled = withShuffledAnswers(images, 5);
    const wanted = asked(shuffled).slice(10, 14);
    expect(asked(imageRange(shuffled, 10, 14))).toEqual(wanted);
    const batch = targetBatch(shuffled, Uint32Array.of(10, 11, 12, 13), 10);
    const rows = await batch.array();
    expect(rows.map((row) => row.indexOf(1))).toEqual(wanted);
    batch.dispose();
  });
});

describe("more classes than a byte holds", () => {
  const names = Array.from({ length: 1_000 }, (_, k) => String(k));
  const form = { ...grey, classes: { names, groupings: [] } };
  const labels = Uint16Array.from({ length: 1_003 }, (_, k) => 999 - (k % 1_000));
  const pixels = Uint8Array.from({ length: 2 * 1_003 }, (_, k) => k % 251);
  const cut = shardsOf(form, "train", pixels, labels);

  test("are written in two bytes and read back", () => {
    const entries = cut.map(({ entry }) => entry);
    const large = dataManifestSchema.parse({
      ...manifest,
      ...{ height: 1, width: 2, channels: 1, normalisation: form.normalisation },
      classes: form.classes,
      train: entries,
    });
    const set = imageSet(large, cut, 1_003);
    expect(set.labels).toEqual(labels);
    expect(set.pixels).toEqual(pixels);
  });

  test("leave a number for no class", () => {
    expect(noClass(labels)).toBe(65_535);
    expect(withoutClass(Uint16Array.of(3, 65_535, 255))).toBe(1);
    expect(withoutClass(Uint8Array.of(3, 255))).toBe(1);
  });
});
