/** Widens sixteen-bit floating-point numbers, IEEE 754-2008 binary16 and bfloat16. */

/** Converts bit patterns of binary16 numbers to float32, exactly. */
export function fromFloat16(bits: Uint16Array): Float32Array {
  const wide = new Uint32Array(bits.length);
  const values = new Float32Array(wide.buffer);
  // A plain loop: `from` with a function builds a list of every element first.
  for (let at = 0; at < bits.length; at++) {
    const pattern = bits[at] ?? 0;
    const sign = (pattern & 0x8000) << 16;
    const exponent = (pattern >> 10) & 0x1f;
    const fraction = pattern & 0x3ff;
    if (exponent === 0) values[at] = (sign ? -1 : 1) * fraction * 2 ** -24;
    // Binary16's bias is 15, float32's 127; infinities and NaN have the largest exponent in both.
    else wide[at] = sign | ((exponent === 31 ? 255 : exponent + 112) << 23) | (fraction << 13);
  }
  return values;
}

/** Converts bit patterns of bfloat16 numbers to float32, exactly. */
export function fromBfloat16(bits: Uint16Array): Float32Array {
  // A bfloat16 is the upper half of a float32.
  const wide = new Uint32Array(bits.length);
  for (let at = 0; at < bits.length; at++) wide[at] = (bits[at] ?? 0) << 16;
  return new Float32Array(wide.buffer);
}
