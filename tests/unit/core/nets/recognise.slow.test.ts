import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { zooManifestSchema } from "../../../../src/core/nets/zoo-manifest";
import { recogniseArchitecture } from "../../../../src/core/nets/recognise/recognise";
import { metadataOf, parseSafetensors } from "../../../../src/core/weights/safetensors";
import type { State } from "../../../../src/core/weights/state";
import { tinyFolder, zooFolder } from "../../fixtures";
import { casesOf } from "../../nightly";

/** A state of zeros with these names and shapes. */
function stateOf(shapes: Record<string, number[]>): State {
  return new Map(
    Object.entries(shapes).map(([name, shape]) => {
      const size = shape.reduce((product, axis) => product * axis, 1);
      return [name, { shape, values: new Float32Array(size) }];
    }),
  );
}

/** torchvision's names of a ResNet's first convolutions, the stem given, and of a classifier. */
function resnetShapes(stem: number[], blocks: number[]): Record<string, number[]> {
  const named = blocks.flatMap((count, stage) =>
    Array.from({ length: count }, (_, block): [string, number[]] => [
      `layer${stage + 1}.${block}.conv1.weight`,
      [1],
    ]),
  );
  return { "conv1.weight": stem, ...Object.fromEntries(named), "fc.weight": [10, 1] };
}

describe.each([
  { zoo: "the zoo", folder: zooFolder },
  { zoo: "the tiny ones", folder: tinyFolder },
])("every network of $zoo", ({ folder }) => {
  const manifest = resolve(folder, "manifest.json");
  const { models } = zooManifestSchema.parse(JSON.parse(readFileSync(manifest, "utf8")));

  const kinds = new Map(models.map((model) => [model.architecture.family, model]));
  const daily = [...kinds.values()];
  const nightly = models.filter((model) => !daily.includes(model));

  test.each(casesOf(daily, nightly))(
    "is recognised as what Python trained: $id",
    ({ file, architecture }) => {
      const bytes = readFileSync(resolve(folder, file));
      const state = parseSafetensors(bytes, file);
      const metadata = metadataOf(bytes, file);
      expect(recogniseArchitecture(state, file, metadata)).toEqual(architecture);
    },
  );
});

test.each([
  { blocks: [2, 2, 2, 2], width: 64 },
  { blocks: [3, 4, 6, 3], width: 16 },
  { blocks: [9, 9, 9], width: 16 },
  { blocks: [1, 1, 1, 11], width: 1 },
])("a ResNet's blocks $blocks and width $width are counted", ({ blocks, width }) => {
  const state = stateOf(resnetShapes([width, 3, 3, 3], blocks));
  expect(recogniseArchitecture(state, "file")).toEqual({ family: "resnet", blocks, width });
});

const myrtleShapes = {
  "conv1.weight": [24, 3, 3, 3],
  "conv4.weight": [1],
  "bn4.weight": [1],
};

test("the five-layer CNN is recognised with its width", () => {
  const state = stateOf(myrtleShapes);
  expect(recogniseArchitecture(state, "file")).toEqual({ family: "myrtle", width: 24 });
});

describe("the number of classes", () => {
  const resnet = resnetShapes([16, 3, 3, 3], [2, 2, 2, 2]);

  test("is left out where it is ten", () => {
    const state = stateOf({ ...resnet, "fc.weight": [10, 128] });
    expect(recogniseArchitecture(state, "file")).not.toHaveProperty("classes");
  });

  test.each([{ shapes: resnet }, { shapes: myrtleShapes }])(
    "is two where the linear layer has two rows",
    ({ shapes }) => {
      const state = stateOf({ ...shapes, "fc.weight": [2, 128] });
      expect(recogniseArchitecture(state, "file")).toMatchObject({ classes: 2 });
    },
  );

  test("is that of the linear layer's rows", () => {
    const state = stateOf({ ...resnet, "fc.weight": [100, 128] });
    expect(recogniseArchitecture(state, "file")).toMatchObject({ classes: 100 });
  });

  test("is refused where it is one", () => {
    const state = stateOf({ ...resnet, "fc.weight": [1, 128] });
    expect(() => recogniseArchitecture(state, "file")).toThrow(
      expect.objectContaining({
        name: "LabError",
        code: "bad-shape",
        input: "file: fc.weight",
        expected: "a row for each of two or more classes",
        found: "1 rows",
      }),
    );
  });
});

describe("a Vision Transformer", () => {
  /** timm's names, as far as they are looked at. */
  const vitShapes = (dim: number, patch: number, depth: number): Record<string, number[]> => ({
    "patch_embed.proj.weight": [dim, 3, patch, patch],
    "head.weight": [10, dim],
    ...Object.fromEntries(
      Array.from({ length: depth }, (_, block) => [
        `blocks.${block}.attn.qkv.weight`,
        [3 * dim, dim],
      ]),
    ),
  });
  const heads = (text: string): Map<string, string> => new Map([["heads", text]]);

  test.each([
    // timm's vit_tiny and vit_small, and the base size of Dosovitskiy et al. 2021, table 1.
    { dim: 192, expected: 3 },
    { dim: 384, expected: 6 },
    { dim: 768, expected: 12 },
  ])("of $dim has $expected heads of 64", ({ dim, expected }) => {
    expect(recogniseArchitecture(stateOf(vitShapes(dim, 4, 12)), "file")).toEqual({
      family: "vit",
      dim,
      depth: 12,
      heads: expected,
      patch: 4,
    });
  });

  test("has the heads that its file's metadata say", () => {
    const state = stateOf(vitShapes(192, 8, 2));
    expect(recogniseArchitecture(state, "file", heads("12"))).toMatchObject({ heads: 12 });
  });

  test.each([
    { why: "nothing says its heads", dim: 96, metadata: new Map<string, string>() },
    { why: "its heads are no number", dim: 192, metadata: heads("three") },
    { why: "it has no heads", dim: 192, metadata: heads("0") },
    { why: "its heads do not divide it", dim: 192, metadata: heads("5") },
  ])("is refused where $why", ({ dim, metadata }) => {
    const state = stateOf(vitShapes(dim, 4, 2));
    expect(() => recogniseArchitecture(state, "file", metadata)).toThrow(
      expect.objectContaining({ name: "LabError", code: "bad-file" }),
    );
  });

  test.each([5, 0])("of patches with a side of %i is refused", (patch) => {
    expect(() => recogniseArchitecture(stateOf(vitShapes(64, patch, 1)), "file")).toThrow(
      expect.objectContaining({ name: "LabError", code: "bad-file" }),
    );
  });

  test.each(["blocks.0.ls1.gamma", "blocks.1.attn.q_norm.weight", "dist_token"])(
    "of another kind, with %s, is refused, naming it",
    (extra) => {
      const state = stateOf({ ...vitShapes(64, 8, 2), [extra]: [64] });
      expect(() => recogniseArchitecture(state, "file")).toThrow(
        expect.objectContaining({ name: "LabError", code: "bad-file", input: `file: ${extra}` }),
      );
    },
  );

  test("without its first layer is refused, naming it", () => {
    const state = new Map(stateOf(vitShapes(64, 8, 1)));
    state.delete("patch_embed.proj.weight");
    expect(() => recogniseArchitecture(state, "file")).toThrow(
      expect.objectContaining({ name: "LabError", code: "not-found" }),
    );
  });
});

test("a stem of another side is refused, naming both shapes", () => {
  const state = stateOf(resnetShapes([64, 3, 5, 5], [2, 2, 2, 2]));
  expect(() => recogniseArchitecture(state, "file")).toThrow(
    expect.objectContaining({
      name: "LabError",
      code: "bad-shape",
      input: "conv1.weight",
      expected: "[64,3,3,3]",
      found: "[64,3,5,5]",
    }),
  );
});

test("a ResNet of five stages is refused, naming the fifth", () => {
  const state = stateOf(resnetShapes([16, 3, 3, 3], [3, 3, 3, 3, 3]));
  expect(() => recogniseArchitecture(state, "file")).toThrow(
    expect.objectContaining({ name: "LabError", input: "file: layer5.0.conv1.weight" }),
  );
});

test("a ResNet of two stages is refused, naming the third", () => {
  const state = stateOf(resnetShapes([16, 3, 3, 3], [3, 3]));
  expect(() => recogniseArchitecture(state, "file")).toThrow(
    expect.objectContaining({ name: "LabError", input: "file: layer3.0.conv1.weight" }),
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
