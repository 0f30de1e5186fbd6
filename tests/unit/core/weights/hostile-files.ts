/** Small files that lie: what fast-check draws when it is to break the reader of safetensors. */
import fc from "fast-check";
import { safetensorsFile } from "./safetensors-file";

/** Bytes of an element, from the format's description. */
const elementBytes = {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
  I64: 8,
  I32: 4,
  I16: 2,
  I8: 1,
  U64: 8,
  U32: 4,
  U16: 2,
  U8: 1,
  BOOL: 1,
} as const;
const dtypes = ["F64", "F32", "F16", "BF16", "I64", "I32", "I16", "I8", "U8", "BOOL"] as const;

interface Entry {
  readonly name: string;
  readonly dtype: unknown;
  readonly shape: unknown;
  readonly data_offsets: unknown;
}
interface Layout {
  readonly entries: readonly Entry[];
  readonly bodyBytes: number;
}

/** Names that objects, JSON or pages have a weakness for, among plain ones. */
const name = fc.oneof(
  fc.constantFrom("conv1.weight", "bn1.bias", "fc.weight", "a", "b"),
  fc.constantFrom("__proto__", "constructor", "toString", "hasOwnProperty", "__metadata__", ""),
  fc.constantFrom("\u0000", "\u2028", "é𝕏", "<img src=x>", "x".repeat(500)),
  fc.string({ maxLength: 8 }),
);

/** Tensors one after another, as the reference writes them. */
const soundLayout: fc.Arbitrary<Layout> = fc
  .uniqueArray(
    fc.record({
      name,
      dtype: fc.constantFrom(...dtypes),
      shape: fc.array(fc.nat(3), { maxLength: 4 }),
    }),
    { minLength: 1, maxLength: 5, selector: (tensor) => tensor.name },
  )
  .map((tensors) => {
    let end = 0;
    const entries = tensors.map(({ name, dtype, shape }) => {
      const start = end;
      end += shape.reduce((size, axis) => size * axis, elementBytes[dtype]);
      return { name, dtype, shape, data_offsets: [start, end] };
    });
    return { entries, bodyBytes: end };
  });

const wildNumber = fc.oneof(
  fc.nat(64),
  fc.constantFrom(-1, 0.5, 1e-7, 2 ** 31, 2 ** 32, 2 ** 40, 2 ** 50),
  fc.constantFrom(2 ** 53 - 1, 2 ** 53, 2 ** 63, 2 ** 64, 1e300),
);
const wildShape = fc.array(wildNumber, { maxLength: 10 });
const wildValue = fc.oneof(
  { weight: 4, arbitrary: wildShape },
  { weight: 4, arbitrary: fc.tuple(wildNumber, wildNumber) },
  { weight: 2, arbitrary: fc.constantFrom(...dtypes, "F8_E4M3", "f32", "__proto__", "toString") },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
);

/** Another value in one field of one entry, or an entry that comes twice. */
const entryEdit = fc.record({
  at: fc.nat(),
  field: fc.constantFrom("dtype", "shape", "data_offsets", "more", "twice"),
  value: wildValue,
});
type EntryEdit = typeof entryEdit extends fc.Arbitrary<infer T> ? T : never;

function edited(entries: readonly Entry[], { at, field, value }: EntryEdit): readonly Entry[] {
  const place = at % entries.length;
  const entry = entries[place];
  if (entry === undefined) return entries;
  if (field === "twice") return [...entries, { ...entry, data_offsets: value }];
  return entries.with(place, { ...entry, [field]: value });
}

/** Written by hand, since an object cannot hold a name twice. */
function headerText(entries: readonly Entry[]): string {
  const pairs = entries.map(({ name, ...fields }) => {
    return `${JSON.stringify(name)}:${JSON.stringify(fields)}`;
  });
  return `{${pairs.join(",")}}`;
}

/** A text put somewhere into the header. */
const textEdit = fc.record({
  at: fc.nat(),
  text: fc.oneof(
    fc.constantFrom('"', "{", "}", "]", ",", "null", "1e999", "\\ud800", "\ufeff", "   ", "\u0000"),
    fc.constantFrom('"__proto__":{"dtype":"F32","shape":[],"data_offsets":[0,4]},', '"a":{},'),
    fc.constantFrom('"__metadata__":{"format":"pt"},', '"__metadata__":{"a":{"b":1}},'),
    fc.nat(3_000).map((depth) => `"deep":${"[".repeat(depth)}`),
    fc.nat(3_000).map((depth) => `"deep":${"[".repeat(depth)}${"]".repeat(depth)},`),
  ),
});

const headerLength = fc.oneof(
  fc.constantFrom(0n, 1n, 2n ** 32n, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n, 100_000_000n),
  fc.nat(400).map(BigInt),
);

/** Damage to the file's bytes, wherever it falls. */
const byteEdit = fc.record({
  kind: fc.constantFrom("flip", "set", "cut", "append", "remove"),
  at: fc.nat(),
  value: fc.nat(255),
});
type ByteEdit = typeof byteEdit extends fc.Arbitrary<infer T> ? T : never;

function damaged(file: Uint8Array<ArrayBuffer>, { kind, at, value }: ByteEdit) {
  const place = file.length === 0 ? 0 : at % file.length;
  const bytes = Array.from(file);
  switch (kind) {
    case "flip":
      bytes[place] = (bytes[place] ?? 0) ^ (1 << (value % 8));
      break;
    case "set":
      bytes[place] = value;
      break;
    case "cut":
      bytes.length = place;
      break;
    case "append":
      bytes.push(...new Array<number>(1 + (value % 9)).fill(value));
      break;
    case "remove":
      bytes.splice(place, 1 + (value % 9));
      break;
    default:
      kind satisfies never;
  }
  return Uint8Array.from(bytes);
}

const inserted = (text: string, edit: { at: number; text: string }, from: number): string => {
  const place = from + (edit.at % Math.max(1, text.length - from));
  return text.slice(0, place) + edit.text + text.slice(place);
};

function fileOf({ entries, bodyBytes }: Layout, text = headerText(entries), length?: bigint) {
  const body = Uint8Array.from({ length: bodyBytes }, (_, k) => (37 * k) % 251);
  return safetensorsFile(text, body, length);
}

/** Files that the reference takes, unless a name in them is one that it gives another meaning. */
export const soundFile = soundLayout
  .filter(({ entries }) => entries.every((entry) => entry.name !== "__metadata__"))
  .map((layout) => fileOf(layout));

/** One kind of lie each, and all of them at once. */
export const hostileFile = fc.oneof(
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(soundLayout, fc.array(entryEdit, { minLength: 1, maxLength: 3 }))
      .map(([layout, edits]) =>
        fileOf({ ...layout, entries: edits.reduce(edited, layout.entries) }),
      ),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(soundLayout, textEdit, fc.boolean())
      .map(([layout, edit, atStart]) =>
        fileOf(
          layout,
          inserted(headerText(layout.entries), atStart ? { ...edit, at: 0 } : edit, 1),
        ),
      ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(soundLayout, headerLength)
      .map(([layout, length]) => fileOf(layout, undefined, length)),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(soundLayout, fc.array(byteEdit, { minLength: 1, maxLength: 3 }))
      .map(([layout, edits]) => edits.reduce(damaged, fileOf(layout))),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(soundLayout, entryEdit, textEdit, fc.option(headerLength), byteEdit)
      .map(([layout, entryEdit, textEdit, length, byteEdit]) => {
        const text = inserted(headerText(edited(layout.entries, entryEdit)), textEdit, 1);
        return damaged(fileOf(layout, text, length ?? undefined), byteEdit);
      }),
  },
);
