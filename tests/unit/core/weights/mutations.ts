/** Seeded damage to a file: what disks, networks and strangers do. */
import type { Generator } from "../../../../src/core/random/generator";

/** A copy of a file with one to three random changes. */
export function mutated(file: Uint8Array, random: Generator): Uint8Array {
  // Not `slice`: Node's Buffer shares.
  let bytes: Uint8Array = new Uint8Array(file);
  for (let changes = 1 + random.below(3); changes > 0; changes--)
    bytes = changedOnce(bytes, random);
  return bytes;
}

function changedOnce(file: Uint8Array, random: Generator): Uint8Array {
  if (file.length === 0) return file;
  const place = random.below(file.length);
  // The header is where most of the trouble is; half of all changes go there.
  const early = random.below(Math.min(file.length, 400));
  const at = random.below(2) === 0 ? place : early;
  const bytes = new Uint8Array(file);
  switch (random.below(6)) {
    case 0: // One bit.
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
      return bytes;
    case 1: // One byte.
      bytes[at] = random.below(256);
      return bytes;
    case 2: // One digit for another, where the header has one.
      return withDigit(bytes, random);
    case 3: // The end is lost.
      return bytes.slice(0, place);
    case 4: // A stretch is lost.
      return joined(bytes.slice(0, at), bytes.slice(at + 1 + random.below(8)));
    default: // A stretch comes twice.
      return joined(bytes.slice(0, at + 1 + random.below(8)), bytes.slice(at));
  }
}

function withDigit(bytes: Uint8Array, random: Generator): Uint8Array {
  const zero = "0".charCodeAt(0);
  const digits = [...bytes.keys()].filter((index) => {
    const digit = (bytes[index] ?? 0) - zero;
    return index >= 8 && digit >= 0 && digit <= 9;
  });
  const at = digits[random.below(Math.max(1, digits.length))];
  if (at !== undefined) bytes[at] = zero + random.below(10);
  return bytes;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(a.length + b.length);
  bytes.set(a);
  bytes.set(b, a.length);
  return bytes;
}
