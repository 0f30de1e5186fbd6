/** A run on images of ImageNet's size, within two memory budgets. */
import { createHash } from "node:crypto";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { ResNetArchitecture } from "../../../src/core/nets/architecture";
import { parametersOf } from "../../../src/core/nets/parameters";
import { boxMuller, seeded } from "../../../src/core/random/generator";
import { writeSafetensors } from "../../../src/core/weights/write-safetensors";
import { dataSetRef } from "../../../src/experiment/data-sets";
import type { DataManifest } from "../../../src/core/data/manifest";
import type { Report } from "../../../src/experiment/report";
import { defaultSpec } from "../../../src/experiment/spec";
import { readModel, run } from "../../../src/node";

const side = 224;
const narrow: ResNetArchitecture = {
  family: "resnet",
  blocks: [1, 1, 1, 1],
  width: 16,
  expansion: 4,
  stem: "imagenet",
  input: { height: side, width: side, channels: 3 },
};

/** Random weights that keep the size of activations; BatchNorms that change nothing. */
async function writtenNetwork(folder: string, seed: number): Promise<string> {
  const normal = boxMuller(seeded(seed));
  const state = parametersOf(narrow).map(([name, shape]) => {
    const size = shape.reduce((product, axis) => product * axis, 1);
    const inputs = size / (shape[0] ?? 1);
    const isOne = /(bn\d|downsample\.1)\.weight$|running_var$/.test(name);
    const values = Float32Array.from({ length: size }, () =>
      isOne ? 1 : shape.length > 1 ? normal() * Math.sqrt(2 / inputs) : 0,
    );
    return [name, { shape, values }] as const;
  });
  const path = join(folder, `network-${seed}.safetensors`);
  await writeFile(path, writeSafetensors(new Map(state), new Map()));
  return path;
}

async function writtenImages(folder: string): Promise<DataManifest> {
  const random = seeded(7);
  const shard = async (file: string, images: number): Promise<DataManifest["train"][number]> => {
    const bytes = new Uint8Array(images * (1 + side * side * 3));
    bytes.forEach((_, at) => (bytes[at] = random.below(at < images ? 10 : 256)));
    await writeFile(join(folder, file), bytes);
    return { file, images, sha256: createHash("sha256").update(bytes).digest("hex") };
  };
  const manifest: DataManifest = {
    version: 2,
    name: "noise",
    source: "random numbers",
    imagesPerShard: 176,
    height: side,
    width: side,
    channels: 3,
    normalisation: [0, 1, 2].map(() => ({ mean: 0.5, deviation: 0.25 })),
    classes: { names: "a b c d e f g h i j".split(" "), groupings: [] },
    train: [await shard("train.bin", 176)],
    test: [await shard("test.bin", 20)],
  };
  await writeFile(join(folder, "manifest.json"), JSON.stringify(manifest));
  return manifest;
}

test("a small memory gives the report of a large one, up to rounding", async () => {
  const folder = await mkdtemp(join(tmpdir(), "large-images-"));
  const manifest = await writtenImages(folder);
  const models = [
    await readModel(await writtenNetwork(folder, 1)),
    await readModel(await writtenNetwork(folder, 2)),
  ];
  const [top = "", bottom = ""] = models.map(({ id }) => id);
  const spec = {
    ...defaultSpec(top, bottom, "quick", dataSetRef(manifest)),
    trainImages: 176,
    testImages: 20,
    sites: [1, 3],
  };
  const within = (memoryBytes: number): Promise<Report> =>
    run(spec, { models, data: folder, workers: 1, memoryBytes });
  const [small, large] = [await within(120e6), await within(8e9)];
  expect(small.curves[0].sites).toHaveLength(2);
  small.curves[0].sites.forEach((site, k) => {
    const other = large.curves[0].sites[k];
    expect(site.cka).toBeCloseTo(other?.cka ?? NaN, 4);
    expect(site.leastSquaresR2).toBeCloseTo(other?.leastSquaresR2 ?? NaN, 4);
    // An image or two of 20 may be on the border between two classes.
    expect(Math.abs(site.testError - (other?.testError ?? NaN))).toBeLessThanOrEqual(0.1);
  });
  await expect(within(30e6)).rejects.toThrow(/expected at most 30 MB of memory for a worker/);
}, 1_200_000);
