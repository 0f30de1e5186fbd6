/** ONNX files that are sound as files, but no networks that can be stitched: what is said of them. */
import { expect, test } from "vitest";
import { LabError } from "../../../../src/core/errors";
import { operators, ownOperators } from "../../../../src/core/graph/operators/registry";
import { readNetworkFile } from "../../../../src/core/nets/network-file";
import { cyclicNetwork, model, networkOf, node, skippedNetwork } from "./written-onnx";

function refusal(bytes: Uint8Array): LabError {
  try {
    readNetworkFile(bytes, "net.onnx");
  } catch (thrown) {
    if (thrown instanceof LabError) return thrown;
    throw thrown;
  }
  throw new Error("it was read");
}

test("an unknown operator is refused by its node, its file and the list of those that are known", () => {
  const { code, input, expected, found } = refusal(networkOf("Einsum")).toData();
  expect({ code, input, found }).toEqual({
    code: "bad-file",
    input: "net.onnx: node active",
    found: "Einsum",
  });
  const listed = expected.replace("an operator of ", "").split(", ");
  expect(listed).toEqual([...listed].sort());
  // ONNX's names, also of those that are written as others; none that only we use.
  expect(listed).toEqual(expect.arrayContaining(["Constant", "Conv", "MatMul", "Split", "Where"]));
  for (const name of ownOperators) expect(listed).not.toContain(name);
  const own = new Set(ownOperators);
  expect(listed).toHaveLength(Object.keys(operators).filter((name) => !own.has(name)).length + 2);
});

test.each(ownOperators)("%s, a name of ours, is no operator that a file can have", (operator) => {
  expect(refusal(networkOf(operator))).toMatchObject({
    code: "bad-file",
    input: "net.onnx: node active",
    found: operator,
  });
});

test.each(["Split", "Constant"])(
  "%s of the list is read, written as other operators",
  (operator) => {
    const error = refusal(networkOf(operator)).toData();
    expect(error.expected).not.toContain("an operator of");
  },
);

test("an unknown operator that the logits do not need is no reason to refuse", () => {
  const file = model([
    node("Relu", ["images"], "active"),
    node("Einsum", ["active"], "unread"),
    node("GlobalAveragePool", ["active"], "mean"),
    node("Flatten", ["mean"], "logits"),
  ]);
  expect(readNetworkFile(file, "net.onnx").type).toBe("graph");
});

test("a network in which nothing but the images separates is told so", () => {
  expect(refusal(skippedNetwork()).message).toBe(
    "net.onnx: expected a network with a layer through which everything passes, found none: connections skip each of them",
  );
});

test("a cycle is refused by the name of one of its nodes", () => {
  expect(refusal(cyclicNetwork())).toMatchObject({ code: "bad-file", found: "a cycle" });
});
