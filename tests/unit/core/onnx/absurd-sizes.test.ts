/** ONNX files whose few bytes ask for too much memory. */
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { expect, test } from "vitest";
import { inputOf } from "../../../../src/core/nets/architecture";
import { readNetworkFile } from "../../../../src/core/nets/network-file";

const { LengthDelimited: bytes, Varint: number } = WireType;

function message(write: (writer: BinaryWriter) => unknown): Uint8Array {
  const writer = new BinaryWriter();
  write(writer);
  return writer.finish();
}

function node(operator: string, inputs: readonly string[], output: string): Uint8Array {
  return message((writer) => {
    for (const input of inputs) writer.tag(1, bytes).string(input);
    writer.tag(2, bytes).string(output).tag(4, bytes).string(operator);
  });
}

function value(name: string, dims: readonly (number | string)[]): Uint8Array {
  const shape = message((writer) => {
    for (const dim of dims) {
      const size = message((inner) =>
        typeof dim === "number" ? inner.tag(1, number).int64(dim) : inner.tag(2, bytes).string(dim),
      );
      writer.tag(1, bytes).bytes(size);
    }
  });
  const tensor = message((writer) => writer.tag(1, number).int32(1).tag(2, bytes).bytes(shape));
  const type = message((writer) => writer.tag(1, bytes).bytes(tensor));
  return message((writer) => writer.tag(1, bytes).string(name).tag(2, bytes).bytes(type));
}

/** Pads images and takes the mean of each channel: three classes. */
function paddingNetwork(pad: number): Uint8Array {
  const pads = message((writer) => {
    const int64 = 7;
    writer.tag(1, number).int64(8).tag(2, number).int32(int64);
    for (const size of [0, 0, 0, 0, 0, 0, pad, pad]) writer.tag(7, number).int64(size);
    writer.tag(8, bytes).string("pads");
  });
  const graph = message((writer) => {
    writer.tag(1, bytes).bytes(node("Pad", ["images", "pads"], "padded"));
    writer.tag(1, bytes).bytes(node("GlobalAveragePool", ["padded"], "mean"));
    writer.tag(1, bytes).bytes(node("Flatten", ["mean"], "logits"));
    writer.tag(5, bytes).bytes(pads);
    writer.tag(11, bytes).bytes(value("images", ["n", 3, "h", "w"]));
    writer.tag(12, bytes).bytes(value("logits", ["n", 3]));
  });
  const opset = message((writer) => writer.tag(2, number).int64(13));
  return message((writer) => {
    writer.tag(1, number).int64(8).tag(7, bytes).bytes(graph).tag(8, bytes).bytes(opset);
  });
}

test("a network whose values have billions of numbers is refused, naming the first", () => {
  expect(() => readNetworkFile(paddingNetwork(40_000), "file")).toThrow(
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
  const file = paddingNetwork(2);
  const { architecture } = readNetworkFile(file, "file", undefined, { height: 48, width: 48 });
  expect(inputOf(architecture)).toEqual({ height: 48, width: 48, channels: 3 });
  const again = readNetworkFile(file, "file", architecture);
  expect(again.architecture).toEqual(architecture);
  expect(inputOf(readNetworkFile(file, "file").architecture).height).toBe(32);
});
