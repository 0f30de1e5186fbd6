import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import * as z from "../../../../src/core/schema";
import { LabError } from "../../../../src/core/errors";
import { architectureSchema } from "../../../../src/core/nets/architecture";
import { frozenNetwork } from "../../../../src/core/nets/network";
import { tf } from "../../../../src/core/tensor/tf";
import { recogniseArchitecture } from "../../../../src/core/nets/recognise";
import { parseSafetensors } from "../../../../src/core/weights/safetensors";
import { useBackend } from "../../backend";
import { tinyFolder } from "../../fixtures";
import { safetensorsFile } from "./safetensors-file";

beforeAll(() => useBackend("cpu"));

/**
 * One tensor of a file, with its own bytes: whatever is done to them, a sound file can be made of
 * several.
 */
interface Piece {
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

function piecesOf(file: Uint8Array): Piece[] {
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

function fileOf(pieces: readonly Piece[]): Uint8Array {
  let end = 0;
  const entries = pieces.map(({ name, dtype, shape, bytes }) => {
    const start = end;
    end += bytes.length;
    return [name, { dtype, shape, data_offsets: [start, end] }] as const;
  });
  return safetensorsFile(
    Object.fromEntries(entries),
    new Uint8Array(Buffer.concat(pieces.map(({ bytes }) => bytes))),
  );
}

const pieces = piecesOf(readFileSync(resolve(tinyFolder, "tiny-a.safetensors")));
const names = pieces.map(({ name }) => name);

const edit = fc.record({
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
  at: fc.nat(pieces.length - 1),
  // Early parameters decide what the file is taken for.
  other: fc.oneof(fc.nat(pieces.length - 1), fc.nat(3)),
  name: fc.oneof(
    fc.constantFrom(...names),
    fc.constantFrom("conv4.weight", "bn4.weight", "layer1.1.conv1.weight", "layer4.1.conv1.weight"),
    fc.constantFrom("layer1.0.conv3.weight", "__proto__", "cls_token", "pos_embed"),
  ),
  /** Half floats: NaN, ±∞, the largest, −1. */
  pattern: fc.constantFrom(0x7e00, 0x7c00, 0xfc00, 0x7bff, 0xbc00),
});
type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never;

function edited(all: readonly Piece[], { kind, at, other, name, pattern }: Edit): readonly Piece[] {
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

test("500 sound files of odd networks are each built or refused by name, and leave no tensor behind", () => {
  const counts = { built: 0, refused: 0 };
  const before = tf.memory().numTensors;
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
      const file = fileOf(edits.reduce(edited, pieces));
      try {
        // A name that comes twice leaves the first one's bytes to nobody, and is refused for that.
        const state = parseSafetensors(file, "odd");
        const architecture = recogniseArchitecture(state, "odd");
        frozenNetwork(state, architecture).dispose();
        counts.built++;
        architectureSchema.parse(architecture);
      } catch (thrown) {
        if (!(thrown instanceof LabError)) throw thrown;
        if (thrown.input === "") throw new Error("an error that names nothing");
        counts.refused++;
      }
    }),
    { numRuns: 500, seed: 20_210_614 },
  );
  expect(counts.built).toBeGreaterThan(10);
  expect(counts.refused).toBeGreaterThan(200);
  expect(tf.memory().numTensors).toBe(before);
});
