import { describe, expect, test } from "vitest";
import { architectureName, classesOf } from "../../../../src/core/nets/architecture";
import {
  architectureSchema,
  type Architecture,
} from "../../../../src/core/nets/architecture-schema";
import { tapsCorrespond, tapsOf } from "../../../../src/core/nets/taps";

const resnet18: Architecture = { family: "resnet", blocks: [2, 2, 2, 2], width: 16 };
const resnet56: Architecture = { family: "resnet", blocks: [9, 9, 9], width: 16 };
const myrtle: Architecture = { family: "myrtle", width: 16 };
const vit: Architecture = { family: "vit", dim: 192, depth: 6, heads: 3, patch: 4 };

describe("ResNet-18", () => {
  test("has nine taps: the stem and eight blocks", () => {
    expect(tapsOf(resnet18).map(({ name }) => name)).toEqual([
      "stem",
      ...[1, 2, 3, 4, 5, 6, 7, 8].map((block) => `block ${block}`),
    ]);
  });

  test("halves its side and doubles its channels at blocks 3, 5 and 7", () => {
    const taps = tapsOf(resnet18);
    expect(taps.map(({ height }) => height)).toEqual([32, 32, 32, 16, 16, 8, 8, 4, 4]);
    expect(taps.map(({ width }) => width)).toEqual(taps.map(({ height }) => height));
    expect(taps.map(({ channels }) => channels)).toEqual([16, 16, 16, 32, 32, 64, 64, 128, 128]);
  });

  test("is called by its depth", () => {
    expect(architectureName(resnet18)).toBe("ResNet-18, 16 filters");
    expect(architectureName({ ...resnet18, blocks: [3, 4, 6, 3] })).toBe("ResNet-34, 16 filters");
  });
});

describe("networks of other images", () => {
  const input = { height: 28, width: 28, channels: 1 } as const;

  test("have taps of the sizes that PyTorch's convolutions of stride 2 give", () => {
    const taps = tapsOf({ family: "resnet", blocks: [1, 1, 1, 1], width: 8, input });
    expect(taps.map(({ height, width }) => [height, width])).toEqual([
      [28, 28],
      [28, 28],
      [14, 14],
      [7, 7],
      [4, 4],
    ]);
  });

  test("are refused where pooling would leave nothing", () => {
    expect(architectureSchema.safeParse({ ...myrtle, input }).success).toBe(false);
    const large = { height: 64, width: 48, channels: 3 } as const;
    const taps = tapsOf({ ...myrtle, input: large });
    expect(taps.map(({ height, width }) => [height, width])).toEqual([
      [64, 48],
      [32, 24],
      [16, 12],
      [2, 1],
    ]);
  });
});

describe("ResNet-56", () => {
  test("has 28 taps, nine blocks at each of 32, 16 and 8 pixels a side", () => {
    const taps = tapsOf(resnet56);
    expect(taps).toHaveLength(28);
    expect(taps.map(({ height }) => height).slice(1)).toEqual(
      [32, 16, 8].flatMap((side) => new Array<number>(9).fill(side)),
    );
    expect(taps.at(-1)?.channels).toBe(64);
  });

  test("is called by its depth", () => {
    expect(architectureName(resnet56)).toBe("ResNet-56, 16 filters");
    // He et al. 2016, section 4.2: 6n + 2 layers.
    expect(architectureName({ ...resnet56, blocks: [3, 3, 3] })).toBe("ResNet-20, 16 filters");
  });
});

describe("the five-layer CNN", () => {
  test("has four taps, after pools of 1, 2, 2 and 8", () => {
    const taps = tapsOf(myrtle);
    expect(taps.map(({ height }) => height)).toEqual([32, 16, 8, 1]);
    expect(taps.map(({ channels }) => channels)).toEqual([16, 32, 64, 128]);
    expect(taps.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
  });
});

describe("the Vision Transformer", () => {
  test("has a tap after the embedding and one after each block, of one row of tokens", () => {
    const taps = tapsOf(vit);
    expect(taps.map(({ name }) => name)).toEqual([
      "embedding",
      ...[1, 2, 3, 4, 5, 6].map((block) => `block ${block}`),
    ]);
    for (const { height, width, channels } of taps) {
      expect({ height, width, channels }).toEqual({ height: 1, width: 65, channels: 192 });
    }
  });

  test("is called by its blocks and their width", () => {
    expect(architectureName(vit)).toBe("ViT, 6 blocks of 192");
    expect(architectureName({ ...vit, depth: 1 })).toBe("ViT, 1 block of 192");
  });
});

describe("a network", () => {
  test.each([resnet18, myrtle, vit])("of $family has ten classes by default", (one) => {
    expect(classesOf(one)).toBe(10);
  });

  test.each([
    { ...resnet18, classes: 2 as const },
    { ...myrtle, classes: 2 as const },
  ])("of $family with two classes says so in its name", (one) => {
    expect(classesOf(one)).toBe(2);
    expect(architectureName(one)).toMatch(/, 2 classes$/);
  });
});

describe("taps correspond", () => {
  test("between widths", () => {
    expect(tapsCorrespond(resnet18, { ...resnet18, width: 64 })).toBe(true);
    expect(tapsCorrespond(vit, { ...vit, dim: 384, heads: 6 })).toBe(true);
  });

  test("whatever the networks are asked", () => {
    expect(tapsCorrespond(resnet18, { ...resnet18, classes: 2 })).toBe(true);
  });

  test("not between depths, patches or families", () => {
    expect(tapsCorrespond(resnet18, { ...resnet18, blocks: [3, 4, 6, 3] })).toBe(false);
    expect(tapsCorrespond(resnet18, { ...resnet18, blocks: [3, 1, 2, 2] })).toBe(false);
    expect(tapsCorrespond(resnet18, { ...resnet18, blocks: [2, 2, 4] })).toBe(false);
    expect(tapsCorrespond(vit, { ...vit, depth: 12 })).toBe(false);
    expect(tapsCorrespond(vit, { ...vit, patch: 8 })).toBe(false);
    expect(tapsCorrespond(resnet18, myrtle)).toBe(false);
    expect(tapsCorrespond(resnet18, { ...vit, depth: 8 })).toBe(false);
  });
});

test.each([
  { why: "no width", value: { family: "myrtle" } },
  { why: "a width of 0", value: { family: "myrtle", width: 0 } },
  { why: "two stages", value: { family: "resnet", width: 16, blocks: [2, 2] } },
  { why: "five stages", value: { family: "resnet", width: 16, blocks: [2, 2, 2, 2, 2] } },
  { why: "a stage of no blocks", value: { family: "resnet", width: 16, blocks: [2, 0, 2] } },
  { why: "one class", value: { family: "myrtle", width: 16, classes: 1 } },
  { why: "an unknown family", value: { family: "vgg", width: 16 } },
  { why: "a field too many", value: { family: "myrtle", width: 16, depth: 5 } },
  { why: "heads that do not divide its dim", value: { ...vit, heads: 5 } },
  { why: "patches that do not divide an image", value: { ...vit, patch: 5 } },
])("an architecture with $why is refused", ({ value }) => {
  expect(architectureSchema.safeParse(value).success).toBe(false);
});
