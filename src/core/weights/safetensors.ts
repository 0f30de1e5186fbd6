/**
 * Reads safetensors files (format 1 of https://github.com/huggingface/safetensors): eight bytes of
 * header length, a JSON header, then the tensors, little-endian and row-major.
 *
 * A file may come from anywhere, so every offset is checked before it is used, nothing is decoded
 * before the whole layout has passed, and nothing larger than a small multiple of the file is
 * allocated because the header says so. A file is valid if the reference implementation
 * (`Metadata::validate`) accepts it: the tensors follow each other from the first byte to the last,
 * without overlaps, holes or bytes left over. Stricter: a header has at most 10 MB, a shape at most
 * 8 axes and a product below 2⁵³, an entry no other fields. As in the reference, the last of two
 * entries with one name counts.
 */
import * as z from "../schema";
import { LabError } from "../errors";
import { fromBfloat16, fromFloat16 } from "./float16";
import type { State, StateTensor } from "./state";

/**
 * The format allows 100 MB. A network names some hundreds of tensors at a hundred bytes each, and
 * parsed JSON takes many times the memory of its text.
 */
const headerLimitBytes = 10_000_000;

const bytesOf = {
  F16: 2,
  BF16: 2,
  F32: 4,
  F64: 8,
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
type Dtype = keyof typeof bytesOf;

const entrySchema = z.strictObject({
  dtype: z.enum(Object.keys(bytesOf) as Dtype[]),
  shape: z.array(z.int().check(z.nonnegative())).check(z.maxLength(8)),
  data_offsets: z.tuple([z.int().check(z.nonnegative()), z.int().check(z.nonnegative())]),
});
type Entry = z.infer<typeof entrySchema>;

const metadataSchema = z.record(z.string(), z.string());
const headerSchema = z.object({ __metadata__: z.optional(metadataSchema) });

/** Free text by name. */
export type Metadata = ReadonlyMap<string, string>;

/**
 * Returns the floating-point tensors of a file. Integer tensors, such as PyTorch's
 * `num_batches_tracked`, are checked and left out: no forward pass reads them.
 *
 * @param name name of the file in errors
 * @throws LabError `bad-file` naming the fault
 */
export function parseSafetensors(bytes: Uint8Array, name: string): State {
  if (bytes.byteLength < 8) {
    throw refused(name, "a safetensors file, at least 8 bytes", `${bytes.byteLength} bytes`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerBytes = view.getBigUint64(0, true);
  const mostBytes = Math.min(headerLimitBytes, bytes.byteLength - 8);
  if (headerBytes > BigInt(mostBytes)) {
    throw refused(
      name,
      `a safetensors file, whose first 8 bytes give the header’s length, at most ${mostBytes}`,
      `another kind of file or a damaged one, whose first 8 bytes give ${String(headerBytes)}`,
    );
  }
  const headerEnd = 8 + Number(headerBytes);
  const entries = parseHeader(bytes.subarray(8, headerEnd), name);
  const body = bytes.subarray(headerEnd);
  checkLayout(entries, body.byteLength, name);

  const state = new Map<string, StateTensor>();
  for (const [tensor, entry] of entries) {
    const values = decode(entry, body);
    if (values) state.set(tensor, { shape: entry.shape, values });
  }
  return state;
}

/**
 * Returns the `__metadata__` of a file: free text by name.
 *
 * @param bytes a file that `parseSafetensors` has read
 * @param name name of the file in errors
 * @returns an empty map if the file has none
 * @throws LabError `bad-file` if they are not strings by name
 */
export function metadataOf(bytes: Uint8Array, name: string): Metadata {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = new TextDecoder("utf-8", { fatal: true }).decode(
    bytes.subarray(8, 8 + Number(view.getBigUint64(0, true))),
  );
  const { data, error } = headerSchema.safeParse(JSON.parse(text));
  if (data) return new Map(Object.entries(data.__metadata__ ?? {}));
  const found = error.issues[0]?.message ?? "an unexpected value";
  throw refused(`${name}: __metadata__`, "strings by name", found);
}

function parseHeader(bytes: Uint8Array, name: string): Map<string, Entry> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    throw refused(name, "a header in JSON", "a header that is not JSON");
  }
  const isObject = typeof header === "object" && header !== null && !Array.isArray(header);
  const named: readonly [string, unknown][] = isObject ? Object.entries(header as object) : [];
  const entries = new Map<string, Entry>();
  for (const [tensor, value] of named) {
    if (tensor === "__metadata__") {
      if (metadataSchema.safeParse(value).success) continue;
      throw refused(`${name}: ${tensor}`, "strings by name", "other values");
    }
    const entry = entrySchema.safeParse(value);
    if (!entry.success) {
      const found = entry.error.issues[0]?.message ?? "an unexpected value";
      throw refused(`${name}: ${quoted(tensor)}`, "a known dtype, a shape and two offsets", found);
    }
    entries.set(tensor, entry.data);
  }
  if (entries.size === 0) throw refused(name, "a header that names tensors", "none");
  return entries;
}

/**
 * Checks that every tensor has as many bytes as its shape needs, and begins where the previous one
 * ends.
 */
function checkLayout(entries: ReadonlyMap<string, Entry>, bodyBytes: number, name: string): void {
  let reached = 0;
  // An empty tensor comes before one that begins at the same byte.
  const inOrder = [...entries].sort(([, { data_offsets: a }], [, { data_offsets: b }]) =>
    a[0] === b[0] ? a[1] - b[1] : a[0] - b[0],
  );
  for (const [tensor, { dtype, shape, data_offsets: offsets }] of inOrder) {
    const [start, end] = offsets;
    const fail = (expected: string): never => {
      const found = `bytes ${start} to ${end}`;
      throw refused(`${name}: ${quoted(tensor)}`, expected, found);
    };
    const sizeBytes = sizeOf(dtype, shape);
    const size = sizeBytes === null ? "fewer than 2⁵³ bytes" : `${sizeBytes} bytes`;
    if (end > bodyBytes) fail(`data within the file's ${bodyBytes} bytes of tensors`);
    if (end - start !== sizeBytes) fail(`${size} for ${dtype} [${shape.join(",")}]`);
    if (start < reached) fail(`data from byte ${reached} on, after the previous tensor`);
    if (start > reached) fail(`data from byte ${reached} on, where the previous tensor ends`);
    reached = end;
  }
  if (reached < bodyBytes) {
    const left = `${bodyBytes - reached} more bytes`;
    throw refused(name, `no bytes after the last tensor, which ends at ${reached}`, left);
  }
}

/**
 * Returns null where the product overflows, even if an axis of 0 follows: the reference rejects
 * that too.
 */
function sizeOf(dtype: Dtype, shape: readonly number[]): number | null {
  let size: number = bytesOf[dtype];
  for (const axis of shape) {
    size *= axis;
    if (!Number.isSafeInteger(size)) return null;
  }
  return size;
}

function decode(entry: Entry, body: Uint8Array): Float32Array | undefined {
  // A copy starts at offset 0, where every element type is aligned. (Not `slice`: Node's Buffer
  // shares.)
  const copy = (): ArrayBuffer => new Uint8Array(body.subarray(...entry.data_offsets)).buffer;
  switch (entry.dtype) {
    case "F16":
      return fromFloat16(new Uint16Array(copy()));
    case "BF16":
      return fromBfloat16(new Uint16Array(copy()));
    case "F32":
      return new Float32Array(copy());
    case "F64":
      return new Float32Array(new Float64Array(copy()));
    case "I64":
    case "I32":
    case "I16":
    case "I8":
    case "U64":
    case "U32":
    case "U16":
    case "U8":
    case "BOOL":
      return undefined;
    default:
      return entry.dtype satisfies never;
  }
}

/** A tensor's name for a message, cut short: a hostile header could fill the page. */
function quoted(tensor: string): string {
  return tensor.length > 120 ? `${tensor.slice(0, 120)}…` : tensor;
}

function refused(input: string, expected: string, found: string): LabError {
  return new LabError({ code: "bad-file", input, expected, found });
}
