/** Names and shapes of published ResNets, and what is refused of them; nothing is computed. */
import { describe, expect, test } from "vitest";
import * as z from "../../../../src/core/schema";
import { withLinearHead } from "../../../../src/core/nets/linear-head";
import { classesOf, inputOf } from "../../../../src/core/nets/architecture";
import type { Architecture } from "../../../../src/core/nets/architecture-schema";
import { tapsOf } from "../../../../src/core/nets/taps";
import { parametersOf } from "../../../../src/core/nets/parameters";
import { plainNames } from "../../../../src/core/nets/recognise/published-names";
import { recogniseArchitecture } from "../../../../src/core/nets/recognise/recognise";
import { sha256Hex } from "../../../../src/core/weights/hash";
import { metadataOf, parseSafetensors } from "../../../../src/core/weights/safetensors";
import type { State, StateTensor } from "../../../../src/core/weights/state";
import { fixture } from "../../fixtures";
import { networkFile, randomState } from "../weights/network-files";

const published = fixture(
  "published",
  z.record(z.string(), z.object({ sha256: z.string(), trainable: z.int() })),
);

const imagenet = { family: "resnet", width: 64, stem: "imagenet", classes: 1000 } as const;
const input = { height: 224, width: 224, channels: 3 } as const;

describe("torchvision's full-size networks", () => {
  test.each([
    { name: "resnet18", blocks: [2, 2, 2, 2], taps: 9 },
    { name: "resnet34", blocks: [3, 4, 6, 3], taps: 17 },
    { name: "resnet50", blocks: [3, 4, 6, 3], expansion: 4, taps: 17 },
    { name: "resnet101", blocks: [3, 4, 23, 3], expansion: 4, taps: 34 },
    { name: "resnet152", blocks: [3, 8, 36, 3], expansion: 4, taps: 51 },
  ])("$name has their names and shapes, and is recognised by them", ({ name, taps, ...sizes }) => {
    const architecture: Architecture = { ...imagenet, ...sizes, input };
    const parameters = parametersOf(architecture);
    const lines = parameters.map(([parameter, shape]) => `${parameter} [${shape.join(",")}]`);
    expect(sha256Hex(lines.sort().join("\n"))).toBe(published[name]?.sha256);
    const trainable = parameters.filter(([parameter]) => !parameter.includes("running_"));
    const size = trainable.reduce((sum, [, shape]) => sum + shape.reduce((a, b) => a * b, 1), 0);
    expect(size).toBe(published[name]?.trainable);
    expect(recogniseArchitecture(emptyState(architecture), "file")).toEqual(architecture);
    expect(tapsOf(architecture)).toHaveLength(taps);
  });

  test("resnet50 has maps of 56, 28, 14 and 7 pixels a side", () => {
    const blocks = [3, 4, 6, 3];
    const found = tapsOf({ ...imagenet, blocks, expansion: 4, input });
    expect(found.map(({ height }) => height)).toEqual(
      [1 + 3, 4, 6, 3].flatMap((count, stage) => new Array<number>(count).fill(56 / 2 ** stage)),
    );
    expect(found[0]?.channels).toBe(64);
    expect(found.at(-1)?.channels).toBe(2048);
  });
});

const small: Architecture = { family: "resnet", blocks: [1, 1, 1, 1], width: 2 };

describe("names around a network", () => {
  test.each(["module.", "backbone.", "module.encoder.", "model.trunk._feature_blocks."])(
    "%s is left out",
    (prefix) => {
      const state = emptyState(small);
      const plain = plainNames(
        renamed(state, (key) => prefix + key),
        "file",
      );
      expect([...plain.keys()]).toEqual([...state.keys()]);
    },
  );

  test.each(["fc", "module.fc", "module.linear", "classifier", "module.head.fc"])(
    "%s is the classifier of module.encoder",
    (classifier) => {
      const state = renamed(emptyState(small), (key) =>
        key.startsWith("fc.") ? classifier + key.slice(2) : `module.encoder.${key}`,
      );
      expect(recogniseArchitecture(plainNames(state, "file"), "file")).toEqual(small);
    },
  );

  test("a projection head beside the trunk is no classifier", () => {
    const state = renamed(emptyState(small), (key) =>
      key.startsWith("fc.") ? `module.projection_head.2${key.slice(2)}` : `module.${key}`,
    );
    expect(recogniseArchitecture(plainNames(state, "file"), "file")).toEqual({
      ...small,
      head: "none",
    });
  });

  test("two networks in a file are refused, naming both", () => {
    const state = emptyState(small);
    const both = new Map([
      ...renamed(state, (key) => `student.${key}`),
      ...renamed(state, (key) => `teacher.${key}`),
    ]);
    expect(() => plainNames(both, "file")).toThrow(
      expect.objectContaining({
        name: "LabError",
        code: "bad-file",
        found: "2: student.layer1.0.conv1.weight, teacher.layer1.0.conv1.weight",
      }),
    );
  });

  test("two classifiers are refused, naming both", () => {
    const state = new Map(
      renamed(emptyState(small), (key) =>
        key.startsWith("fc.") ? `classifier${key.slice(2)}` : `encoder.${key}`,
      ),
    );
    state.set("linear.weight", { shape: [10, 16], values: new Float32Array(160) });
    expect(() => plainNames(state, "file")).toThrow(
      expect.objectContaining({ code: "bad-file", found: "linear, classifier" }),
    );
  });
});

describe("the images of a ResNet", () => {
  test("have the size in the metadata, and the caller's before it", () => {
    const state = emptyState({ ...small, stem: "imagenet" });
    const metadata = new Map([["image", "96x64"]]);
    const read = (size?: { height: number; width: number }) =>
      inputOf(recogniseArchitecture(state, "file", metadata, size));
    expect(read()).toEqual({ height: 96, width: 64, channels: 3 });
    expect(read({ height: 50, width: 40 })).toEqual({ height: 50, width: 40, channels: 3 });
  });

  test.each([
    { stem: "imagenet" as const, side: 224 },
    { stem: undefined, side: 32 },
  ])("have $side pixels a side where nothing says it ($stem)", ({ stem, side }) => {
    const state = emptyState({ ...small, ...(stem && { stem }) });
    expect(inputOf(recogniseArchitecture(state, "file")).height).toBe(side);
  });
});

test.each(["layer1.0.se.fc1.weight", "conv1.bias", "conv2.weight"])(
  "a ResNet with %s is refused, naming it",
  (extra) => {
    const state = new Map(emptyState(small)).set(extra, {
      shape: [1],
      values: new Float32Array(1),
    });
    expect(() => recogniseArchitecture(state, "file")).toThrow(
      expect.objectContaining({ name: "LabError", code: "bad-file", input: `file: ${extra}` }),
    );
  },
);

describe("a linear head in a second file", () => {
  const features = 16;
  const whole = randomState({ ...small, classes: 5 });
  const trunkBytes = networkFile(
    renamed(
      new Map([...whole].filter(([key]) => !key.startsWith("fc."))),
      (key) => `module.${key}`,
    ),
    { image: "48x48" },
  );
  const trunk = { name: "trunk", bytes: trunkBytes };
  const head = (names: readonly [string, string], width = features) => ({
    name: "head",
    bytes: networkFile(
      new Map<string, StateTensor>([
        [
          names[0],
          { shape: [5, width], values: Float32Array.from({ length: 5 * width }, Math.cos) },
        ],
        [names[1], { shape: [5], values: Float32Array.from({ length: 5 }, Math.sin) }],
      ]),
    ),
  });

  test.each([
    ["weight", "bias"],
    ["linear.weight", "linear.bias"],
    ["module.linear.weight", "module.linear.bias"],
    ["fc.weight", "fc.bias"],
  ] as const)("is joined to its trunk: %s", (...names) => {
    const bytes = withLinearHead(trunk, head(names));
    const state = parseSafetensors(bytes, "joined");
    const architecture = recogniseArchitecture(state, "joined", metadataOf(bytes, "joined"));
    expect(classesOf(architecture)).toBe(5);
    expect(inputOf(architecture)).toEqual({ height: 48, width: 48, channels: 3 });
    expect(state.get("fc.weight")?.values).toEqual(
      Float32Array.from({ length: 5 * features }, Math.cos),
    );
    expect(state.get("conv1.weight")?.values).toEqual(whole.get("conv1.weight")?.values);
  });

  test.each([{}, { pool: "mean" } as const])(
    "is joined to a Vision Transformer's trunk: %j",
    (pool) => {
      const vit: Architecture = {
        ...{ family: "vit", dim: features, depth: 1, heads: 2, patch: 16 },
        ...pool,
      };
      const state = new Map(randomState(vit));
      state.delete("head.weight");
      state.delete("head.bias");
      const alone = { name: "vit", bytes: networkFile(state, { heads: "2" }) };
      const bytes = withLinearHead(alone, head(["weight", "bias"]));
      const joined = parseSafetensors(bytes, "joined");
      expect(recogniseArchitecture(joined, "joined", metadataOf(bytes, "joined"))).toEqual({
        ...vit,
        classes: 5,
      });
      expect(recogniseArchitecture(state, "vit", new Map([["heads", "2"]]))).toEqual({
        ...vit,
        head: "none",
      });
    },
  );

  test("two LayerNorms before a Vision Transformer's head are refused", () => {
    const vit: Architecture = { family: "vit", dim: features, depth: 1, heads: 2, patch: 16 };
    const mean = randomState({ ...vit, pool: "mean" });
    const state = new Map([...randomState(vit), ...mean]);
    expect(() => recogniseArchitecture(state, "vit", new Map([["heads", "2"]]))).toThrow(
      expect.objectContaining({ code: "bad-file", input: "vit: fc_norm.weight", found: "both" }),
    );
  });

  test("of other features is refused, naming both", () => {
    expect(() => withLinearHead(trunk, head(["weight", "bias"], 8))).toThrow(
      expect.objectContaining({
        name: "LabError",
        code: "bad-shape",
        input: "weight",
        expected: "[5,16]",
        found: "[5,8]",
      }),
    );
  });

  test("of several layers is refused, naming them", () => {
    const state = new Map(parseSafetensors(head(["0.weight", "0.bias"]).bytes, "head"));
    state.set("1.running_mean", { shape: [5], values: new Float32Array(5) });
    const bytes = networkFile(state);
    expect(() => withLinearHead(trunk, { name: "head", bytes })).toThrow(
      expect.objectContaining({
        code: "bad-file",
        input: "head",
        found: "0.weight, 0.bias, 1.running_mean",
      }),
    );
  });

  test("is refused for a network that has one", () => {
    const bytes = networkFile(whole);
    expect(() => withLinearHead({ name: "whole", bytes }, head(["weight", "bias"]))).toThrow(
      expect.objectContaining({ code: "bad-file", input: "whole", found: "fc.weight" }),
    );
  });
});

/** Names and shapes alone: no values are made. */
function emptyState(architecture: Architecture): State {
  const values = new Float32Array();
  return new Map(parametersOf(architecture).map(([name, shape]) => [name, { shape, values }]));
}

function renamed(state: State, to: (key: string) => string): State {
  return new Map([...state].map(([key, tensor]) => [to(key), tensor]));
}
