import { beforeAll, describe, expect, test } from "vitest";
import { composeViews } from "../../../../../src/core/graph/passes/compose-views";
import { recogniseLinear } from "../../../../../src/core/graph/passes/linear";
import { normIntoLinear } from "../../../../../src/core/graph/passes/norm-into-linear";
import { useBackend } from "../../../backend";
import { expectSame, graphOf, type Line, list, values } from "./pass-claims";

beforeAll(() => useBackend("cpu"));

const constants = {
  matrix: values(1, 6, 5),
  rows: values(2, 5, 6),
  square: values(7, 6, 6),
  bias: values(3, 5),
  column: values(4, 4, 1),
  scale: values(5, 6),
  shift: values(6, 6),
  flat: list(-1, 6),
  back: list(-1, 3, 4, 5),
};

describe("a linear layer", () => {
  test("is recognised as a product with a constant, and the row added to it", () => {
    const graph = graphOf(
      [
        ["p", "MatMul", ["x", "matrix"]],
        ["y", "Add", ["bias", "p"]],
      ],
      constants,
    );
    expectSame(graph, recogniseLinear, ["Linear"]);
  });

  test("is recognised as Gemm, with its factors", () => {
    const graph = graphOf(
      [
        ["r", "Reshape", ["x", "flat"]],
        ["g", "Gemm", ["r", "rows", "bias"], { transB: 1, alpha: 0.5, beta: 2 }],
        ["y", "Reshape", ["g", "back"]],
      ],
      constants,
    );
    const after = expectSame(graph, recogniseLinear, ["Reshape", "Linear", "Reshape"]);
    // Of the rows of any rank.
    expectSame(after, composeViews, ["Linear"]);
  });

  test("does not take a column for its bias", () => {
    const graph = graphOf(
      [
        ["p", "MatMul", ["x", "matrix"]],
        ["y", "Add", ["p", "column"]],
      ],
      constants,
    );
    expectSame(graph, recogniseLinear, ["Linear", "Add"]);
  });
});

describe("scale and shift of a LayerNorm", () => {
  const norm: Line = ["n", "LayerNormalization", ["x", "scale", "shift"], { axis: -1 }];
  const layer: Line = ["l", "Linear", ["n", "square", "shift"]];
  const residual: Line = ["y", "Add", ["x", "m"]];

  test("become a part of all linear layers that read it", () => {
    const lines: Line[] = [norm, layer, ["k", "Linear", ["n", "square"]], ["m", "Mul", ["l", "k"]]];
    const after = expectSame(graphOf([...lines, residual], constants), normIntoLinear, [
      "LayerNormalization",
      "Linear",
      "Linear",
      "Mul",
      "Add",
    ]);
    expect(after.nodes[0]?.inputs).toEqual(["x"]);
  });

  test.each<readonly [string, readonly Line[]]>([
    ["anything else reads it", [norm, layer, ["m", "Mul", ["l", "n"]], residual]],
    ["the network can be cut", [norm, layer]],
  ])("stay where %s", (_, lines) => {
    expect(normIntoLinear(graphOf(lines, constants)).nodes[0]?.inputs).toEqual(norm[2]);
  });
});
