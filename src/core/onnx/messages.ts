/**
 * Reads the messages of ONNX files (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto): those
 * fields of a model that a network needs. A file may come from anywhere: every length is checked by
 * the reader before it is used, and tensors stay where they are in the file until they are decoded.
 */
import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";

export interface ModelMessage {
  readonly producer: string;
  /** Version of ONNX's own operators; undefined when the file names none. */
  readonly opset: number | undefined;
  readonly graph: GraphMessage | undefined;
}

export interface GraphMessage {
  readonly name: string;
  readonly nodes: NodeMessage[];
  readonly initializers: TensorMessage[];
  readonly inputs: ValueMessage[];
  readonly outputs: ValueMessage[];
}

export interface NodeMessage {
  readonly name: string;
  readonly operator: string;
  /** "" for ONNX's own operators. */
  readonly domain: string;
  readonly inputs: string[];
  readonly outputs: string[];
  readonly attributes: AttributeMessage[];
}

export interface AttributeMessage {
  readonly name: string;
  readonly value: number | string | readonly number[] | TensorMessage | undefined;
}

export interface TensorMessage {
  readonly name: string;
  readonly dims: number[];
  /** TensorProto.DataType */
  readonly type: number;
  /** Little-endian, as a part of the file. */
  readonly raw: Uint8Array | undefined;
  readonly numbers: number[];
  /** Where the values are, when they are in another file: location, offset, length. */
  readonly external: ReadonlyMap<string, string> | undefined;
}

export interface ValueMessage {
  readonly name: string;
  /** A number, a name, or undefined where the file says nothing; undefined for no tensor. */
  readonly dims: (number | string | undefined)[] | undefined;
}

const utf8 = new TextDecoder("utf-8");

/** Reads one field and leaves the reader after it. */
type ReadField = (reader: BinaryReader, wire: WireType) => void;

/** @throws Error where the bytes are no such message */
export function readModel(bytes: Uint8Array): ModelMessage {
  let producer = "";
  let opset: number | undefined;
  let graph: GraphMessage | undefined;
  readFields(bytes, {
    2: (reader) => (producer = reader.string()),
    7: (reader) => (graph = readGraph(reader.bytes())),
    8: (reader) => {
      const { domain, version } = readOpset(reader.bytes());
      if (isOnnx(domain)) opset = version;
    },
  });
  return { producer, opset, graph };
}

/** Returns the free text of a model, by key. @throws Error where the bytes are no model */
export function readMetadata(bytes: Uint8Array): ReadonlyMap<string, string> {
  const metadata = new Map<string, string>();
  readFields(bytes, {
    14: (reader) => {
      const { key, value } = readEntry(reader.bytes());
      metadata.set(key, value);
    },
  });
  return metadata;
}

/** Whether a domain is that of ONNX's own operators. */
export function isOnnx(domain: string): boolean {
  return domain === "" || domain === "ai.onnx";
}

function readOpset(bytes: Uint8Array): { domain: string; version: number } {
  let domain = "";
  let version = 0;
  readFields(bytes, {
    1: (reader) => (domain = reader.string()),
    2: (reader) => (version = Number(reader.int64())),
  });
  return { domain, version };
}

function readGraph(bytes: Uint8Array): GraphMessage {
  let name = "";
  const nodes: NodeMessage[] = [];
  const initializers: TensorMessage[] = [];
  const inputs: ValueMessage[] = [];
  const outputs: ValueMessage[] = [];
  readFields(bytes, {
    1: (reader) => nodes.push(readNode(reader.bytes())),
    2: (reader) => (name = reader.string()),
    5: (reader) => initializers.push(readTensor(reader.bytes())),
    11: (reader) => inputs.push(readValue(reader.bytes())),
    12: (reader) => outputs.push(readValue(reader.bytes())),
  });
  return { name, nodes, initializers, inputs, outputs };
}

function readNode(bytes: Uint8Array): NodeMessage {
  let [name, operator, domain] = ["", "", ""];
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes: AttributeMessage[] = [];
  readFields(bytes, {
    1: (reader) => inputs.push(reader.string()),
    2: (reader) => outputs.push(reader.string()),
    3: (reader) => (name = reader.string()),
    4: (reader) => (operator = reader.string()),
    5: (reader) => attributes.push(readAttribute(reader.bytes())),
    7: (reader) => (domain = reader.string()),
  });
  return { name, operator, domain, inputs, outputs, attributes };
}

function readAttribute(bytes: Uint8Array): AttributeMessage {
  let name = "";
  let value: AttributeMessage["value"];
  const list: number[] = [];
  readFields(bytes, {
    1: (reader) => (name = reader.string()),
    2: (reader) => (value = reader.float()),
    3: (reader) => (value = Number(reader.int64())),
    4: (reader) => (value = utf8.decode(reader.bytes())),
    5: (reader) => (value = readTensor(reader.bytes())),
    7: (reader, wire) => readNumbers(reader, wire, list, (packed) => packed.float()),
    8: (reader, wire) => readNumbers(reader, wire, list, (packed) => Number(packed.int64())),
  });
  return { name, value: value ?? (list.length > 0 ? list : undefined) };
}

/** @throws Error where the bytes are no such message */
export function readTensor(bytes: Uint8Array): TensorMessage {
  let name = "";
  let type = 0;
  let raw: Uint8Array | undefined;
  const location = { isExternal: false };
  const dims: number[] = [];
  const numbers: number[] = [];
  const external = new Map<string, string>();
  const whole = (reader: BinaryReader): number => Number(reader.int64());
  readFields(bytes, {
    1: (reader, wire) => readNumbers(reader, wire, dims, whole),
    2: (reader) => (type = reader.int32()),
    4: (reader, wire) => readNumbers(reader, wire, numbers, (packed) => packed.float()),
    5: (reader, wire) => readNumbers(reader, wire, numbers, (packed) => packed.int32()),
    7: (reader, wire) => readNumbers(reader, wire, numbers, whole),
    8: (reader) => (name = reader.string()),
    9: (reader) => (raw = reader.bytes()),
    10: (reader, wire) => readNumbers(reader, wire, numbers, (packed) => packed.double()),
    11: (reader, wire) => readNumbers(reader, wire, numbers, (packed) => Number(packed.uint64())),
    13: (reader) => {
      const { key, value } = readEntry(reader.bytes());
      external.set(key, value);
    },
    14: (reader) => (location.isExternal = reader.int32() === 1),
  });
  return { name, dims, type, raw, numbers, external: location.isExternal ? external : undefined };
}

function readEntry(bytes: Uint8Array): { key: string; value: string } {
  let [key, value] = ["", ""];
  readFields(bytes, {
    1: (reader) => (key = reader.string()),
    2: (reader) => (value = reader.string()),
  });
  return { key, value };
}

/** ValueInfoProto, of which only the name and a tensor's shape are read. */
function readValue(bytes: Uint8Array): ValueMessage {
  let name = "";
  let dims: ValueMessage["dims"];
  readFields(bytes, {
    1: (reader) => (name = reader.string()),
    2: (reader) =>
      readFields(reader.bytes(), {
        1: (tensor) =>
          readFields(tensor.bytes(), {
            2: (shape) => (dims = readShape(shape.bytes())),
          }),
      }),
  });
  return { name, dims };
}

function readShape(bytes: Uint8Array): (number | string | undefined)[] {
  const dims: (number | string | undefined)[] = [];
  readFields(bytes, {
    1: (reader) => {
      let dim: number | string | undefined;
      readFields(reader.bytes(), {
        1: (size) => (dim = Number(size.int64())),
        2: (size) => (dim = size.string()),
      });
      dims.push(dim);
    },
  });
  return dims;
}

/** Reads a repeated number, which may be packed. */
function readNumbers(
  reader: BinaryReader,
  wire: WireType,
  into: number[],
  read: (reader: BinaryReader) => number,
): void {
  if (wire !== WireType.LengthDelimited) {
    into.push(read(reader));
    return;
  }
  const packed = new BinaryReader(reader.bytes());
  while (packed.pos < packed.len) into.push(read(packed));
}

/** Reads a message field by field; those without a reader are skipped. */
function readFields(bytes: Uint8Array, fields: Readonly<Record<number, ReadField>>): void {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [field, wire] = reader.tag();
    const read = fields[field];
    if (read) read(reader, wire);
    else reader.skip(wire, field);
  }
}
