import { expect, test } from "vitest";
import { readAddress, writeAddress } from "../../../src/experiment/address/address";
import { fileRefOf, modelRefOf } from "../../../src/experiment/model-ref";
import { curveSchema, defaultSpec } from "../../../src/experiment/spec";

const [trunk, head] = ["a".repeat(64), "b".repeat(64)];

const refs = [
  { sha256: trunk },
  { sha256: trunk, head: { type: "published", sha256: head } },
  { sha256: trunk, head: { type: "fitted", data: "cifar10" } },
  { sha256: trunk, head: { type: "fitted", data: `sha256:${head}` } },
] as const;

test.each(refs)("a reference to files is read as it was written: %j", (ref) => {
  const text = modelRefOf(ref);
  expect(fileRefOf(text)).toEqual(ref);
  const spec = defaultSpec(text, "resnet18-w16-s0");
  const reading = readAddress(writeAddress({ spec, backend: null }), []);
  expect(reading.spec.curves[0].top).toBe(text);
});

test("a network of the zoo is no file", () => {
  expect(fileRefOf("resnet18-w16-s0")).toBeUndefined();
});

test.each([
  `sha256:${trunk}:linear:`,
  `sha256:${trunk}:head:${head.slice(1)}`,
  `sha256:${trunk}:ridge:cifar10`,
  `sha256:${trunk}:linear:cifar10:more`,
])("%s is no reference", (text) => {
  expect(curveSchema.safeParse({ top: text, bottom: text, seed: 0 }).success).toBe(false);
});
