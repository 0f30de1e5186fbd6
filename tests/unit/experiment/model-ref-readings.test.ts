/** How an ONNX file is read is a part of a network's name in specs and addresses. */
import { expect, test } from "vitest";
import { readingText, splitReading } from "../../../src/core/onnx/reading";
import { canonicalModelRef, fileRefOf, modelRefOf } from "../../../src/experiment/model-ref";

const file = `sha256:${"ab".repeat(32)}`;

test.each([
  ["", {}],
  [":side=224", { side: 224 }],
  [":taps=all", { taps: "all" }],
  [":side=28:taps=all", { side: 28, taps: "all" }],
] as const)("%j is written as it is read", (text, reading) => {
  expect(readingText(reading)).toBe(text);
  expect(splitReading(`a:b.onnx${text}`)).toEqual({ before: "a:b.onnx", reading });
  const ref = `${file}${text}`;
  expect(canonicalModelRef(ref)).toBe(ref);
  const found = fileRefOf(ref);
  expect(found?.reading ?? {}).toEqual(reading);
  expect(found && modelRefOf(found)).toBe(ref);
});

test("the usual size goes without saying, so that equal networks have equal names", () => {
  expect(canonicalModelRef(`${file}:side=32`)).toBe(file);
  expect(canonicalModelRef(`${file}:side=32:taps=all`)).toBe(`${file}:taps=all`);
});

test.each([":side=0", ":side=012", ":side=5000", ":side=99999", ":taps=some", ":taps=all:side=28"])(
  "%s is no name",
  (text) => expect(canonicalModelRef(`${file}${text}`)).toBeNull(),
);
