/** Networks and images larger than CIFAR-10's, written to a folder. */
import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { DataManifest } from "../../../../src/core/data/manifest";
import type { ResNetArchitecture } from "../../../../src/core/nets/architecture-schema";
import { parametersOf } from "../../../../src/core/nets/parameters";
import { boxMuller, seeded } from "../../../../src/core/random/generator";
import { writeSafetensors } from "../../../../src/core/weights/write-safetensors";
import type { ModelFile } from "../../../../src/engine/messages";
import { readModel } from "../../../../src/node";

/** A network of random weights that keep the size of activations; its BatchNorms change nothing. */
export async function writtenNetwork(
  folder: string,
  architecture: ResNetArchitecture,
  seed: number,
): Promise<ModelFile> {
  const normal = boxMuller(seeded(seed));
  const state = parametersOf(architecture).map(([name, shape]) => {
    const size = shape.reduce((product, axis) => product * axis, 1);
    const inputs = size / (shape[0] ?? 1);
    const isOne = /(bn\d|downsample\.1)\.weight$|running_var$/.test(name);
    const values = Float32Array.from({ length: size }, () =>
      isOne ? 1 : shape.length > 1 ? normal() * Math.sqrt(2 / inputs) : 0,
    );
    return [name, { shape, values }] as const;
  });
  const { height, width } = architecture.input ?? { height: 32, width: 32 };
  const metadata = new Map([["image", `${height}x${width}`]]);
  const path = join(folder, `network-${seed}.safetensors`);
  await writeFile(path, writeSafetensors(new Map(state), metadata));
  return readModel(path);
}

/** Images of noise, and their manifest. */
export async function writtenImages(
  folder: string,
  side: number,
  count: Readonly<Record<"train" | "test", number>>,
): Promise<DataManifest> {
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
    imagesPerShard: Math.max(count.train, count.test),
    height: side,
    width: side,
    channels: 3,
    normalisation: [0, 1, 2].map(() => ({ mean: 0.5, deviation: 0.25 })),
    classes: { names: "a b c d e f g h i j".split(" "), groupings: [] },
    train: [await shard("train.bin", count.train)],
    test: [await shard("test.bin", count.test)],
  };
  await writeFile(join(folder, "manifest.json"), JSON.stringify(manifest));
  return manifest;
}
