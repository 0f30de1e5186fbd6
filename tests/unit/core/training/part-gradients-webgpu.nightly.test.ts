/**
 * A training's gradients on WebGPU, where the third batch and all later ones replay what the second
 * recorded. SwiftShader is the GPU where there is no other.
 */
import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import type { ResNetArchitecture } from "../../../../src/core/nets/architecture-schema";
import {
  partGradients,
  type PartGradient,
  type PartGradients,
} from "../../../../src/core/training/part-gradients";
import type { TrainingRecipe } from "../../../../src/core/training/recipe";
import { tf } from "../../../../src/core/tensor/tf";
import { startBackend } from "../../../../src/engine/backends/start";
import { nodeGpu } from "../../../../src/node/gpu";
import { useBackend } from "../../backend";
import { cifarImages } from "../../fixtures";

const swiftShader = "/usr/lib/chromium/vk_swiftshader_icd.json";
// Added to those of the system, of which Dawn takes a real one first.
if (existsSync(swiftShader)) process.env.VK_ADD_DRIVER_FILES ??= swiftShader;

const gpu = await nodeGpu();
const adapter = await gpu?.requestAdapter();
if (!adapter) console.warn("WebGPU: Node finds no adapter here, so nothing is tested on it");

const architecture: ResNetArchitecture = { family: "resnet", blocks: [1, 1, 1], width: 2 };
const recipe: TrainingRecipe = {
  ...{ architecture, epochs: 1, batchSize: 8, parts: 1, peakRate: 0.1, schedule: "cosine" },
  ...{ optimizer: "sgd", momentum: 0.9, weightDecay: 5e-4, labelSmoothing: 0.1, augmented: true },
  seed: 3,
};
const steps = 4;

const images = cifarImages("train", steps * recipe.batchSize);

/** Each step has other images, and other parameters. @param each makes what computes a step */
async function gradients(each: () => PartGradients): Promise<readonly PartGradient[]> {
  const found: PartGradient[] = [];
  for (let step = 0; step < steps; step++) {
    const made = each();
    const parameters = made.initial.parameters.map((value) => value * (1 + 0.1 * step));
    found.push(await made.part(parameters, step, 0));
  }
  return found;
}

function relativeError(found: Float32Array, expected: Float32Array): number {
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const apart = (value: number, at: number): number => Math.abs(value - (expected[at] ?? NaN));
  return found.reduce((most, value, at) => Math.max(most, apart(value, at)), 0) / largest;
}

test.skipIf(!adapter)("replayed batches have the gradients of batches that are not", async () => {
  await startBackend("webgpu", { wasmPaths: undefined, gpu });
  const before = tf.memory().numTensors;
  const alone: PartGradients[] = [];
  const expected = await gradients(() => {
    const made = partGradients(recipe, images);
    alone.push(made);
    return made;
  });
  for (const made of alone) made.dispose();
  const one = partGradients(recipe, images);
  const found = await gradients(() => one);
  one.dispose();
  expect(tf.memory().numTensors).toBe(before);
  found.forEach(({ loss, gradient, statistics }, step) => {
    const own = expected[step];
    if (!own) throw new Error("expected a step");
    expect(loss, `loss of step ${step}`).toBeCloseTo(own.loss, 4);
    expect(relativeError(gradient, own.gradient), `gradient of step ${step}`).toBeLessThan(1e-5);
    expect(relativeError(statistics, own.statistics), `step ${step}`).toBeLessThan(1e-5);
  });
});

test.skipIf(!adapter)("WebGPU's first gradient is WebAssembly's", async () => {
  await useBackend("wasm");
  const on = async (): Promise<PartGradient> => {
    const each = partGradients(recipe, images);
    const found = await each.part(each.initial.parameters, 0, 0);
    each.dispose();
    return found;
  };
  const expected = await on();
  await startBackend("webgpu", { wasmPaths: undefined, gpu });
  const found = await on();
  expect(found.loss).toBeCloseTo(expected.loss, 4);
  expect(relativeError(found.gradient, expected.gradient)).toBeLessThan(1e-3);
});
