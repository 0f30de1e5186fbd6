import { beforeAll, describe, expect, test } from "vitest";
import { hostFloats, type HostTensor } from "../../../../../src/core/graph/host-tensor";
import { recogniseGelu } from "../../../../../src/core/graph/passes/gelu";
import { recogniseLayerNorm } from "../../../../../src/core/graph/passes/layer-norm";
import { seeded } from "../../../../../src/core/random/generator";
import { useBackend } from "../../../backend";
import { uniformArray } from "../../numbers";
import { expectSame, graphOf, type Line } from "./pass-claims";

beforeAll(() => useBackend("cpu"));

const one = (value: number): HostTensor => hostFloats([], [value]);

describe("Gelu", () => {
  const constants = {
    root: one(Math.SQRT2),
    inverse: one(Math.SQRT1_2),
    one: one(1),
    half: one(0.5),
  };
  const erf: readonly Line[] = [
    ["d", "Div", ["x", "root"]],
    ["e", "Erf", ["d"]],
    ["a", "Add", ["e", "one"]],
  ];

  test.each<readonly [string, readonly Line[]]>([
    ["(x (1 + erf)) ½", [...erf, ["m", "Mul", ["x", "a"]], ["y", "Mul", ["m", "half"]]]],
    ["(½ x) (1 + erf)", [...erf, ["m", "Mul", ["half", "x"]], ["y", "Mul", ["m", "a"]]]],
    ["x (½ (1 + erf))", [...erf, ["m", "Mul", ["a", "half"]], ["y", "Mul", ["x", "m"]]]],
    [
      "a product in place of the quotient",
      [
        ["d", "Mul", ["x", "inverse"]],
        ...erf.slice(1),
        ["m", "Mul", ["x", "a"]],
        ["y", "Mul", ["m", "half"]],
      ],
    ],
  ])("is recognised as %s", (_, lines) => {
    expectSame(graphOf(lines, constants), recogniseGelu, ["Gelu"]);
  });

  test("with another factor stays as it is", () => {
    const graph = graphOf(
      [...erf, ["m", "Mul", ["x", "a"]], ["y", "Mul", ["m", "inverse"]]],
      constants,
    );
    expect(recogniseGelu(graph).nodes).toHaveLength(5);
  });

  test("of another value than its erf's stays as it is", () => {
    const graph = graphOf(
      [["other", "Neg", ["x"]], ...erf, ["m", "Mul", ["other", "a"]], ["y", "Mul", ["m", "half"]]],
      constants,
    );
    expect(recogniseGelu(graph).nodes).toHaveLength(6);
  });
});

describe("LayerNormalization", () => {
  const constants = {
    two: one(2),
    epsilon: one(1e-5),
    scale: hostFloats([6], uniformArray(seeded(3), 6)),
    shift: hostFloats([6], uniformArray(seeded(4), 6)),
  };
  const lines = (axes: readonly number[], square: Line): Line[] => [
    ["mean", "ReduceMean", ["x"], { axes }],
    ["centred", "Sub", ["x", "mean"]],
    square,
    ["variance", "ReduceMean", ["square"], { axes }],
    ["above", "Add", ["variance", "epsilon"]],
    ["deviation", "Sqrt", ["above"]],
    ["normal", "Div", ["centred", "deviation"]],
    ["scaled", "Mul", ["normal", "scale"]],
    ["y", "Add", ["scaled", "shift"]],
  ];
  const power: Line = ["square", "Pow", ["centred", "two"]];

  test.each<readonly [string, Line]>([
    ["a power", power],
    ["a product", ["square", "Mul", ["centred", "centred"]]],
  ])("is recognised with the square as %s", (_, square) => {
    expectSame(graphOf(lines([-1], square), constants), recogniseLayerNorm, ["LayerNormalization"]);
  });

  test("over another axis stays as it is", () => {
    const square = { ...constants, scale: one(2), shift: one(1) };
    expect(recogniseLayerNorm(graphOf(lines([1], power), square)).nodes).toHaveLength(9);
  });
});
