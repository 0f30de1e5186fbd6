/** Sixteen-bit floating-point numbers, widened. IEEE 754-2008 binary16, and bfloat16. */

/** Bit patterns of binary16 numbers as the float32 values they stand for; exact. */
export function fromFloat16(bits: Uint16Array): Float32Array {
  return Float32Array.from(bits, widen);
}

/** Bit patterns of bfloat16 numbers as the float32 values they stand for; exact. */
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
