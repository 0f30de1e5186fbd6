/** Writes small ONNX files (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto), field by field. */
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import type { HostTensor } from "../../../../src/core/graph/host-tensor";

const { LengthDelimited: bytes, Varint: number, Bit32: float } = WireType;

/** A whole number, a text, whole numbers, or a number that is a float whatever its value. */
type WrittenAttribute = number | string | readonly number[] | { readonly float: number };

/** A node; an input or output "" is absent. */
export interface NodeLine {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, WrittenAttribute>>;
}

/** A size, or a name for one that the file leaves open. */
type Dimension = number | string;

export interface Model {
  readonly opset: number;
  readonly nodes: readonly NodeLine[];
  readonly constants: Readonly<Record<string, HostTensor>>;
  readonly input: readonly [name: string, dimensions: readonly Dimension[]];
  readonly output: readonly [name: string, dimensions: readonly Dimension[]];
}

/** The bytes of an ONNX file. */
export function onnxFile({ opset, nodes, constants, input, output }: Model): Uint8Array {
  const graph = message((writer) => {
    for (const node of nodes) writer.tag(1, bytes).bytes(nodeBytes(node));
    for (const [name, value] of Object.entries(constants)) {
      writer.tag(5, bytes).bytes(tensorBytes(name, value));
    }
    writer.tag(11, bytes).bytes(valueBytes(...input));
    writer.tag(12, bytes).bytes(valueBytes(...output));
  });
  const version = message((writer) => writer.tag(2, number).int64(opset));
  return message((writer) => {
    writer.tag(1, number).int64(8).tag(7, bytes).bytes(graph).tag(8, bytes).bytes(version);
  });
}

export function message(write: (writer: BinaryWriter) => unknown): Uint8Array {
  const writer = new BinaryWriter();
  write(writer);
  return writer.finish();
}

function nodeBytes({ operator, inputs, outputs, attributes = {} }: NodeLine): Uint8Array {
  return message((writer) => {
    for (const input of inputs) writer.tag(1, bytes).string(input);
    for (const output of outputs) writer.tag(2, bytes).string(output);
    writer.tag(4, bytes).string(operator);
    for (const [name, value] of Object.entries(attributes)) {
      writer.tag(5, bytes).bytes(attributeBytes(name, value));
    }
  });
}

/** With its type as field 20, AttributeProto.AttributeType. */
function attributeBytes(name: string, value: WrittenAttribute): Uint8Array {
  return message((writer) => {
    writer.tag(1, bytes).string(name);
    if (typeof value === "number") {
      writer.tag(3, number).int64(value).tag(20, number).int32(2);
    } else if (typeof value === "string") {
      writer.tag(4, bytes).string(value).tag(20, number).int32(3);
    } else if ("float" in value) {
      writer.tag(2, float).float(value.float).tag(20, number).int32(1);
    } else {
      for (const entry of value) writer.tag(8, number).int64(entry);
      writer.tag(20, number).int32(7);
    }
  });
}

/** TensorProto.DataType, and the field of its values. */
const dataTypes = {
  float: { type: 1, field: 4 },
  int: { type: 7, field: 7 },
  bool: { type: 9, field: 5 },
} as const;

function tensorBytes(name: string, { type, shape, data }: HostTensor): Uint8Array {
  return message((writer) => {
    for (const size of shape) writer.tag(1, number).int64(size);
    writer.tag(2, number).int32(dataTypes[type].type);
    for (const value of data) {
      if (type === "float") writer.tag(dataTypes.float.field, float).float(value);
      else writer.tag(dataTypes[type].field, number).int64(value);
    }
    writer.tag(8, bytes).string(name);
  });
}

function valueBytes(name: string, dimensions: readonly Dimension[]): Uint8Array {
  const shape = message((writer) => {
    for (const dimension of dimensions) {
      const size = message((inner) =>
        typeof dimension === "number"
          ? inner.tag(1, number).int64(dimension)
          : inner.tag(2, bytes).string(dimension),
      );
      writer.tag(1, bytes).bytes(size);
    }
  });
  const tensor = message((writer) => writer.tag(1, number).int32(1).tag(2, bytes).bytes(shape));
  const type = message((writer) => writer.tag(1, bytes).bytes(tensor));
  return message((writer) => writer.tag(1, bytes).string(name).tag(2, bytes).bytes(type));
}
