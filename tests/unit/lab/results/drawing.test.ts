import { describe, expect, test } from "vitest";
import { tapsOf, type Architecture } from "../../../../src/core/nets/architecture";
import {
  blockAt,
  drawingWidth,
  middleOf,
  nearestTap,
  rowsOfBlocks,
  shapeText,
} from "../../../../src/lab/results/drawing";

const wide: Architecture = { family: "resnet", blocks: [2, 2, 2, 2], width: 16 };
const narrow: Architecture = { family: "resnet", blocks: [2, 2, 2, 2], width: 4 };
const deep: Architecture = { family: "resnet", blocks: [9, 9, 9], width: 16 };
const vit: Architecture = { family: "vit", dim: 128, depth: 6, heads: 4, patch: 4 };
const kinds = { wide, narrow, deep, vit };

describe.each(Object.entries(kinds))("%s", (_, architecture) => {
  const { top } = rowsOfBlocks(architecture, architecture);

  test("has the image, one block per tap and the answer, side by side within the drawing", () => {
    expect(top).toHaveLength(tapsOf(architecture).length + 2);
    top.forEach(({ x, width }, k) => {
      const next = top[k + 1];
      expect(x + width).toBeLessThanOrEqual(next ? next.x : drawingWidth);
    });
  });

  test("a block's own middle is nearest to its tap", () => {
    for (const { index } of tapsOf(architecture)) {
      const block = blockAt(top, index);
      expect(block && nearestTap(top, middleOf(block))).toBe(index);
    }
  });
});

test("both rows have one scale", () => {
  const { bottom, top } = rowsOfBlocks(narrow, wide);
  const width = (row: typeof top, tap: number): number => blockAt(row, tap)?.width ?? NaN;
  // The last block has 32 channels against 128.
  expect(width(top, 8) / width(bottom, 8)).toBeCloseTo(4, 9);
  expect(blockAt(top, 0)?.height).toBe(blockAt(bottom, 0)?.height);
});

test("a representation's shape in words", () => {
  const [stem] = tapsOf(wide);
  const [tokens] = tapsOf(vit);
  expect(stem && shapeText(stem)).toBe("32\u00a0×\u00a032\u00a0×\u00a016");
  expect(tokens && shapeText(tokens)).toBe("65 tokens of 128");
});
