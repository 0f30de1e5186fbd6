/** Builds safetensors files byte by byte, well-formed or not. */

/** A header's entry; anything goes, so that files may lie. */
export interface HeaderEntry {
  readonly dtype: unknown;
  readonly shape: unknown;
  readonly data_offsets: unknown;
}

/** @param header an object for JSON, or the header's own text */
export function safetensorsFile(
  header: Readonly<Record<string, unknown>> | string,
  body: Uint8Array,
  headerBytes?: bigint,
): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(
    typeof header === "string" ? header : JSON.stringify(header),
  );
  const file = new Uint8Array(8 + text.length + body.length);
  new DataView(file.buffer).setBigUint64(0, headerBytes ?? BigInt(text.length), true);
  file.set(text, 8);
  file.set(body, 8 + text.length);
  return file;
}

/** Little-endian bytes of any array of numbers. */
export function bytesOf(
  ...arrays: readonly (Float32Array | Float64Array | Uint16Array | BigInt64Array | Uint8Array)[]
): Uint8Array<ArrayBuffer> {
  const parts = arrays.map((a) => new Uint8Array(a.buffer, a.byteOffset, a.byteLength));
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}
