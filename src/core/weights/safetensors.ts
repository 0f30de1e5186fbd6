/**
 * Reads safetensors files (format 1 of https://github.com/huggingface/safetensors): eight bytes of
 * header length, a JSON header, then the tensors, little-endian and row-major.
 *
 * A file may come from anywhere, so every offset is checked before it is used, and nothing larger than
 * the file itself is allocated on the header's word.
 */
import { z } from "zod";
import { LabError } from "../errors";
import { fromBfloat16, fromFloat16 } from "./float16";
import type { State, StateTensor } from "./state";

/** The format's own limit on the header, in bytes. */
const headerLimitBytes = 100_000_000;

const bytesOf = { F16: 2, BF16: 2, F32: 4, F64: 8, I64: 8, I32: 4, I8: 1, U8: 1, BOOL: 1 } as const;
type Dtype = keyof typeof bytesOf;

const entrySchema = z.strictObject({
  dtype: z.enum(Object.keys(bytesOf) as Dtype[]),
  shape: z.array(z.int().nonnegative()).max(8),
  data_offsets: z.tuple([z.int().nonnegative(), z.int().nonnegative()]),
});
type Entry = z.infer<typeof entrySchema>;

/**
 * The floating-point tensors of a file. Integer tensors, such as PyTorch's `num_batches_tracked`, are
 * checked and left out: no forward pass reads them.
 *
 * @param name how errors name the file
 * @throws LabError `bad-file` saying what is wrong with it
 */
export function parseSafetensors(bytes: Uint8Array, name: string): State {
  const fail = (expected: string, found: string): never => {
    throw new LabError({ code: "bad-file", input: name, expected, found });
  };
  if (bytes.byteLength < 8) {
    fail("a safetensors file, at least 8 bytes", `${String(bytes.byteLength)} bytes`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerBytes = Number(view.getBigUint64(0, true));
  if (headerBytes > Math.min(headerLimitBytes, bytes.byteLength - 8)) {
    fail(
      `a header within the file's ${String(bytes.byteLength)} bytes`,
      `a header length of ${String(headerBytes)}`,
    );
  }
  const entries = parseHeader(bytes.subarray(8, 8 + headerBytes), name);
  const body = bytes.subarray(8 + headerBytes);
  checkLayout(entries, body.byteLength, name);

  const state = new Map<string, StateTensor>();
  for (const [tensor, entry] of entries) {
    const values = decode(entry, body);
    if (values) state.set(tensor, { shape: entry.shape, values });
  }
  return state;
}

function parseHeader(bytes: Uint8Array, name: string): Map<string, Entry> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new LabError({
      code: "bad-file",
      input: name,
      expected: "a header in JSON",
      found: "a header that is not JSON",
    });
  }
  const record = z.record(z.string(), z.unknown()).safeParse(header);
  const entries = new Map<string, Entry>();
  for (const [tensor, value] of Object.entries(record.data ?? {})) {
    if (tensor === "__metadata__") continue;
    const entry = entrySchema.safeParse(value);
    if (!entry.success) {
      throw new LabError({
        code: "bad-file",
        input: `${name}: ${tensor}`,
        expected: "a dtype we know, a shape and two offsets",
        found: entry.error.issues[0]?.message ?? "something else",
      });
    }
    entries.set(tensor, entry.data);
  }
  if (!record.success || entries.size === 0) {
    throw new LabError({
      code: "bad-file",
      input: name,
      expected: "a header that names tensors",
      found: "none",
    });
  }
  return entries;
}

/** Every tensor's bytes lie within the file, have the size its shape says, and overlap no other's. */
function checkLayout(entries: ReadonlyMap<string, Entry>, bodyBytes: number, name: string): void {
  let reached = 0;
  const inOrder = [...entries].sort(([, a], [, b]) => a.data_offsets[0] - b.data_offsets[0]);
  for (const [tensor, { dtype, shape, data_offsets: offsets }] of inOrder) {
    const [start, end] = offsets;
    const sizeBytes = shape.reduce((size, axis) => size * axis, bytesOf[dtype]);
    const found = `bytes ${String(start)} to ${String(end)}`;
    const input = `${name}: ${tensor}`;
    if (end > bodyBytes) {
      const expected = `data within the file's ${String(bodyBytes)} bytes of tensors`;
      throw new LabError({ code: "bad-file", input, expected, found });
    }
    if (end - start !== sizeBytes) {
      const expected = `${String(sizeBytes)} bytes for ${dtype} [${shape.join(",")}]`;
      throw new LabError({ code: "bad-file", input, expected, found });
    }
    if (start < reached) {
      const expected = `data from byte ${String(reached)} on, after the tensor before`;
      throw new LabError({ code: "bad-file", input, expected, found });
    }
    reached = end;
  }
}

function decode(entry: Entry, body: Uint8Array): Float32Array | undefined {
  // A copy starts at offset 0, where every element type is aligned. (Not `slice`: Node's Buffer shares.)
  const { buffer } = new Uint8Array(body.subarray(...entry.data_offsets));
  switch (entry.dtype) {
    case "F16":
      return fromFloat16(new Uint16Array(buffer));
    case "BF16":
      return fromBfloat16(new Uint16Array(buffer));
    case "F32":
      return new Float32Array(buffer);
    case "F64":
      return Float32Array.from(new Float64Array(buffer));
    case "I64":
    case "I32":
    case "I8":
    case "U8":
    case "BOOL":
      return undefined;
    default:
      return entry.dtype satisfies never;
  }
}
