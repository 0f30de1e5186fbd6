/** Converts sixteen-bit floating-point numbers, IEEE 754-2008 binary16 and bfloat16. */

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

/**
 * Rounds numbers to binary16, to the nearest, of two equally near ones to the even one; those above
 * its largest number become infinite.
 *
 * @returns their bit patterns
 */
export function toFloat16(values: ArrayLike<number>): Uint16Array {
  const wide = Float32Array.from(values);
  const bits = new Uint32Array(wide.buffer);
  return Uint16Array.from(bits, (pattern, at) => {
    const sign = (pattern >>> 16) & 0x8000;
    const size = Math.abs(wide[at] ?? NaN);
    if (Number.isNaN(size)) return sign | 0x7e00;
    // Halfway between the largest number and the one that would follow it.
    if (size >= 65_520) return sign | 0x7c00;
    // Below the smallest normal number, patterns count multiples of 2⁻²⁴.
    if (size < 2 ** -14) return sign | toEven(size * 2 ** 24);
    const exponent = ((pattern >>> 23) & 0xff) - 112;
    // A fraction rounded up to 1 carries into the exponent.
    return sign + (exponent << 10) + toEven((pattern & 0x7fffff) / 2 ** 13);
  });
}

function toEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}
