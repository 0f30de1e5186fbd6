/** Seeded damage to ONNX files: to their bytes, and to their fields, with every length corrected. */
import { BinaryReader, BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import type { Generator } from "../../../../src/core/random/generator";
import { mutated } from "../weights/mutations";

/** A field of a message: a number, bytes, or a message in turn. */
interface Field {
  readonly number: number;
  readonly wire: WireType;
  readonly value: bigint | Uint8Array | readonly Field[];
}

/** Which fields of a message are messages that we open, and which of theirs. */
interface Messages {
  readonly [field: number]: Messages;
}

const tensor: Messages = { 13: {} };
const attribute: Messages = { 5: tensor };
const value: Messages = { 2: { 1: { 2: { 1: {} } } } };
const graph: Messages = { 1: { 5: attribute }, 5: tensor, 11: value, 12: value };
const model: Messages = { 7: graph, 8: {} };

/** A damaged copy of an ONNX file. */
export type Damage = (random: Generator) => Uint8Array;

/** Reads a file once, for many damaged copies of it. */
export function damageTo(file: Uint8Array): Damage {
  const fields = fieldsOf(file, model);
  const texts = textsOf(fields);
  return (random) => {
    if (random.below(4) === 0) return mutated(file, random);
    let damaged: readonly Field[] = fields;
    for (let changes = 1 + random.below(3); changes > 0; changes--) {
      damaged = withDamage(damaged, texts, random);
    }
    return bytesOf(damaged);
  };
}

function fieldsOf(bytes: Uint8Array, messages: Messages): Field[] {
  const reader = new BinaryReader(bytes);
  const fields: Field[] = [];
  while (reader.pos < reader.len) {
    const [number, wire] = reader.tag();
    const inside = messages[number];
    const value = inside ? fieldsOf(reader.bytes(), inside) : readValue(reader, wire);
    fields.push({ number, wire, value });
  }
  return fields;
}

function readValue(reader: BinaryReader, wire: WireType): bigint | Uint8Array {
  if (wire === WireType.Varint) return BigInt(reader.int64());
  if (wire === WireType.Bit64) return BigInt(reader.sfixed64());
  if (wire === WireType.Bit32) return BigInt(reader.sfixed32());
  return reader.bytes();
}

function bytesOf(fields: readonly Field[]): Uint8Array {
  const writer = new BinaryWriter();
  for (const { number, wire, value } of fields) {
    writer.tag(number, wire);
    if (typeof value === "bigint") write(writer, wire, value);
    else writer.bytes(value instanceof Uint8Array ? value : bytesOf(value));
  }
  return writer.finish();
}

function write(writer: BinaryWriter, wire: WireType, value: bigint): void {
  if (wire === WireType.Varint) writer.int64(value);
  else if (wire === WireType.Bit64) writer.sfixed64(value);
  else writer.sfixed32(Number(BigInt.asIntN(32, value)));
}

/** Changes one field, or goes into it and changes one of its own. */
function withDamage(
  fields: readonly Field[],
  texts: readonly Uint8Array[],
  random: Generator,
): Field[] {
  const at = random.below(Math.max(1, fields.length));
  const field = fields[at];
  if (!field) return [...fields];
  const before = fields.slice(0, at);
  const after = fields.slice(at + 1);
  const { value } = field;
  const isMessage = typeof value !== "bigint" && !(value instanceof Uint8Array);
  // Whole nodes and tensors are changed less often than what is in them.
  if (isMessage && random.below(8) !== 0) {
    return [...before, { ...field, value: withDamage(value, texts, random) }, ...after];
  }
  const other = fields[random.below(fields.length)] ?? field;
  switch (random.below(isMessage ? 4 : 8)) {
    case 0: // It is lost.
      return [...before, ...after];
    case 1: // It comes twice.
      return [...before, field, field, ...after];
    case 2: // It comes first.
      return [field, ...before, ...after];
    case 3: // Another one takes its place.
      return [...before, { ...other, number: field.number }, ...after];
    default:
      return [...before, { ...field, value: otherValue(value, texts, random) }, ...after];
  }
}

/** Numbers at which arithmetic, sizes and loops go wrong. */
const numbers = [0n, 1n, 2n, 3n, 7n, 16n, 1000n, 1n << 16n, 1n << 26n, 1n << 31n, 1n << 40n];
const extremes = [...numbers, (1n << 53n) - 1n, 1n << 53n, (1n << 63n) - 1n];

function otherValue(
  value: Field["value"],
  texts: readonly Uint8Array[],
  random: Generator,
): Field["value"] {
  if (typeof value === "bigint") {
    const number = extremes[random.below(extremes.length)] ?? 0n;
    return random.below(3) === 0 ? -number : number;
  }
  if (!(value instanceof Uint8Array)) return value;
  switch (random.below(4)) {
    case 0: // Cut short.
      return value.slice(0, random.below(value.length + 1));
    case 1: // Zeros.
      return new Uint8Array(value.length);
    case 2: // Other bytes.
      return value.map(() => random.below(256));
    default: // Another name or text of the file: a missing value, a cycle, another operator.
      return texts[random.below(Math.max(1, texts.length))] ?? value;
  }
}

/** The short values of bytes: names and texts. */
function textsOf(fields: readonly Field[]): Uint8Array[] {
  return fields.flatMap(({ value }) => {
    if (typeof value === "bigint") return [];
    if (!(value instanceof Uint8Array)) return textsOf(value);
    return value.length <= 100 ? [value] : [];
  });
}
