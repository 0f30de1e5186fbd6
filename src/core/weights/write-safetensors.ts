/**
 * Writes safetensors files (https://github.com/huggingface/safetensors), every tensor as float32.
 */
import type { Metadata } from "./safetensors";
import type { State } from "./state";

/** The data begin at a multiple of this many bytes and can be memory-mapped. */
const alignment = 8;

/** @param metadata free text by name */
export function writeSafetensors(state: State, metadata: Metadata): Uint8Array {
  let offset = 0;
  const entries = [...state].map(([name, { shape, values }]) => {
    const start = offset;
    offset += values.byteLength;
    return [name, { dtype: "F32", shape, data_offsets: [start, offset] }] as const;
  });
  const header = { __metadata__: Object.fromEntries(metadata), ...Object.fromEntries(entries) };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const headerBytes = Math.ceil(text.byteLength / alignment) * alignment;
  const file = new Uint8Array(8 + headerBytes + offset);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerBytes), true);
  // Spaces pad the header, as in the reference implementation.
  file.fill(0x20, 8, 8 + headerBytes);
  file.set(text, 8);
  let at = 8 + headerBytes;
  for (const { values } of state.values()) {
    file.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += values.byteLength;
  }
  return file;
}
