import { describe, expect, test } from "vitest";
import {
  architectureName,
  architectureSchema,
  tapsCorrespond,
  tapsOf,
  type Architecture,
} from "../../../../src/core/nets/architecture";

const resnet18: Architecture = { family: "resnet", blocks: [2, 2, 2, 2], width: 16 };
const myrtle: Architecture = { family: "myrtle", width: 16 };

describe("ResNet-18", () => {
  test("has nine taps: the stem and eight blocks", () => {
    expect(tapsOf(resnet18).map(({ name }) => name)).toEqual([
      "stem",
      ...[1, 2, 3, 4, 5, 6, 7, 8].map((block) => `block ${String(block)}`),
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

describe("the five-layer CNN", () => {
  test("has four taps, after pools of 1, 2, 2 and 8", () => {
    const taps = tapsOf(myrtle);
    expect(taps.map(({ height }) => height)).toEqual([32, 16, 8, 1]);
    expect(taps.map(({ channels }) => channels)).toEqual([16, 32, 64, 128]);
    expect(taps.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
  });
});

describe("taps correspond", () => {
  test("between widths", () => {
    expect(tapsCorrespond(resnet18, { ...resnet18, width: 64 })).toBe(true);
  });

  test("not between depths or families", () => {
    expect(tapsCorrespond(resnet18, { ...resnet18, blocks: [3, 4, 6, 3] })).toBe(false);
    expect(tapsCorrespond(resnet18, { ...resnet18, blocks: [3, 1, 2, 2] })).toBe(false);
    expect(tapsCorrespond(resnet18, myrtle)).toBe(false);
  });
});

test.each([
  { why: "no width", value: { family: "myrtle" } },
  { why: "a width of 0", value: { family: "myrtle", width: 0 } },
  { why: "three stages", value: { family: "resnet", width: 16, blocks: [2, 2, 2] } },
  { why: "an unknown family", value: { family: "vgg", width: 16 } },
  { why: "a field too many", value: { family: "myrtle", width: 16, depth: 5 } },
])("an architecture with $why is refused", ({ value }) => {
  expect(architectureSchema.safeParse(value).success).toBe(false);
});
