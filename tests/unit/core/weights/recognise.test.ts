import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { zooManifestSchema } from "../../../../src/core/weights/manifest";
import { recogniseArchitecture } from "../../../../src/core/weights/recognise";
import { parseSafetensors } from "../../../../src/core/weights/safetensors";
import type { State } from "../../../../src/core/weights/state";
import { tinyFolder, zooFolder } from "../../fixtures";

/** A state of zeros with these names and shapes. */
function stateOf(shapes: Record<string, number[]>): State {
  return new Map(
    Object.entries(shapes).map(([name, shape]) => {
      const size = shape.reduce((product, axis) => product * axis, 1);
      return [name, { shape, values: new Float32Array(size) }];
    }),
  );
}

/** torchvision's names of a ResNet's convolutions, the stem given. */
function resnetShapes(stem: number[], blocks: number[]): Record<string, number[]> {
  const named = blocks.flatMap((count, stage) =>
    Array.from({ length: count }, (_, block): [string, number[]] => [
      `layer${String(stage + 1)}.${String(block)}.conv1.weight`,
      [1],
    ]),
  );
  return { "conv1.weight": stem, ...Object.fromEntries(named) };
}

describe.each([
  { zoo: "the zoo", folder: zooFolder },
  { zoo: "the tiny pair", folder: tinyFolder },
])("every network of $zoo", ({ folder }) => {
  const manifest = resolve(folder, "manifest.json");
  const { models } = zooManifestSchema.parse(JSON.parse(readFileSync(manifest, "utf8")));

  test.each(models)("is recognised as what Python trained: $id", ({ file, architecture }) => {
    const state = parseSafetensors(readFileSync(resolve(folder, file)), file);
    expect(recogniseArchitecture(state, file)).toEqual(architecture);
  });
});

test.each([
  { blocks: [2, 2, 2, 2], width: 64 },
  { blocks: [3, 4, 6, 3], width: 16 },
  { blocks: [1, 1, 1, 11], width: 1 },
])("a ResNet's blocks $blocks and width $width are counted", ({ blocks, width }) => {
  const state = stateOf(resnetShapes([width, 3, 3, 3], blocks));
  expect(recogniseArchitecture(state, "file")).toEqual({ family: "resnet", blocks, width });
});

test("the five-layer CNN is recognised with its width", () => {
  const state = stateOf({ "conv1.weight": [24, 3, 3, 3], "conv4.weight": [1], "bn4.weight": [1] });
  expect(recogniseArchitecture(state, "file")).toEqual({ family: "myrtle", width: 24 });
});

test("an ImageNet stem is refused, naming both shapes", () => {
  const state = stateOf(resnetShapes([64, 3, 7, 7], [2, 2, 2, 2]));
  expect(() => recogniseArchitecture(state, "file")).toThrow(
    expect.objectContaining({
      name: "LabError",
      code: "bad-shape",
      input: "conv1.weight",
      expected: "[64,3,3,3]",
      found: "[64,3,7,7]",
    }),
  );
});

test("a bottleneck ResNet is refused, naming its third convolution", () => {
  const shapes = resnetShapes([64, 3, 3, 3], [3, 4, 6, 3]);
  const state = stateOf({ ...shapes, "layer1.0.conv3.weight": [256, 64, 1, 1] });
  expect(() => recogniseArchitecture(state, "file")).toThrow(
    expect.objectContaining({ name: "LabError", input: "file: layer1.0.conv3.weight" }),
  );
});

test("a ResNet of three stages is refused, naming the fourth", () => {
  const state = stateOf(resnetShapes([16, 3, 3, 3], [3, 3, 3]));
  expect(() => recogniseArchitecture(state, "file")).toThrow(
    expect.objectContaining({ name: "LabError", input: "file: layer4.0.conv1.weight" }),
  );
});

test("a ResNet without a first convolution is refused, naming it", () => {
  const state = new Map(stateOf(resnetShapes([16, 3, 3, 3], [2, 2, 2, 2])));
  state.delete("conv1.weight");
  expect(() => recogniseArchitecture(state, "file")).toThrow(
    expect.objectContaining({ name: "LabError", code: "not-found", input: "conv1.weight" }),
  );
});

test("a network of another kind is refused, naming what it has", () => {
  const state = stateOf({ "features.0.weight": [64, 3, 3, 3], "classifier.weight": [10, 64] });
  expect(() => recogniseArchitecture(state, "vgg.safetensors")).toThrow(
    expect.objectContaining({
      name: "LabError",
      code: "bad-file",
      input: "vgg.safetensors",
      found: "features.0.weight, classifier.weight",
    }),
  );
});
