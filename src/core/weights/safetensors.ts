/**
 * Reads safetensors files (format 1 of https://github.com/huggingface/safetensors): eight bytes of
 * header length, a JSON header, then the tensors, little-endian and row-major.
 *
 * A file may come from anywhere, so every offset is checked before it is used, and nothing larger
 * than a small multiple of the file is allocated because the header says so. A tensor is decoded
 * when its values are read: a file that is refused for its names or shapes costs no more than its
 * header. A file is valid if the reference implementation
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
export const headerLimitBytes = 10_000_000;

/**
 * The largest file that is taken in a browser: a Vision Transformer of the base size (Dosovitskiy et al. 2021,
 * table 1) has 344 MB in float32, and the largest network of the usual recipes for images of this
 * size, ResNet-18 with 64 filters, 45 MB.
 */
export const fileLimitBytes = 500_000_000;

/**
 * Checks the size of a file that somebody gives, before it is read.
 *
 * @param name name of the file in the error
 * @param limitBytes a browser's by default
 * @throws LabError `bad-file` when it is too large
 */
export function checkFileSize(
  sizeBytes: number,
  name: string,
  limitBytes: number = fileLimitBytes,
): void {
  if (sizeBytes <= limitBytes) return;
  const inBytes = (size: number): string => `${size.toLocaleString("en")} bytes`;
  throw refused(name, `at most ${inBytes(limitBytes)}`, inBytes(sizeBytes));
}

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
export type Dtype = keyof typeof bytesOf;

/** Decode the bytes of a tensor; null for integers. */
const decoders: Readonly<Record<Dtype, ((bytes: Uint8Array) => Float32Array) | null>> = {
  F16: (bytes) => fromFloat16(new Uint16Array(...placed(bytes, 2))),
  BF16: (bytes) => fromBfloat16(new Uint16Array(...placed(bytes, 2))),
  // A copy, so a few parameters do not keep the file in memory.
  F32: (bytes) => new Float32Array(new Uint8Array(bytes).buffer),
  F64: (bytes) => new Float32Array(new Float64Array(...placed(bytes, 8))),
  I64: null,
  I32: null,
  I16: null,
  I8: null,
  U64: null,
  U32: null,
  U16: null,
  U8: null,
  BOOL: null,
};

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
 * Returns the floating-point tensors of a file, not decoded yet. Integer tensors, such as PyTorch's
 * `num_batches_tracked`, are checked and left out: no forward pass reads them.
 *
 * @param bytes stay in use as long as the state: not to be changed
 * @param name name of the file in errors
 * @throws LabError `bad-file` naming the fault
 */
export function parseSafetensors(bytes: Uint8Array, name: string): State {
  const { entries, bodyStart } = readHeader(bytes, bytes.byteLength, name);
  const body = bytes.subarray(bodyStart);
  const state = new Map<string, StateTensor>();
  for (const [tensor, { dtype, shape, data_offsets: offsets }] of entries) {
    const decode = decoders[dtype];
    if (!decode) continue;
    state.set(tensor, {
      shape,
      get values() {
        return decode(body.subarray(...offsets));
      },
    });
  }
  return state;
}

/**
 * Reads what a file says of its tensors, and checks it against the file's size.
 *
 * @param bytes the file, or its beginning with the whole header
 * @param name name of the file in errors
 * @throws LabError `bad-file` naming the fault
 */
export function readHeader(
  bytes: Uint8Array,
  sizeBytes: number,
  name: string,
): { readonly entries: ReadonlyMap<string, Entry>; readonly bodyStart: number } {
  if (sizeBytes < 8) {
    throw refused(name, "a safetensors file, at least 8 bytes", `${sizeBytes} bytes`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerBytes = view.getBigUint64(0, true);
  const mostBytes = Math.min(headerLimitBytes, sizeBytes - 8);
  if (headerBytes > BigInt(mostBytes)) {
    throw refused(
      name,
      `a safetensors file, whose first 8 bytes give the header’s length, at most ${mostBytes}`,
      `another kind of file or a damaged one, whose first 8 bytes give ${String(headerBytes)}`,
    );
  }
  const bodyStart = 8 + Number(headerBytes);
  const entries = parseHeader(bytes.subarray(8, bodyStart), name);
  checkLayout(entries, sizeBytes - bodyStart, name);
  return { entries, bodyStart };
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

/**
 * Where an array of elements lies: in the file itself if its first byte is aligned, else in a copy,
 * which starts at 0.
 */
function placed(bytes: Uint8Array, elementBytes: number): [ArrayBufferLike, number, number] {
  const length = bytes.byteLength / elementBytes;
  if (bytes.byteOffset % elementBytes === 0) return [bytes.buffer, bytes.byteOffset, length];
  return [new Uint8Array(bytes).buffer, 0, length];
}

/** A tensor's name for a message, cut short: a hostile header could fill the page. */
function quoted(tensor: string): string {
  return tensor.length > 120 ? `${tensor.slice(0, 120)}…` : tensor;
}

function refused(input: string, expected: string, found: string): LabError {
  return new LabError({ code: "bad-file", input, expected, found });
}
