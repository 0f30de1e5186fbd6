/**
 * SHA-256, synchronous and identical in page, worker and Node (Web Crypto is absent on insecure
 * pages).
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { LabError } from "../errors";

/** Returns the SHA-256 in hexadecimal. */
export function sha256Hex(content: Uint8Array | string): string {
  return bytesToHex(sha256(typeof content === "string" ? utf8ToBytes(content) : content));
}

/** @throws LabError `hash-mismatch` if the bytes do not have the expected hash */
export function checkHash(bytes: Uint8Array, expected: string, input: string): void {
  const found = sha256Hex(bytes);
  if (found !== expected) {
    throw new LabError({
      code: "hash-mismatch",
      input,
      expected: `SHA-256 ${expected}`,
      found: `${found} (${bytes.byteLength} bytes)`,
    });
  }
}
