/** Which images a training reads, in the worker that computes its gradients. */
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { dataManifestSchema } from "../../../src/core/data/manifest";
import type { ImageSet } from "../../../src/core/data/image-set";
import { partGradients } from "../../../src/core/training/part-gradients";
import { createTrainer } from "../../../src/engine/worker/train";
import { recipeOf, usualTraining } from "../../../src/experiment/training/spec";
import { readJson } from "../../../src/node/files";
import { useBackend } from "../backend";
import { cifarImages } from "../fixtures";

beforeAll(() => useBackend("wasm"));

const folder = resolve(import.meta.dirname, "../../../public/data");
const data = await readJson(join(folder, "manifest.json"), dataManifestSchema);
const recipe = recipeOf(
  { ...usualTraining, blocks: [1, 1, 1], width: 2, batchSize: 32, parts: 1 },
  data,
);
const trainImages = 64;
const skip = 96;

/** The images from `skip` on. */
function later(): ImageSet {
  const all = cifarImages("train", skip + trainImages);
  const size = all.pixels.length / all.count;
  return {
    ...all,
    count: trainImages,
    labels: all.labels.slice(skip),
    pixels: all.pixels.slice(skip * size),
  };
}

/** The gradient of the second batch, which is of other images in every epoch's order. */
async function gradientOf(skipped?: number) {
  const trainer = await createTrainer(
    { backend: "wasm", recipe, data, dataFolder: "", trainImages, skip: skipped },
    { read: async ({ path }) => new Uint8Array(await readFile(join(folder, path))) },
  );
  const { parameters } = trainer.started;
  return trainer.gradient({ parameters, step: 1, part: 0 });
}

test("a training that skips images trains on those after them, and on no other", async () => {
  const each = partGradients(recipe, later());
  const expected = await each.part(each.initial.parameters, 1, 0);
  each.dispose();
  expect(await gradientOf(skip)).toEqual(expected);
  const { loss } = await gradientOf();
  expect(loss).not.toBe(expected.loss);
});
