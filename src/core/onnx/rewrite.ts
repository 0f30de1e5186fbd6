/**
 * Rewrites ONNX files field by field: what is not changed stays as it is, byte for byte, so that
 * equal files with equal changes are equal again.
 */
import { BinaryReader, BinaryWriter, WireType } from "@bufbuild/protobuf/wire";

/** Pieces of bytes, one after the other; large ones are parts of the file, not copies. */
export type Pieces = readonly Uint8Array[];

/** Returns a field's new contents; null where it stays as it is, no pieces where it goes. */
export type Change = (contents: Uint8Array) => Pieces | null;

/**
 * Rewrites a message.
 *
 * @param changes of length-delimited fields, by number
 * @returns null where nothing changed
 * @throws Error where the bytes are no message
 */
export function rewritten(
  bytes: Uint8Array,
  changes: Readonly<Record<number, Change>>,
): Pieces | null {
  const reader = new BinaryReader(bytes);
  const pieces: Uint8Array[] = [];
  /** Everything before it is in the pieces. */
  let done = 0;
  while (reader.pos < reader.len) {
    const start = reader.pos;
    const [field, wire] = reader.tag();
    const change = wire === WireType.LengthDelimited ? changes[field] : undefined;
    if (!change) {
      reader.skip(wire, field);
      continue;
    }
    const contents = change(reader.bytes());
    if (contents === null) continue;
    if (start > done) pieces.push(bytes.subarray(done, start));
    if (contents.length > 0) pieces.push(...fieldOf(field, contents));
    done = reader.pos;
  }
  if (done === 0) return null;
  if (done < bytes.byteLength) pieces.push(bytes.subarray(done));
  return pieces;
}

/** A length-delimited field. */
export function fieldOf(field: number, contents: Pieces): Pieces {
  const head = new BinaryWriter().tag(field, WireType.LengthDelimited).uint32(lengthOf(contents));
  return [head.finish(), ...contents];
}

function lengthOf(pieces: Pieces): number {
  return pieces.reduce((sum, { byteLength }) => sum + byteLength, 0);
}

export function joinedPieces(pieces: Pieces): Uint8Array {
  const joined = new Uint8Array(lengthOf(pieces));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.byteLength;
  }
  return joined;
}
