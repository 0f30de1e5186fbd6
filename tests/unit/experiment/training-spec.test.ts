import { expect, test } from "vitest";
import {
  recipeOf,
  trainingSpecSchema,
  usualRecipe,
  usualTraining,
  usualTrainingOf,
} from "../../../src/experiment/training/spec";
import type { DataManifest } from "../../../src/core/data/manifest";
import { labDataSets } from "../../../src/experiment/data-sets";
import { presets } from "../../../src/experiment/figures";
import { trainingOf } from "../../../src/experiment/model-ref";
import { batchSize } from "../../../src/experiment/protocol";

test("the usual training is a spec", () => {
  expect(trainingSpecSchema.parse(usualTraining)).toEqual(usualTraining);
});

test.each([
  [{ width: 0 }, "a whole number from 1 to 768"],
  [{ width: 129 }, "a whole number from 1 to 128"],
  [{ trainImages: 4 }, "a whole number from 128 to 2,000,000"],
  [{ seed: -1 }, "a whole number from 0 to 2,147,483,647"],
  [{ blocks: [2, 2] }, "3 or 4 stages"],
  [{ parts: 3 }, "a divisor of the batch size"],
  [{ batchSize: 256, trainImages: 128 }, "at least a whole batch"],
  [{ peakRate: 0 }, "a number above 0, at most 100"],
  [{ peakRate: NaN }, "a number above 0, at most 100"],
  [{ momentum: 2 }, "a number from 0 to 1"],
  [{ schedule: "warm" }, "one of one-cycle, steps, cosine"],
])("%o is refused", (change, expected) => {
  const { error } = trainingSpecSchema.safeParse({ ...usualTraining, ...change });
  expect(error?.issues[0]?.message).toBe(expected);
});

const cifar10 = labDataSets.cifar10;
const manifest: DataManifest = {
  version: 2,
  name: cifar10.name,
  ...cifar10.form,
  imagesPerShard: 1,
  source: "",
  train: [],
  test: [],
};

test.each([
  [usualTraining, { family: "resnet", blocks: [2, 2, 2, 2], width: 4 }],
  [
    { ...usualTraining, classes: 2 },
    { family: "resnet", classes: 2 },
  ],
  [usualTrainingOf("myrtle"), { family: "myrtle", width: 8 }],
  [usualTrainingOf("vit"), { family: "vit", dim: 48, depth: 4, heads: 3, patch: 4 }],
])("%o makes %o of CIFAR-10", (spec, architecture) => {
  expect(trainingSpecSchema.parse(spec)).toEqual(spec);
  expect(recipeOf(spec, manifest).architecture).toMatchObject(architecture);
});

test.each([
  [{ ...usualTraining, classes: 3 }, "classes", "10 or 2, as the data set has", "3"],
  [{ ...usualTrainingOf("vit"), patch: 5 }, "network", "a patch whose side", "images of 32 × 32"],
])("%o makes no network of CIFAR-10", (spec, input, expected, found) => {
  expect(() => recipeOf(spec, manifest)).toThrow(
    expect.objectContaining({
      code: "bad-input",
      input,
      expected: expect.stringContaining(expected) as string,
      found,
    }),
  );
});

test("the top of “Freeze training” is trained as the layers above its frozen ones are", () => {
  const { epochs, curves, trainImages } = presets.freezing.spec;
  const spec = trainingOf(curves[0].top);
  if (!spec) throw new Error("no training");
  const recipe = recipeOf(spec, manifest);
  expect(recipe).toEqual(usualRecipe(recipe.architecture, { epochs, seed: curves[0].seed }));
  expect(recipe.batchSize).toBe(batchSize);
  expect(spec.trainImages).toBe(trainImages);
});

test("layers above a frozen bottom have the recipe that figures were recorded with", () => {
  const common = {
    ...{ batchSize: 128, parts: 1, schedule: "one-cycle", momentum: 0.9 },
    ...{ labelSmoothing: 0, augmented: true, epochs: 3, seed: 7, stop: undefined },
  };
  const recipeOn = (spec: typeof usualTraining) =>
    usualRecipe(recipeOf(spec, manifest).architecture, { epochs: 3, seed: 7 });
  expect(recipeOn(usualTraining)).toMatchObject({
    ...common,
    ...{ optimizer: "sgd", peakRate: 0.1, weightDecay: 5e-4 },
  });
  expect(recipeOn(usualTrainingOf("vit"))).toMatchObject({
    ...common,
    ...{ optimizer: "adamw", peakRate: 1e-3, weightDecay: 0.05 },
  });
});
