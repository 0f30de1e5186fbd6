import { expect, test } from "vitest";
import { presets } from "../../../src/experiment/figures";
import { curvesOf } from "../../../src/experiment/spec";
import { tableOne, tableOneRows } from "../../../src/experiment/table-one";

const pairsOf = (difference: string) => {
  const row = tableOneRows.find((other) => other.difference === difference);
  return (row?.curves ?? []).map(({ figure, place }) => {
    const curve = curvesOf(presets[figure].spec)[place];
    return `${curve?.bottom ?? "nothing"} into ${curve?.top ?? "nothing"}`;
  });
};

test("networks in a row differ in what the row says, and in nothing else", () => {
  const starts = pairsOf("Random seed");
  expect(starts.length).toBeGreaterThan(4);
  for (const pair of starts) expect(pair).toMatch(/^(\w+-\w+)-s[12] into \1-s0$/);
  expect(pairsOf("Random seed, only 8 filters")).toEqual(["resnet18-w8-s1 into resnet18-w8-s0"]);
  expect(pairsOf("No labels for the bottom (SimCLR)")).toEqual([
    "resnet18-w16-simclr into resnet18-w16-s0",
  ]);
  expect(pairsOf("No labels for the top (SimCLR)")).toEqual([
    "resnet18-w16-s0 into resnet18-w16-simclr",
  ]);
  expect(pairsOf("More data for the bottom")).toEqual(["resnet18-w16-n25k into resnet18-w16-n10k"]);
  expect(pairsOf("More width for the bottom")).toEqual(["resnet18-w16-s0 into resnet18-w4-s0"]);
  expect(pairsOf("Twice the width for the bottom")).toEqual([
    "resnet18-w32-s0 into resnet18-w16-s0",
  ]);
});

test("a row spans the layers of all its curves, without the gaps", () => {
  const [starts] = tableOne({
    seeds: {
      penalty: [[0.1, null], [7], [-0.2, 0.3], [], []],
      similarity: [[0.4, 0.5], [7], [null, 0.9], [], []],
    },
    deep: { penalty: [[0.2]], similarity: [[0.6]] },
  });
  const figures = ["seeds", "deep"];
  expect(starts).toMatchObject({ figures, cka: [0.4, 0.9], penalty: [-0.2, 0.3] });
});

test("a row without a recorded figure has no numbers", () => {
  for (const row of tableOne({})) {
    expect(row).toMatchObject({ figures: [], cka: null, penalty: null });
  }
});

test("a figure recorded with fewer curves than its spec has is refused", () => {
  const short = { penalty: [[0.1]], similarity: [[0.4]] };
  expect(() => tableOne({ simclr: short })).toThrow(
    "simclr: expected a recorded curve 1, found none",
  );
});
