import { describe, expect, test } from "vitest";
import type { Architecture } from "../../../../src/core/nets/architecture-schema";
import { tapsOf } from "../../../../src/core/nets/taps";
import {
  blocksOf,
  blocksOfPair,
  nearestBlock,
  shapeText,
  stagesOf,
  stageText,
} from "../../../../src/lab/picture/drawing-geometry";
import { slotPercent } from "../../../../src/lab/picture/plots/layer-plot";
import { axisOf } from "./plotted";

const wide: Architecture = { family: "resnet", blocks: [2, 2, 2, 2], width: 16 };
const deep: Architecture = { family: "resnet", blocks: [9, 9, 9], width: 16 };
const vit: Architecture = { family: "vit", dim: 128, depth: 6, heads: 4, patch: 4 };
const kinds = { wide, deep, vit };

describe.each(Object.entries(kinds))("%s", (_, architecture) => {
  const taps = tapsOf(architecture);
  const axis = axisOf(taps.length);
  const blocks = blocksOf(architecture, axis);

  test("each layer is one block, above its own place on the axis", () => {
    expect(blocks.map(({ x }) => x)).toEqual(taps.map(({ index }) => slotPercent(index, axis)));
  });

  test("all blocks are equally wide and lie within the axis", () => {
    const [{ width } = { width: NaN }] = blocks;
    for (const block of blocks) {
      expect(block.width).toBe(width);
      expect(block.x - width / 2).toBeGreaterThan(-width / 10);
      expect(block.x + width / 2).toBeLessThan(100 + width / 10);
    }
  });

  test("a block's own middle is nearest to its layer", () => {
    for (const { tap, x } of blocks) expect(nearestBlock(blocks, x)?.tap).toBe(tap);
  });
});

test("blocks shrink with the image, and neighbours do not touch", () => {
  const blocks = blocksOf(wide, axisOf(9));
  const [stem, next] = blocks;
  expect(blocks.at(-1)?.height).toBeLessThan(stem?.height ?? 0);
  expect((stem?.x ?? 0) + (stem?.width ?? 0) / 2).toBeLessThan(
    (next?.x ?? 0) - (next?.width ?? 0) / 2,
  );
});

test("a bottom of another depth is spread from the first layer of the top to the last", () => {
  const axis = axisOf(tapsOf(wide).length);
  const blocks = blocksOf(vit, axis);
  expect(blocks).toHaveLength(tapsOf(vit).length);
  expect(blocks[0]?.x).toBe(slotPercent(0, axis));
  expect(blocks.at(-1)?.x).toBe(slotPercent(axis.slots - 1, axis));
});

test("a representation's shape in words", () => {
  const [stem] = tapsOf(wide);
  const [tokens] = tapsOf(vit);
  expect(stem && shapeText(stem)).toBe("32\u00a0×\u00a032\u00a0×\u00a016");
  expect(tokens && shapeText(tokens)).toBe("65 tokens of 128");
});

test("the largest map is drawn as high as there is room, whatever a stem did to the image", () => {
  const imagenet: Architecture = {
    family: "resnet",
    blocks: [3, 4, 6, 3],
    width: 64,
    expansion: 4,
    stem: "imagenet",
    input: { height: 224, width: 224, channels: 3 },
  };
  const slots = tapsOf(imagenet).length;
  const [stem] = blocksOf(wide, axisOf(9));
  const heights = blocksOf(imagenet, axisOf(slots)).map(({ height }) => height);
  expect(heights[0]).toBe(stem?.height);
  expect(new Set(heights).size).toBe(4);
});

test("two networks are drawn on one scale", () => {
  const input = { height: 64, width: 64, channels: 3 } as const;
  const stemmed: Architecture = { ...wide, stem: "imagenet", input };
  const pair = { bottom: { architecture: { ...wide, input } }, top: { architecture: stemmed } };
  const { bottom, top } = blocksOfPair(pair, axisOf(9));
  expect(top[0]?.height).toBe((bottom[0]?.height ?? 0) / 4);
});

describe("the stages of a deep network", () => {
  const deepest: Architecture = { family: "resnet", blocks: [27, 27, 27], width: 16 };
  const axis = axisOf(82);
  const blocks = blocksOf(deepest, axis);
  const stages = stagesOf(blocks) ?? [];

  test("have all its blocks, those of one height side by side, and no gap between two", () => {
    expect(stages.map(({ blocks: { length } }) => length)).toEqual([28, 27, 27]);
    expect(stages.flatMap((stage) => stage.blocks)).toEqual(blocks);
    expect(stages[0]?.left).toBeCloseTo(0);
    expect(stages.at(-1)?.right).toBeCloseTo(100);
    stages
      .slice(1)
      .forEach(({ left }, before) => expect(left).toBeCloseTo(stages[before]?.right ?? NaN));
    for (const stage of stages) {
      expect(stage.blocks.map(({ height }) => height)).toEqual(
        stage.blocks.map(() => stage.height),
      );
    }
  });

  test("are not drawn where every block has room", () => {
    expect(stagesOf(blocksOf(deep, axisOf(28)))).toBeNull();
  });

  test("say what all of their maps measure", () => {
    const taps = tapsOf(deepest);
    expect(
      stages.map((stage) => stageText(stage.blocks.flatMap(({ tap }) => taps[tap] ?? []))),
    ).toEqual(
      ["32 × 32 × 16", "16 × 16 × 32", "8 × 8 × 64"].map((text) => text.replaceAll(" ", "\u00a0")),
    );
    const [first] = taps;
    expect(first && stageText([first, { ...first, channels: 28 }])).toBe("32\u00a0×\u00a032");
  });
});
