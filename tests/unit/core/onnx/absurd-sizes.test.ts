/** ONNX files whose few bytes ask for too much memory. */
import { expect, test } from "vitest";
import { inputOf } from "../../../../src/core/nets/architecture";
import { readNetworkFile } from "../../../../src/core/nets/network-file";
import { smallOpenNetwork } from "./written-onnx";

test("a network whose values have billions of numbers is refused, naming the first", () => {
  expect(() => readNetworkFile(smallOpenNetwork(40_000), "file")).toThrow(
    expect.objectContaining({
      name: "LabError",
      code: "bad-file",
      input: "file",
      expected: "values of at most 268435456 numbers for one image",
      found: "padded of [1,40032,40032,3]",
    }),
  );
});

test("a small one is read, for images of the size that the caller or its architecture says", () => {
  const file = smallOpenNetwork(2);
  const { architecture } = readNetworkFile(file, "file", undefined, { height: 48, width: 48 });
  expect(inputOf(architecture)).toEqual({ height: 48, width: 48, channels: 3 });
  const again = readNetworkFile(file, "file", architecture);
  expect(again.architecture).toEqual(architecture);
  expect(inputOf(readNetworkFile(file, "file").architecture).height).toBe(32);
});
