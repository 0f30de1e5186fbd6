/** ONNX files as tests need them: small networks, and weights moved into files of their own. */
import { WireType } from "@bufbuild/protobuf/wire";
import { hostIntegers, type HostTensor } from "../../../../src/core/graph/host-tensor";
import { readTensor } from "../../../../src/core/onnx/messages";
import { fieldOf, joinedPieces, rewritten } from "../../../../src/core/onnx/rewrite";
import { message, onnxFile, type NodeLine } from "./onnx-writer";

const { LengthDelimited: bytes, Varint: number } = WireType;

export function node(operator: string, inputs: readonly string[], output: string): NodeLine {
  return { operator, inputs, outputs: [output] };
}

/** A model of opset 13 for images of three channels, with three classes. */
export function model(
  nodes: readonly NodeLine[],
  sides: readonly (number | string)[] = [8, 8],
  constants: Readonly<Record<string, HostTensor>> = {},
): Uint8Array {
  return onnxFile({
    opset: 13,
    nodes,
    constants,
    input: ["images", ["n", 3, ...sides]],
    output: ["logits", ["n", 3]],
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
  const nodes = [
    node("Pad", ["images", "pads"], "padded"),
    node("Relu", ["padded"], "active"),
    node("GlobalAveragePool", ["active"], "mean"),
    node("Flatten", ["mean"], "logits"),
  ];
  return model(nodes, ["h", "w"], { pads: hostIntegers([8], [0, 0, 0, 0, 0, 0, pad, pad]) });
}

/** A network with one node of an operator, before the pooling. */
export function networkOf(operator: string): Uint8Array {
  return model([
    node(operator, ["images"], "active"),
    node("GlobalAveragePool", ["active"], "mean"),
    node("Flatten", ["mean"], "logits"),
  ]);
}

/** A network whose last layer reads the images again. */
export function skippedNetwork(): Uint8Array {
  return model([
    node("Relu", ["images"], "first"),
    node("Sigmoid", ["first"], "second"),
    node("Add", ["second", "images"], "sum"),
    node("GlobalAveragePool", ["sum"], "mean"),
    node("GlobalAveragePool", ["images"], "imageMean"),
    node("Add", ["mean", "imageMean"], "means"),
    node("Flatten", ["means"], "logits"),
  ]);
}

/** Two nodes that read each other. */
export function cyclicNetwork(): Uint8Array {
  return model([
    node("Add", ["images", "second"], "first"),
    node("Relu", ["first"], "second"),
    node("GlobalAveragePool", ["second"], "mean"),
    node("Flatten", ["mean"], "logits"),
  ]);
}
