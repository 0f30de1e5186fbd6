/** Tensors of ONNX files, decoded. */
import { LabError } from "../errors";
import { hostBools, hostFloats, hostIntegers, sizeOf, type HostTensor } from "../graph/host-tensor";
import { fromBfloat16, fromFloat16 } from "../weights/float16";
import type { TensorMessage } from "./messages";

/** How a data type is stored. TensorProto.DataType. */
interface DataType {
  readonly name: string;
  readonly kind: HostTensor["type"];
  readonly bytes: number;
  readonly read: (view: DataView, at: number) => number;
  /** For halves, of which `read` gives the bits. */
  readonly fromBits?: (bits: Uint16Array) => Float32Array;
}

const dataTypes: Readonly<Record<number, DataType>> = {
  1: { name: "float", kind: "float", bytes: 4, read: (view, at) => view.getFloat32(at, true) },
  2: { name: "uint8", kind: "int", bytes: 1, read: (view, at) => view.getUint8(at) },
  3: { name: "int8", kind: "int", bytes: 1, read: (view, at) => view.getInt8(at) },
  4: { name: "uint16", kind: "int", bytes: 2, read: (view, at) => view.getUint16(at, true) },
  5: { name: "int16", kind: "int", bytes: 2, read: (view, at) => view.getInt16(at, true) },
  6: { name: "int32", kind: "int", bytes: 4, read: (view, at) => view.getInt32(at, true) },
  7: {
    name: "int64",
    kind: "int",
    bytes: 8,
    read: (view, at) => Number(view.getBigInt64(at, true)),
  },
  9: { name: "bool", kind: "bool", bytes: 1, read: (view, at) => Number(view.getUint8(at) !== 0) },
  10: {
    name: "float16",
    kind: "float",
    bytes: 2,
    read: (view, at) => view.getUint16(at, true),
    fromBits: fromFloat16,
  },
  11: { name: "double", kind: "float", bytes: 8, read: (view, at) => view.getFloat64(at, true) },
  12: { name: "uint32", kind: "int", bytes: 4, read: (view, at) => view.getUint32(at, true) },
  13: {
    name: "uint64",
    kind: "int",
    bytes: 8,
    read: (view, at) => Number(view.getBigUint64(at, true)),
  },
  16: {
    name: "bfloat16",
    kind: "float",
    bytes: 2,
    read: (view, at) => view.getUint16(at, true),
    fromBits: fromBfloat16,
  },
};

/**
 * @param where how errors name the tensor
 * @throws LabError `bad-file` for a type that is unknown, values that do not fill the shape or are in
 *   another file
 */
export function decodeTensor(message: TensorMessage, where: string): HostTensor {
  const refused = (expected: string, found: string): LabError =>
    new LabError({ code: "bad-file", input: where, expected, found });
  const type = dataTypes[message.type];
  if (!type) throw refused("a tensor of numbers", `data type ${message.type}`);
  const { dims } = message;
  const size = sizeOf(dims);
  if (!dims.every((dim) => Number.isSafeInteger(dim) && dim >= 0) || !Number.isSafeInteger(size)) {
    throw refused("sizes of at least 0", `[${dims.slice(0, 8).join(",")}]`);
  }
  if (message.external) {
    const location = (message.external.get("location") ?? "").slice(0, 200);
    throw refused(`the file ${location}, given together with the network`, "no such file");
  }
  const { raw } = message;
  if (raw && raw.byteLength !== size * type.bytes) {
    throw refused(`${size * type.bytes} bytes for [${dims.join(",")}]`, `${raw.byteLength}`);
  }
  if (!raw && message.numbers.length !== size) {
    throw refused(`${size} values for [${dims.join(",")}]`, `${message.numbers.length}`);
  }
  const values = raw ? decoded(raw, type, size) : inFields(message, type);
  switch (type.kind) {
    case "float":
      return hostFloats(dims, values);
    case "int":
      return hostIntegers(dims, values);
    case "bool":
      return hostBools(dims, values);
    default:
      return type.kind satisfies never;
  }
}

/** Number of bytes of a tensor's values; undefined for one that `decodeTensor` refuses. */
export function tensorBytes(type: number, dims: readonly number[]): number | undefined {
  const size = sizeOf(dims);
  const isSize = dims.every((dim) => dim >= 0) && Number.isSafeInteger(size);
  const bytes = dataTypes[type]?.bytes;
  return isSize && bytes !== undefined ? size * bytes : undefined;
}

function decoded(raw: Uint8Array, type: DataType, size: number): ArrayLike<number> {
  if (type.name === "float") {
    // An array of its own: in the file the values may begin at any byte.
    return new Float32Array(new Uint8Array(raw).buffer);
  }
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const out = type.kind === "float" ? new Float32Array(size) : new Float64Array(size);
  for (let at = 0; at < size; at++) out[at] = type.read(view, at * type.bytes);
  return type.fromBits ? type.fromBits(Uint16Array.from(out)) : out;
}

/** Values that are fields of the message; halves are there as the bits of whole numbers. */
function inFields({ numbers }: TensorMessage, { fromBits }: DataType): ArrayLike<number> {
  return fromBits ? fromBits(Uint16Array.from(numbers, (bits) => bits & 0xffff)) : numbers;
}
