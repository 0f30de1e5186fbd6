/** ONNX files as tests need them: small networks, and weights moved into files of their own. */
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { readTensor } from "../../../../src/core/onnx/messages";
import { fieldOf, joinedPieces, rewritten } from "../../../../src/core/onnx/rewrite";

const { LengthDelimited: bytes, Varint: number } = WireType;

export function message(write: (writer: BinaryWriter) => unknown): Uint8Array {
  const writer = new BinaryWriter();
  write(writer);
  return writer.finish();
}

export function node(operator: string, inputs: readonly string[], output: string): Uint8Array {
  return message((writer) => {
    for (const input of inputs) writer.tag(1, bytes).string(input);
    writer.tag(2, bytes).string(output).tag(4, bytes).string(operator);
  });
}

/** An image or logits, of which sizes in letters are left open. */
export function value(name: string, dims: readonly (number | string)[]): Uint8Array {
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

/** A tensor of whole numbers. */
export function integers(name: string, numbers: readonly number[]): Uint8Array {
  const int64 = 7;
  return message((writer) => {
    writer.tag(1, number).int64(numbers.length).tag(2, number).int32(int64);
    for (const size of numbers) writer.tag(7, number).int64(size);
    writer.tag(8, bytes).string(name);
  });
}

interface GraphParts {
  readonly nodes: readonly Uint8Array[];
  readonly weights?: readonly Uint8Array[];
  readonly input: Uint8Array;
  readonly output: Uint8Array;
}

/** A model of opset 13. */
export function model({ nodes, weights = [], input, output }: GraphParts): Uint8Array {
  const graph = message((writer) => {
    for (const each of nodes) writer.tag(1, bytes).bytes(each);
    for (const each of weights) writer.tag(5, bytes).bytes(each);
    writer.tag(11, bytes).bytes(input).tag(12, bytes).bytes(output);
  });
  const opset = message((writer) => writer.tag(2, number).int64(13));
  return message((writer) => {
    writer.tag(1, number).int64(8).tag(7, bytes).bytes(graph).tag(8, bytes).bytes(opset);
  });
}

/** Where a tensor's values are, as ONNX writes it. */
export type Place = Readonly<Record<string, string>>;

export interface Externalised {
  readonly onnx: Uint8Array;
  readonly data: Uint8Array;
}

/**
 * Moves the weights of a file into another, as `onnx.save_model` does with
 * `save_as_external_data`.
 *
 * @param placed changes what the file says of where the values are
 */
export function externalised(
  file: Uint8Array,
  location: string,
  placed: (place: Place, tensor: string) => Place = (place) => place,
): Externalised {
  const parts: Uint8Array[] = [];
  let offset = 0;
  const tensor = (contents: Uint8Array): readonly Uint8Array[] | null => {
    const { raw, name } = readTensor(contents);
    if (!raw || raw.byteLength < 64) return null;
    const place = placed(
      { location, offset: String(offset), length: String(raw.byteLength) },
      name,
    );
    parts.push(raw);
    offset += raw.byteLength;
    const entries = Object.entries(place).flatMap(([key, text]) =>
      fieldOf(13, [message((w) => w.tag(1, bytes).string(key).tag(2, bytes).string(text))]),
    );
    const external = message((writer) => writer.tag(14, number).int32(1));
    return [...(rewritten(contents, { 9: () => [] }) ?? []), ...entries, external];
  };
  const onnx = rewritten(file, { 7: (graph) => rewritten(graph, { 5: tensor }) });
  if (!onnx) throw new Error("a file without weights");
  return { onnx: joinedPieces(onnx), data: joinedPieces(parts) };
}

/** Pads images and takes the mean of each channel: three classes, images of any size. */
export function smallOpenNetwork(pad = 2): Uint8Array {
  return model({
    nodes: [
      node("Pad", ["images", "pads"], "padded"),
      node("Relu", ["padded"], "active"),
      node("GlobalAveragePool", ["active"], "mean"),
      node("Flatten", ["mean"], "logits"),
    ],
    weights: [integers("pads", [0, 0, 0, 0, 0, 0, pad, pad])],
    input: value("images", ["n", 3, "h", "w"]),
    output: value("logits", ["n", 3]),
  });
}

const images = value("images", ["n", 3, 8, 8]);
const logits = value("logits", ["n", 3]);

/** A network with one node of an operator, before the pooling. */
export function networkOf(operator: string): Uint8Array {
  return model({
    nodes: [
      node(operator, ["images"], "active"),
      node("GlobalAveragePool", ["active"], "mean"),
      node("Flatten", ["mean"], "logits"),
    ],
    input: images,
    output: logits,
  });
}

/** A network whose last layer reads the images again. */
export function skippedNetwork(): Uint8Array {
  return model({
    nodes: [
      node("Relu", ["images"], "first"),
      node("Sigmoid", ["first"], "second"),
      node("Add", ["second", "images"], "sum"),
      node("GlobalAveragePool", ["sum"], "mean"),
      node("GlobalAveragePool", ["images"], "imageMean"),
      node("Add", ["mean", "imageMean"], "means"),
      node("Flatten", ["means"], "logits"),
    ],
    input: images,
    output: logits,
  });
}

/** Two nodes that read each other. */
export function cyclicNetwork(): Uint8Array {
  return model({
    nodes: [
      node("Add", ["images", "second"], "first"),
      node("Relu", ["first"], "second"),
      node("GlobalAveragePool", ["second"], "mean"),
      node("Flatten", ["mean"], "logits"),
    ],
    input: images,
    output: logits,
  });
}
