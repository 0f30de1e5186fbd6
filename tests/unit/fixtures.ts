/**
 * Reference values that `python3 -m zoo.fixtures` wrote, the weights and images they belong to, and
 * random images for tests that need no real ones.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import * as z from "../../src/core/schema";
import { cifar10Form } from "../../src/core/data/cifar10";
import { imageSet, type ImageSet } from "../../src/core/data/image-set";
import { dataManifestSchema, type Split, shardsFor } from "../../src/core/data/manifest";
import { frozenNetwork, type FrozenNetwork } from "../../src/core/nets/network";
import { recogniseArchitecture } from "../../src/core/nets/recognise/recognise";
import { metadataOf, parseSafetensors } from "../../src/core/weights/safetensors";
import type { State } from "../../src/core/weights/state";
import { seeded } from "../../src/core/random/generator";

const root = resolve(import.meta.dirname, "../..");
export const fixturesFolder = resolve(root, "tests/fixtures");
export const tinyFolder = resolve(fixturesFolder, "tiny");
export const zooFolder = resolve(root, "public/zoo");

/** Time for a test that runs networks of the zoo, on a machine that is busy with something else. */
export const zooTimeoutMs = 300_000;

/** The network that a fixture was computed from. */
export const weightsSchema = z.object({ id: z.string(), sha256: z.string() });
export type Weights = z.infer<typeof weightsSchema>;

/** A tensor, row-major. */
export const arraySchema = z.object({
  shape: z.array(z.int()),
  values: z.array(z.number()),
});
export type NumberArray = z.infer<typeof arraySchema>;

/** Reads tests/fixtures/NAME.json. */
export function fixture<T>(name: string, schema: z.ZodMiniType<T>): T {
  return schema.parse(JSON.parse(readFileSync(resolve(fixturesFolder, `${name}.json`), "utf8")));
}

/**
 * Weights of the zoo or of the tiny networks, which must be those that the fixture was computed
 * from.
 */
export function stateOf(weights: Weights): State {
  return parseSafetensors(bytesOf(weights), weights.id);
}

/** @returns a network that the caller disposes */
export function networkOf(weights: Weights): FrozenNetwork {
  return networkFrom(bytesOf(weights), weights.id);
}

function bytesOf({ id, sha256 }: Weights): Uint8Array {
  const folder = id.startsWith("tiny-") ? tinyFolder : zooFolder;
  const bytes = readFileSync(resolve(folder, `${id}.safetensors`));
  const found = createHash("sha256").update(bytes).digest("hex");
  if (found !== sha256) {
    throw new Error(
      `${id}: expected the weights ${sha256} of the fixture, found ${found}; run python3 -m zoo.fixtures`,
    );
  }
  return bytes;
}

function networkFrom(bytes: Uint8Array, id: string): FrozenNetwork {
  const state = parseSafetensors(bytes, id);
  return frozenNetwork(state, recogniseArchitecture(state, id, metadataOf(bytes, id)));
}

/** The tiny random networks, whose tests may be run on any backend. */
export type TinyId =
  "tiny-a" | "tiny-b" | "tiny-three" | "tiny-animals" | "tiny-vit-a" | "tiny-vit-b";

const tinyBytes = (id: TinyId): Uint8Array =>
  readFileSync(resolve(tinyFolder, `${id}.safetensors`));

export function tinyState(id: TinyId): State {
  return parseSafetensors(tinyBytes(id), id);
}

/** @returns a network that the caller disposes */
export function tinyNetwork(id: TinyId): FrozenNetwork {
  return networkFrom(tinyBytes(id), id);
}

/** The first `count` images of a split, from public/data. */
export function cifarImages(split: Split, count: number): ImageSet {
  const folder = resolve(root, "public/data");
  const index = resolve(folder, "manifest.json");
  if (!existsSync(index)) throw new Error("public/data is missing; run npm run data");
  const manifest = dataManifestSchema.parse(JSON.parse(readFileSync(index, "utf8")));
  const shards = shardsFor(manifest[split], count).map((entry) => ({
    entry,
    bytes: new Uint8Array(readFileSync(resolve(folder, entry.file))),
  }));
  return imageSet(manifest, shards, count);
}

/** Noise with random labels, of the size that the networks read. */
export function randomImages(count: number, seed = 0): ImageSet {
  const generator = seeded(seed);
  const bytes = (size: number, below: number): Uint8Array =>
    Uint8Array.from({ length: size }, () => generator.below(below));
  return {
    count,
    ...cifar10Form,
    labels: bytes(count, 10),
    pixels: bytes(count * 32 * 32 * 3, 256),
  };
}
