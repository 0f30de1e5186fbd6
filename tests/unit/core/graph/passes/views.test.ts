import { beforeAll, describe, expect, test } from "vitest";
import { hostFloats, hostIntegers } from "../../../../../src/core/graph/host-tensor";
import { recogniseChannelShuffle } from "../../../../../src/core/graph/passes/channel-shuffle";
import { composeViews } from "../../../../../src/core/graph/passes/compose-views";
import { seeded } from "../../../../../src/core/random/generator";
import { useBackend } from "../../../backend";
import { uniformArray } from "../../numbers";
import { expectSame, graphOf, type Line } from "./pass-claims";

beforeAll(() => useBackend("cpu"));

const list = (...numbers: number[]) => hostIntegers([numbers.length], numbers);

/** Images are [n, 3, 4, 6]. */
describe("a chain of views", () => {
  const constants = {
    flat: list(0, 3, 24),
    apart: list(0, 3, 2, 2, 6),
    square: list(0, 12, 6),
    perImage: { ...list(0, 4, 6), perImage: Float64Array.from([3, 0, 0]) },
    zero: list(0),
    one: list(1),
    two: list(2),
    three: list(3),
    end: list(99),
    last: list(-1),
    weight: hostFloats([6, 6], uniformArray(seeded(1), 36)),
  };
  const there: Line = ["t", "Transpose", ["x"], { perm: [0, 2, 3, 1] }];

  test("that ends as it began is none", () => {
    const lines: Line[] = [
      there,
      ["r", "Transpose", ["t"], { perm: [0, 3, 1, 2] }],
      ["y", "Relu", ["r"]],
    ];
    expectSame(graphOf(lines, constants), composeViews, ["Relu"]);
  });

  test("that only shapes is one Reshape, for any number of images", () => {
    const lines: Line[] = [
      ["r", "Reshape", ["x", "flat"]],
      ["s", "Reshape", ["r", "apart"]],
      ["t", "Reshape", ["s", "perImage"]],
      ["y", "Relu", ["t"]],
    ];
    expectSame(graphOf(lines, constants), composeViews, ["Reshape", "Relu"]);
  });

  test("is cut once and turned once", () => {
    const lines: Line[] = [
      ["a", "Slice", ["x", "one", "end", "one"]],
      ["b", "Slice", ["a", "one", "end", "three", "two"]],
      ["c", "Transpose", ["b"], { perm: [0, 3, 1, 2] }],
      ["d", "Gather", ["c", "two"], { axis: 1 }],
      ["e", "Squeeze", ["d", "one"]],
      ["y", "Relu", ["e"]],
    ];
    expectSame(graphOf(lines, constants), composeViews, ["Reshape", "Slice", "Reshape", "Relu"]);
  });

  test("goes on behind a linear layer whose rows it only reorders", () => {
    const lines: Line[] = [
      ["a", "Transpose", ["x"], { perm: [2, 0, 1, 3] }],
      ["l", "Linear", ["a", "weight"]],
      ["b", "Transpose", ["l"], { perm: [1, 2, 0, 3] }],
      ["y", "Relu", ["b"]],
    ];
    expectSame(graphOf(lines, constants), composeViews, ["Linear", "Relu"]);
  });

  test("stays before a linear layer whose columns it takes from elsewhere", () => {
    const lines: Line[] = [
      ["a", "Transpose", ["x"], { perm: [0, 1, 3, 2] }],
      ["b", "Reshape", ["a", "square"]],
      ["y", "Linear", ["b", "weight"]],
    ];
    const found = expectSame(graphOf(lines, constants), composeViews, [
      "Transpose",
      "Reshape",
      "Linear",
    ]);
    expect(found.nodes.at(-1)?.output).toBe("y");
  });
});

describe("ChannelShuffle", () => {
  const constants = {
    wide: list(0, 6, 4, 3),
    apart: list(0, 2, 3, 4, 3),
    back: list(0, -1, 4, 3),
    wrong: list(0, 2, 3, 2, 6),
  };
  const shuffle = (perm: number[], apart: string): Line[] => [
    ["w", "Reshape", ["x", "wide"]],
    ["m", "Relu", ["w"]],
    ["a", "Reshape", ["m", apart]],
    ["b", "Transpose", ["a"], { perm }],
    ["c", "Reshape", ["b", "back"]],
    ["y", "Relu", ["c"]],
  ];

  test("is recognised as a Transpose between two Reshapes", () => {
    const after = expectSame(
      graphOf(shuffle([0, 2, 1, 3, 4], "apart"), constants),
      recogniseChannelShuffle,
      ["Reshape", "Relu", "ChannelShuffle", "Relu"],
    );
    expect(after.nodes[2]?.attributes).toEqual({ groups: 2 });
  });

  test("is not where positions change too", () => {
    const graph = graphOf(shuffle([0, 2, 1, 4, 3], "apart"), constants);
    expect(recogniseChannelShuffle(graph).nodes).toHaveLength(6);
  });
});
