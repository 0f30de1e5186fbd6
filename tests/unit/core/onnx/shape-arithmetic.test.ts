/** What is left of the nodes that exporters write, most of which compute shapes. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Graph, ValueName } from "../../../../src/core/graph/graph";
import { operators } from "../../../../src/core/graph/operators/registry";
import { optimised } from "../../../../src/core/graph/optimise";
import { readModel } from "../../../../src/core/onnx/messages";
import { readOnnx } from "../../../../src/core/onnx/read-onnx";
import { fixturesFolder } from "../../fixtures";

/** Those of which swin_t writes its windows' masks, its paddings and its shapes. */
const shapeArithmetic = [
  "Cast",
  "ConstantOfShape",
  "Equal",
  "Expand",
  "Gather",
  "Mod",
  "Not",
  "Range",
  "ScatterND",
  "Shape",
  "Unsqueeze",
  "Where",
];

const bytes = new Uint8Array(readFileSync(join(fixturesFolder, "onnx/swin_t.onnx")));

test("of swin_t’s nodes only the differentiable are left", () => {
  const inFile = readModel(bytes).graph?.nodes ?? [];
  const graph = optimised(readOnnx(bytes, "swin_t"));
  const left = graph.nodes.map(({ operator }) => operator);
  const found = new Set(inFile.map(({ operator }) => operator));
  expect(shapeArithmetic.filter((operator) => !found.has(operator))).toEqual([]);
  expect(inFile).toHaveLength(2475);
  expect(left).toHaveLength(131);
  expect(left.filter((operator) => shapeArithmetic.includes(operator))).toEqual([]);
  expect(left.filter((operator) => !operators[operator]?.prepare)).toEqual([]);
  expect(withoutImages(graph)).toEqual([]);
});

/** The values that nodes compute although no image changes them. */
function withoutImages({ nodes, input }: Graph): ValueName[] {
  const dependent = new Set([input]);
  for (const { inputs, output } of nodes) {
    if (inputs.some((name) => name !== undefined && dependent.has(name))) dependent.add(output);
  }
  return nodes.flatMap(({ output }) => (dependent.has(output) ? [] : [output]));
}
