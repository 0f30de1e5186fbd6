import { expect, test } from "vitest";
import { parameter, type State } from "../../../../src/core/weights/state";

const state: State = new Map([
  ["fc.weight", { shape: [2, 3], values: Float32Array.of(1, 2, 3, 4, 5, 6) }],
  ["bad", { shape: [3], values: Float32Array.of(1, NaN, 3) }],
  ["large", { shape: [2], values: Float32Array.of(1, -Infinity) }],
]);

test("a parameter of the expected shape is its values", () => {
  expect(parameter(state, "fc.weight", [2, 3])).toEqual(Float32Array.of(1, 2, 3, 4, 5, 6));
});

test("a missing parameter is named", () => {
  expect(() => parameter(state, "fc.bias", [2])).toThrow(
    "fc.bias: expected [2], found no such tensor in the file",
  );
});

test("a shape that differs is said with the one expected", () => {
  expect(() => parameter(state, "fc.weight", [3, 2])).toThrow(
    "fc.weight: expected [3,2], found [2,3]",
  );
});

test.each([
  { name: "bad", shape: [3], found: "NaN" },
  { name: "large", shape: [2], found: "-Infinity" },
])("a value of $found is refused", ({ name, shape, found }) => {
  expect(() => parameter(state, name, shape)).toThrow(
    expect.objectContaining({ name: "LabError", code: "bad-file", input: name, found }),
  );
});
