/** Widens sixteen-bit floating-point numbers, IEEE 754-2008 binary16 and bfloat16. */

/** Converts bit patterns of binary16 numbers to float32, exactly. */
export function fromFloat16(bits: Uint16Array): Float32Array {
  return Float32Array.from(bits, widen);
}

/** Converts bit patterns of bfloat16 numbers to float32, exactly. */
export function fromBfloat16(bits: Uint16Array): Float32Array {
  // A bfloat16 is the upper half of a float32.
  return new Float32Array(Uint32Array.from(bits, (pattern) => pattern << 16).buffer);
}

function widen(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
