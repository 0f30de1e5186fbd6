import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Graph } from "../../../../../src/core/graph/graph";
import { hostFloats, hostIntegers } from "../../../../../src/core/graph/host-tensor";
import { optimised } from "../../../../../src/core/graph/optimise";
import { recogniseAttention } from "../../../../../src/core/graph/passes/attention";
import { composeViews } from "../../../../../src/core/graph/passes/compose-views";
import { readOnnx } from "../../../../../src/core/onnx/read-onnx";
import { useBackend } from "../../../backend";
import { fixturesFolder } from "../../../fixtures";
import { expectSame, graphOf, type Line, list, values } from "./pass-claims";

beforeAll(() => useBackend("cpu"));

const perImage = (each: number, ...rest: number[]) => ({
  ...list(0, ...rest),
  perImage: Float64Array.from([each, ...rest.map(() => 0)]),
});

/** Of [n, 3, 4, 6], images of 12 tokens or of three windows of 4 tokens; two heads of 3 columns. */
const constants = {
  tokens: list(0, 12, 6),
  windows: perImage(3, 4, 6),
  all: values(1, 18, 6),
  allBias: values(2, 18),
  one: values(3, 6, 6),
  two: values(4, 6, 6),
  bias: values(5, 6),
  three: list(0, 0, 3, 2, 3),
  heads: list(0, 0, 2, 3),
  joined: list(0, 0, 6),
  byToken: list(12, -1, 3),
  rows: list(-1, 6),
  fromRows: list(12, -1, 6),
  apart: list(-1, 3, 2, 4, 4),
  together: list(-1, 2, 4, 4),
  first: hostIntegers([], [0]),
  second: hostIntegers([], [1]),
  third: hostIntegers([], [2]),
  root: hostFloats([], [Math.sqrt(3)]),
  scale: hostFloats([], [0.6]),
  position: values(6, 1, 2, 4, 4),
  mask: values(7, 3, 1, 4, 4),
  zero: list(0),
  six: list(6),
  twelve: list(12),
  eighteen: list(18),
  last: list(-1),
};

const mixed: readonly Line[] = [
  ["o", "MatMul", ["p", "v"]],
  ["ot", "Transpose", ["o"], { perm: [0, 2, 1, 3] }],
  ["y", "Reshape", ["ot", "joined"]],
];
const layer = ["Linear", "Reshape"];
const attentionAlone = [...layer, ...layer, ...layer, "MultiHeadAttention"];
const passes = (graph: Graph): Graph => composeViews(recogniseAttention(graph));

describe("attention", () => {
  test("is recognised of three layers, divided after the product", () => {
    const part = (name: string, layer: string, perm: number[]): Line[] => [
      [`${name}l`, "Linear", ["t", layer, "bias"]],
      [`${name}h`, "Reshape", [`${name}l`, "heads"]],
      [name, "Transpose", [`${name}h`], { perm }],
    ];
    const lines: Line[] = [
      ["t", "Reshape", ["x", "tokens"]],
      ...part("q", "one", [0, 2, 1, 3]),
      ...part("k", "two", [0, 2, 3, 1]),
      ...part("v", "one", [0, 2, 1, 3]),
      ["s", "MatMul", ["q", "k"]],
      ["d", "Div", ["s", "root"]],
      ["p", "Softmax", ["d"], { axis: -1 }],
      ...mixed,
    ];
    expectSame(graphOf(lines, constants), passes, attentionAlone);
  });

  test("is recognised of one layer, in windows, with positions and a mask", () => {
    const lines: Line[] = [
      ["t", "Reshape", ["x", "windows"]],
      ["l", "Linear", ["t", "all", "allBias"]],
      ["r", "Reshape", ["l", "three"]],
      ["a", "Transpose", ["r"], { perm: [2, 0, 3, 1, 4] }],
      ["q0", "Gather", ["a", "first"]],
      ["q", "Mul", ["q0", "scale"]],
      ["k0", "Gather", ["a", "second"]],
      ["k", "Transpose", ["k0"], { perm: [0, 1, 3, 2] }],
      ["v", "Gather", ["a", "third"]],
      ["s", "MatMul", ["q", "k"]],
      ["s1", "Add", ["s", "position"]],
      ["s2", "Reshape", ["s1", "apart"]],
      ["s3", "Add", ["s2", "mask"]],
      ["s4", "Reshape", ["s3", "together"]],
      ["p", "Softmax", ["s4"], { axis: -1 }],
      ...mixed,
    ];
    const graph = graphOf(lines, constants);
    const after = expectSame(graph, passes, attentionAlone);
    const addend = after.nodes.at(-1)?.inputs[3] ?? "";
    expect(after.constants.get(addend)?.shape).toEqual([3, 2, 4, 4]);
  });

  test("is recognised with the tokens before the images, as PyTorch's own module has them", () => {
    const part = (name: string, from: string, to: string, perm: number[]): Line[] => [
      [`${name}s`, "Slice", ["l", from, to, "last"]],
      [`${name}r`, "Reshape", [`${name}s`, "byToken"]],
      [name, "Transpose", [`${name}r`], { perm }],
    ];
    const lines: Line[] = [
      ["t", "Reshape", ["x", "tokens"]],
      ["u", "Transpose", ["t"], { perm: [1, 0, 2] }],
      ["l", "Linear", ["u", "all", "allBias"]],
      ...part("q0", "zero", "six", [1, 0, 2]),
      ["q", "Div", ["q0", "root"]],
      ...part("k", "six", "twelve", [1, 2, 0]),
      ...part("v", "twelve", "eighteen", [1, 0, 2]),
      ["s", "MatMul", ["q", "k"]],
      ["p", "Softmax", ["s"], { axis: -1 }],
      ["o", "MatMul", ["p", "v"]],
      ["ot", "Transpose", ["o"], { perm: [1, 0, 2] }],
      ["or", "Reshape", ["ot", "rows"]],
      ["g", "Linear", ["or", "one", "bias"]],
      ["gr", "Reshape", ["g", "fromRows"]],
      ["y", "Transpose", ["gr"], { perm: [1, 0, 2] }],
    ];
    expectSame(graphOf(lines, constants), passes, [...attentionAlone, "Linear"]);
  });

  test.each([
    ["vit_b_16", 3],
    ["swin_t", 4],
  ])("is all that %s multiplies by what depends on images", (name, count) => {
    const bytes = readFileSync(join(fixturesFolder, `onnx/${name}.onnx`));
    const operators = optimised(readOnnx(bytes, name)).nodes.map(({ operator }) => operator);
    expect(operators.filter((operator) => operator === "MultiHeadAttention")).toHaveLength(count);
    expect(operators).not.toContain("MatMul");
    expect(operators).not.toContain("Softmax");
  });
});
