/** A stored record: a value's bytes with their hash, which reveals damage when it is read. */
import * as z from "../core/schema";
import { sha256Hex } from "../core/weights/hash";
import { decoded, encoded } from "./codec";

// A newer version of the lab may have added to it.
const storedRecordSchema = z.object({
  /** See `codec.ts`. */
  bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
  /** Hash of the bytes, in hexadecimal. */
  sha256: z.string(),
  /** Size of the bytes; here for an index that does not read them. */
  sizeBytes: z.number(),
  /** When it was last written or read, to the hour. Unix time. */
  usedAtMs: z.number(),
});
export type StoredRecord = z.infer<typeof storedRecordSchema>;

/** @throws LabError `bad-input` when the value is not plain */
export function sealed(value: unknown, usedAtMs: number): StoredRecord {
  const bytes = encoded(value);
  return { bytes, sha256: sha256Hex(bytes), sizeBytes: bytes.byteLength, usedAtMs };
}

/** The sealed value with its record; undefined when the record is damaged. */
export function unsealed(
  entry: unknown,
): { readonly value: unknown; readonly record: StoredRecord } | undefined {
  const parsed = storedRecordSchema.safeParse(entry);
  if (!parsed.success) return undefined;
  const record = parsed.data;
  if (sha256Hex(record.bytes) !== record.sha256) return undefined;
  try {
    return { value: decoded(record.bytes), record };
  } catch {
    return undefined;
  }
}
