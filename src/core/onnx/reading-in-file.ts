/** How a network is read from an ONNX file, in the file's metadata. */
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { LabError } from "../errors";
import { readMetadata } from "./messages";
import { largestSide, splitReading, type Reading } from "./reading";
import { fieldOf, joinedPieces } from "./rewrite";

const keys = { side: "stitch_lab.side", taps: "stitch_lab.taps" } as const;

/** Returns the file with a reading in its metadata; the file itself where nothing is to be said. */
export function withReading(bytes: Uint8Array, { side, taps }: Reading): Uint8Array {
  const entry = (key: string, value: string): readonly Uint8Array[] => {
    const text = new BinaryWriter()
      .tag(1, WireType.LengthDelimited)
      .string(key)
      .tag(2, WireType.LengthDelimited)
      .string(value);
    return fieldOf(14, [text.finish()]);
  };
  const added = [
    ...(side === undefined ? [] : entry(keys.side, String(side))),
    ...(taps === undefined ? [] : entry(keys.taps, taps)),
  ];
  // The fields of a message may be in any order.
  return added.length === 0 ? bytes : joinedPieces([bytes, ...added]);
}

/**
 * @param name how errors name the file
 * @throws LabError `bad-file` for a damaged file, or a reading that is none
 */
export function readingIn(bytes: Uint8Array, name: string): Reading {
  let metadata: ReadonlyMap<string, string>;
  try {
    metadata = readMetadata(bytes);
  } catch (cause) {
    const found = cause instanceof Error ? cause.message : "bytes that are none";
    throw new LabError(
      { code: "bad-file", input: name, expected: "an ONNX model", found },
      { cause },
    );
  }
  const [side, taps] = [metadata.get(keys.side), metadata.get(keys.taps)];
  const text = (side ? `:side=${side}` : "") + (taps ? `:taps=${taps}` : "");
  const { before, reading } = splitReading(text);
  if (before === "") return reading;
  const expected = `sides of 1 to ${largestSide}, taps all`;
  throw new LabError({
    code: "bad-file",
    input: `${name}: metadata`,
    expected,
    found: before.slice(0, 100),
  });
}
