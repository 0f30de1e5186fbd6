/** Networks' files in pieces, and what fast-check draws when it is to make odd ones of them. */
import fc from "fast-check";
import * as z from "../../../../src/core/schema";
import { safetensorsFile } from "./safetensors-file";

/**
 * One tensor of a file, with its own bytes: whatever is done to them, a sound file can be made of
 * several.
 */
export interface Piece {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

const entrySchema = z.object({
  dtype: z.string(),
  shape: z.array(z.int()),
  data_offsets: z.tuple([z.int(), z.int()]),
});

export function piecesOf(file: Uint8Array): Piece[] {
  const headerBytes = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  const text = new TextDecoder().decode(file.subarray(8, 8 + headerBytes));
  const body = file.subarray(8 + headerBytes);
  return Object.entries(JSON.parse(text) as object)
    .filter(([name]) => name !== "__metadata__")
    .map(([name, entry]) => {
      const { dtype, shape, data_offsets: offsets } = entrySchema.parse(entry);
      return { name, dtype, shape, bytes: body.subarray(...offsets) };
    });
}

/** @param metadata texts by name; none are written without it */
export function fileOf(
  pieces: readonly Piece[],
  metadata?: Readonly<Record<string, string>>,
): Uint8Array {
  let end = 0;
  const entries = pieces.map(({ name, dtype, shape, bytes }) => {
    const start = end;
    end += bytes.length;
    return [name, { dtype, shape, data_offsets: [start, end] }] as const;
  });
  return safetensorsFile(
    { ...(metadata && { __metadata__: metadata }), ...Object.fromEntries(entries) },
    new Uint8Array(Buffer.concat(pieces.map(({ bytes }) => bytes))),
  );
}

/** One change to a network with parameters of these names. */
export const editOf = (names: readonly string[]) =>
  fc.record({
    kind: fc.constantFrom(
      "drop",
      "rename",
      "copy",
      "swap",
      "reverse",
      "flatten",
      "wrap",
      "halve",
      "empty",
      "integers",
      "brain",
      "poison",
    ),
    at: fc.nat(names.length - 1),
    // Early parameters decide what the file is taken for.
    other: fc.oneof(fc.nat(names.length - 1), fc.nat(3)),
    name: fc.oneof(
      fc.constantFrom(...names),
      fc.constantFrom(
        "conv4.weight",
        "bn4.weight",
        "layer1.1.conv1.weight",
        "layer4.1.conv1.weight",
      ),
      fc.constantFrom("layer1.0.conv3.weight", "__proto__", "cls_token", "pos_embed"),
    ),
    /** Half floats: NaN, ±∞, the largest, −1. */
    pattern: fc.constantFrom(0x7e00, 0x7c00, 0xfc00, 0x7bff, 0xbc00),
  });
export type Edit = ReturnType<typeof editOf> extends fc.Arbitrary<infer T> ? T : never;

export function edited(
  all: readonly Piece[],
  { kind, at, other, name, pattern }: Edit,
): readonly Piece[] {
  const place = at % Math.max(1, all.length);
  const piece = all[place];
  if (piece === undefined) return all;
  const { shape, bytes } = piece;
  const put = (changed: Partial<Piece>): readonly Piece[] =>
    all.with(place, { ...piece, ...changed });
  switch (kind) {
    case "drop":
      return all.toSpliced(place, 1);
    case "rename":
      return put({ name });
    case "copy":
      return [...all, { ...piece, name }];
    case "swap": {
      const second = all[other % all.length];
      return second === undefined ? all : put({ ...second, name: piece.name });
    }
    case "reverse":
      return put({ shape: shape.toReversed() });
    case "flatten":
      return put({ shape: [shape.reduce((size, axis) => size * axis, 1)] });
    case "wrap":
      return put({ shape: [1, ...shape] });
    case "halve": {
      const [first = 0, ...rest] = shape;
      const half = Math.floor(first / 2);
      const kept = first === 0 ? 0 : (bytes.length / first) * half;
      return put({ shape: [half, ...rest], bytes: bytes.subarray(0, kept) });
    }
    case "empty":
      return put({ shape: [0, ...shape.slice(1)], bytes: new Uint8Array() });
    case "integers":
      return put({ dtype: "I16" });
    case "brain":
      return put({ dtype: "BF16" });
    case "poison":
      return bytes.length < 2
        ? all
        : put({ bytes: Uint8Array.of(pattern & 0xff, pattern >> 8, ...bytes.subarray(2)) });
    default:
      return kind satisfies never;
  }
}
