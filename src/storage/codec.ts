/**
 * Encodes plain values as bytes, and back: the contents of stored records, which are hashed. The
 * same value always gives the same bytes, whatever order its properties were set in.
 *
 * A value is one byte of kind, then its contents; counts are 32 bits, numbers 64, little-endian as
 * every machine that a browser runs on.
 */
import { LabError } from "../core/errors";

/** Kinds of values. They are in people's databases: never give one another meaning. */
const kind = { null: 0, false: 1, true: 2, number: 3, string: 4, array: 5, object: 6 } as const;

/** Kinds of typed arrays, 16 and on. */
const arrayKinds = [
  [16, Float32Array],
  [17, Float64Array],
  [18, Uint8Array],
  [19, Int32Array],
  [20, Uint32Array],
] as const;

/**
 * @param value null, booleans, numbers, text, arrays, plain objects and the typed arrays above.
 *   Properties that are undefined are left out, as in JSON
 * @throws LabError `bad-input` for anything else
 */
export function encoded(value: unknown): Uint8Array {
  const parts: Uint8Array[] = [];
  write(value, parts);
  const bytes = new Uint8Array(parts.reduce((size, part) => size + part.byteLength, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.byteLength;
  }
  return bytes;
}

/** @throws LabError `bad-file` when the bytes are not what {@link encoded} gives */
export function decoded(bytes: Uint8Array): unknown {
  const reader = new Reader(bytes);
  const value = reader.value();
  reader.end();
  return value;
}

function write(value: unknown, parts: Uint8Array[]): void {
  const tag = (code: number): void => void parts.push(Uint8Array.of(code));
  const typed = arrayKinds.find(([, type]) => value instanceof type);
  if (value === null) tag(kind.null);
  else if (value === false) tag(kind.false);
  else if (value === true) tag(kind.true);
  else if (typeof value === "number") {
    tag(kind.number);
    parts.push(new Uint8Array(Float64Array.of(value).buffer));
  } else if (typeof value === "string") {
    tag(kind.string);
    writeText(value, parts);
  } else if (Array.isArray(value)) {
    tag(kind.array);
    parts.push(count(value.length));
    for (const item of value) write(item, parts);
  } else if (typed && ArrayBuffer.isView(value)) {
    tag(typed[0]);
    parts.push(count(value.byteLength / typed[1].BYTES_PER_ELEMENT));
    parts.push(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
  } else if (isPlain(value)) {
    const entries = Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    tag(kind.object);
    parts.push(count(entries.length));
    for (const [name, field] of entries) {
      writeText(name, parts);
      write(field, parts);
    }
  } else {
    throw new LabError({
      code: "bad-input",
      input: "value to store",
      expected: "plain values and arrays of numbers",
      found: Object.prototype.toString.call(value),
    });
  }
}

function writeText(text: string, parts: Uint8Array[]): void {
  const bytes = new TextEncoder().encode(text);
  parts.push(count(bytes.byteLength), bytes);
}

function count(value: number): Uint8Array {
  return new Uint8Array(Uint32Array.of(value).buffer);
}

function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

class Reader {
  private readonly bytes: Uint8Array;
  private offset = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  value(): unknown {
    const code = this.take(1)[0] ?? NaN;
    switch (code) {
      case kind.null:
        return null;
      case kind.false:
        return false;
      case kind.true:
        return true;
      case kind.number:
        return new Float64Array(this.take(8).buffer)[0];
      case kind.string:
        return this.text();
      case kind.array: {
        const items: unknown[] = [];
        for (let left = this.count(); left > 0; left--) items.push(this.value());
        return items;
      }
      case kind.object: {
        const entries: [string, unknown][] = [];
        for (let left = this.count(); left > 0; left--) entries.push([this.text(), this.value()]);
        return Object.fromEntries(entries);
      }
      default:
        return this.numbers(code);
    }
  }

  end(): void {
    const left = this.bytes.byteLength - this.offset;
    if (left > 0) throw damaged(`${left} bytes more`);
  }

  private numbers(code: number): ArrayBufferView {
    const type = arrayKinds.find(([other]) => other === code)?.[1];
    if (!type) throw damaged(`kind ${code}`);
    return new type(this.take(this.count() * type.BYTES_PER_ELEMENT).buffer);
  }

  private text(): string {
    return new TextDecoder().decode(this.take(this.count()));
  }

  private count(): number {
    return new Uint32Array(this.take(4).buffer)[0] ?? 0;
  }

  /** A copy, since arrays of numbers must begin at a multiple of their size. */
  private take(length: number): Uint8Array<ArrayBuffer> {
    const end = this.offset + length;
    if (end > this.bytes.byteLength) throw damaged("an end too early");
    const part = new Uint8Array(this.bytes.subarray(this.offset, end));
    this.offset = end;
    return part;
  }
}

function damaged(found: string): LabError {
  return new LabError({
    code: "bad-file",
    input: "stored record",
    expected: "a complete value",
    found,
  });
}
