// Shared by all kernels: vectors of four floats, the epilogue of a convolution, and the inner loop of products with a
// packed matrix.
//
// No static data and no allocation: all data come in as pointers, and the module can share another module's memory. Arrays are float32, NHWC; the result y is always the first argument.
#pragma once
#include <wasm_simd128.h>

#define EXPORT(name) __attribute__((export_name(#name)))
typedef v128_t f4;

static inline f4 load(const float *p) { return wasm_v128_load(p); }
static inline void store(float *p, f4 v) { wasm_v128_store(p, v); }
static inline f4 splat(const float *p) { return wasm_v128_load32_splat(p); }
static inline f4 zero(void) { return wasm_f32x4_const(0, 0, 0, 0); }
static inline f4 constant(float value) { return wasm_f32x4_splat(value); }
#define ADD wasm_f32x4_add
#define SUB wasm_f32x4_sub
#define MUL wasm_f32x4_mul
#define FMA(sum, a, b) ADD(sum, MUL(a, b))

// Operations on a value before it is stored: + bias, + addend, then ReLU, then 0 where mask ≤ 0.
// Each pointer may be null.
typedef struct {
  const float *bias;
  const float *addend;
  const float *mask;
  int relu;
} Epilogue;

static inline f4 finish(f4 v, const Epilogue e, int channel, long at) {
  if (e.bias) v = ADD(v, load(e.bias + channel));
  if (e.addend) v = ADD(v, load(e.addend + at));
  if (e.relu) v = wasm_f32x4_pmax(v, zero());
  if (e.mask) v = wasm_v128_and(v, wasm_f32x4_gt(load(e.mask + at), zero()));
  return v;
}

static inline float finishOne(float v, const Epilogue e, int channel, long at) {
  if (e.bias) v += e.bias[channel];
  if (e.addend) v += e.addend[at];
  if (e.relu && v < 0) v = 0;
  return e.mask && !(e.mask[at] > 0) ? 0 : v;
}

// Positions of the largest kernel.
#define MOST_TAPS 512

// Four rows of `a` times eight columns of a packed panel b [k, 8].
#define GEMM_4X8(k, a0, a1, a2, a3, b)                       \
  for (int i_ = 0; i_ < (k); i_++, (b) += 8) {               \
    const f4 b0 = load(b), b1 = load((b) + 4);               \
    f4 v_ = splat((a0) + i_);                                \
    s00 = FMA(s00, v_, b0); s01 = FMA(s01, v_, b1);          \
    v_ = splat((a1) + i_);                                   \
    s10 = FMA(s10, v_, b0); s11 = FMA(s11, v_, b1);          \
    v_ = splat((a2) + i_);                                   \
    s20 = FMA(s20, v_, b0); s21 = FMA(s21, v_, b1);          \
    v_ = splat((a3) + i_);                                   \
    s30 = FMA(s30, v_, b0); s31 = FMA(s31, v_, b1);          \
  }

// Longer float32 sums lose digits that a gradient through ReLUs needs: sums are taken over this many rows, then added
// up.
#define STRETCH 256
