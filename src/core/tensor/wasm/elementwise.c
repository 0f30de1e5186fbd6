// Activations and their gradients.
#include "kernels.h"

// gradient where output > 0, else 0. size a multiple of 4.
EXPORT(reluGradient)
void reluGradient(float *y, const float *gradient, const float *output, int size) {
  for (int i = 0; i < size; i += 4)
    store(y + i, wasm_v128_and(load(gradient + i), wasm_f32x4_gt(load(output + i), zero())));
}

// exp(x) for x ≤ 0, to about one unit in the last place; 0 below -87. Moshier's Cephes, expf.
static inline f4 expOfNegative(f4 x) {
  const f4 clamped = wasm_f32x4_pmax(x, constant(-87));
  const f4 power = wasm_f32x4_nearest(MUL(clamped, constant(1.44269504f)));
  // ln 2 in two parts, the first of which has zeros enough for an exact product.
  f4 r = SUB(clamped, MUL(power, constant(0.693359375f)));
  r = SUB(r, MUL(power, constant(-2.12194440e-4f)));
  f4 p = constant(1.9875691500e-4f);
  p = FMA(constant(1.3981999507e-3f), p, r);
  p = FMA(constant(8.3334519073e-3f), p, r);
  p = FMA(constant(4.1665795894e-2f), p, r);
  p = FMA(constant(1.6666665459e-1f), p, r);
  p = FMA(constant(5.0000001201e-1f), p, r);
  p = ADD(FMA(r, p, MUL(r, r)), constant(1));
  const v128_t exponent = wasm_i32x4_add(wasm_i32x4_trunc_sat_f32x4(power), wasm_i32x4_splat(127));
  const f4 value = MUL(p, wasm_i32x4_shl(exponent, 23));
  return wasm_v128_and(value, wasm_f32x4_ge(x, constant(-87)));
}

// The Gaussian error linear unit x Φ(x) or, optionally, its slope Φ(x) + x φ(x); size a multiple of 4.
// With z = |x| / √2, Φ(-|x|) = erfc(z) / 2 by Abramowitz & Stegun 1964, 7.1.26, whose exp(-z²) is also φ's.
EXPORT(gelu)
void gelu(float *y, const float *x, int size, int slope) {
  for (int at = 0; at < size; at += 4) {
    const f4 v = load(x + at);
    const f4 z = MUL(wasm_f32x4_abs(v), constant(0.70710678f));
    const f4 bell = expOfNegative(wasm_f32x4_neg(MUL(z, z)));
    const f4 t = wasm_f32x4_div(constant(1), FMA(constant(1), constant(0.3275911f), z));
    f4 p = constant(1.061405429f);
    p = FMA(constant(-1.453152027f), p, t);
    p = FMA(constant(1.421413741f), p, t);
    p = FMA(constant(-0.284496736f), p, t);
    p = FMA(constant(0.254829592f), p, t);
    const f4 tail = MUL(MUL(MUL(p, t), bell), constant(0.5f));
    const f4 distribution = wasm_v128_bitselect(tail, SUB(constant(1), tail), wasm_f32x4_lt(v, zero()));
    const f4 density = MUL(bell, constant(0.39894228f));
    store(y + at, slope ? FMA(distribution, v, density) : MUL(v, distribution));
  }
}
