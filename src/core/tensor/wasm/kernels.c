// WebAssembly kernels that run on the memory of tfjs's wasm backend. `node scripts/kernels/build.mjs`
// compiles this file into binary.ts beside it.
//
// There is no data of our own and no allocation: everything comes in as pointers, so that the module
// can share another module's memory. Arrays are float32, NHWC; the result y is always the first argument.
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

// What happens to a value before it is stored: + bias, + addend, then ReLU, then 0 where mask ≤ 0.
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

// One direct convolution of a batch. The output pixel (oy, ox) lies at y[oy · yRow + ox · yPixel] of an
// image of yImage floats, so that the four phases of a stride-2 gradient can be written into one map;
// `addend` and `mask` lie as y does. A kernel of no rows leaves the epilogue alone.
// zeros: c1 zeros, read where a pixel lies outside the image.
static inline void convolveInto(float *y, const float *x, int n, int h, int w, int c1, const float *kernel,
                                int kh, int kw, int stride, int padTop, int padLeft, int oh, int ow, int c2,
                                int yImage, int yRow, int yPixel, const Epilogue e, const float *zeros) {
  const int panel = kh * kw * c1 * 8;
  for (int image = 0; image < n; image++) {
    const float *xi = x + (long)image * h * w * c1;
    // A panel stays in the first-level cache for a whole image.
    for (int c = 0; c < c2; c += 8) {
      for (int oy = 0; oy < oh; oy++) {
        const long row = (long)image * yImage + (long)oy * yRow;
        const int last = ow - 1;
        for (int ox = 0; ox < ow; ox += 4) {
          const int o1 = ox + 1 < last ? ox + 1 : last, o2 = ox + 2 < last ? ox + 2 : last,
                    o3 = ox + 3 < last ? ox + 3 : last;
          const float *b = kernel + (c / 8) * panel;
          f4 s00 = zero(), s01 = zero(), s10 = zero(), s11 = zero();
          f4 s20 = zero(), s21 = zero(), s30 = zero(), s31 = zero();
          for (int ky = 0; ky < kh; ky++) {
            const int iy = oy * stride + ky - padTop;
            if (iy < 0 || iy >= h) { b += kw * c1 * 8; continue; }
            const float *xr = xi + (long)iy * w * c1;
            for (int kx = 0; kx < kw; kx++) {
              const int d = kx - padLeft;
#define PIXEL(o) ((unsigned)((o) * stride + d) < (unsigned)w ? xr + ((o) * stride + d) * c1 : zeros)
              const float *a0 = PIXEL(ox), *a1 = PIXEL(o1), *a2 = PIXEL(o2), *a3 = PIXEL(o3);
              GEMM_4X8(c1, a0, a1, a2, a3, b)
            }
          }
#define STORE_PIXEL(o, v0, v1)                                   \
  {                                                              \
    const long at_ = row + (long)(o) * yPixel + c;               \
    store(y + at_, finish(v0, e, c, at_));                       \
    store(y + at_ + 4, finish(v1, e, c + 4, at_ + 4));           \
  }
          STORE_PIXEL(ox, s00, s01)
          if (ox + 1 < ow) STORE_PIXEL(ox + 1, s10, s11)
          if (ox + 2 < ow) STORE_PIXEL(ox + 2, s20, s21)
          if (ox + 3 < ow) STORE_PIXEL(ox + 3, s30, s31)
        }
      }
    }
  }
}

// Convolution with a square kernel and padding (k − 1) / 2; h and w multiples of the stride, c2 of 8.
// Packed kernel [c2 / 8, k, k, c1, 8].
EXPORT(convolve)
void convolve(float *y, const float *x, int n, int h, int w, int c1, const float *kernel, int k, int stride,
              int c2, const float *bias, const float *addend, const float *mask, int relu,
              const float *zeros) {
  const Epilogue e = {bias, addend, mask, relu};
  const int oh = h / stride, ow = w / stride, pad = (k - 1) / 2;
  convolveInto(y, x, n, h, w, c1, kernel, k, k, stride, pad, pad, oh, ow, c2, oh * ow * c2, ow * c2, c2, e,
               zeros);
}

// Input gradient of a convolution with stride 2 and k = 3 or 1, by sub-pixel decomposition: output o of
// the forward pass reads input row 2o + t − 1 at kernel row t, so an even row 2a of the gradient is fed by
// t = 1 alone, an odd row 2a + 1 by t = 2 of output a and t = 0 of output a + 1. With k = 1 only even
// pixels of even rows are fed.
// x [n, h, w, c1] is the output's gradient, y [n, 2h, 2w, c2] the input's; c2 a multiple of 8. Packed
// kernels of (even, even), (even, odd), (odd, even), (odd, odd), one after the other, as for `convolve`.
EXPORT(stride2Gradient)
void stride2Gradient(float *y, const float *x, int n, int h, int w, int c1, const float *kernels, int k,
                     int c2, const float *addend, const float *mask, const float *zeros) {
  const int row = 2 * w * c2;
  for (int phase = 0; phase < 4; phase++) {
    const int down = phase >> 1, right = phase & 1;
    const int fed = k == 3 || phase == 0;
    const int kh = fed ? 1 + down : 0, kw = fed ? 1 + right : 0;
    const int offset = down * row + right * c2;
    const Epilogue e = {0, addend ? addend + offset : 0, mask ? mask + offset : 0, 0};
    convolveInto(y + offset, x, n, h, w, c1, kernels, kh, kw, 1, 0, 0, h, w, c2, 2 * h * row, 2 * row,
                 2 * c2, e, zeros);
    kernels += kh * kw * c1 * c2;
  }
}

// The products between Winograd's transforms: a plane of M [tiles, c2] is one of V [tiles, c1] times one of the
// kernel [c2 / 8, c1, 8]; planes of V and M lie vStep and mStep floats apart. Up to three rows beyond `tiles` are
// computed of what an earlier block left, or nobody wrote; they are not read.
static inline void multiplyPlanes(int planes, float *M, int mStep, const float *V, int vStep, const float *kernel,
                                  int tiles, int c1, int c2) {
  for (int plane = 0; plane < planes; plane++) {
    for (int c = 0; c < c2; c += 8) {
      const float *panel = kernel + ((long)plane * c2 + c) * c1;
      for (int t = 0; t < tiles; t += 4) {
        const float *a0 = V + plane * vStep + t * c1, *b = panel;
        const float *a1 = a0 + c1, *a2 = a1 + c1, *a3 = a2 + c1;
        f4 s00 = zero(), s01 = zero(), s10 = zero(), s11 = zero();
        f4 s20 = zero(), s21 = zero(), s30 = zero(), s31 = zero();
        GEMM_4X8(c1, a0, a1, a2, a3, b)
        float *m = M + plane * mStep + t * c2 + c;
        store(m, s00); store(m + 4, s01); m += c2;
        store(m, s10); store(m + 4, s11); m += c2;
        store(m, s20); store(m + 4, s21); m += c2;
        store(m, s30); store(m + 4, s31);
      }
    }
  }
}

// 3×3 convolution with stride 1 and padding 1 by Winograd's F(2×2, 3×3). Lavin & Gray 2016, sec. 4.1.
// h and w even; c1 a multiple of 4, c2 of 8. Packed, transformed kernel [16, c2 / 8, c1, 8].
// scratch: 16 · (block · (c1 + c2) + 32) floats, block a multiple of 4: tiles that are worked on together.
EXPORT(winograd)
void winograd(float *y, const float *x, int n, int h, int w, int c1, const float *kernel, int c2,
              const float *bias, const float *addend, const float *mask, int relu, float *scratch,
              int block) {
  const Epilogue e = {bias, addend, mask, relu};
  const int across = w / 2, tilesPerImage = (h / 2) * across, tiles = n * tilesPerImage;
  // A cache line more than a power of two, lest the 16 planes compete for the same lines of the cache.
  const int vStep = block * c1 + 16, mStep = block * c2 + 16;
  float *V = scratch, *M = scratch + (long)16 * vStep;
  for (int first = 0; first < tiles; first += block) {
    const int count = tiles - first < block ? tiles - first : block;
    for (int t = 0; t < count; t++) {
      const int tile = first + t, image = tile / tilesPerImage, place = tile % tilesPerImage;
      const int top = 2 * (place / across) - 1, left = 2 * (place % across) - 1;
      const float *origin = x + ((long)image * h * w + (long)top * w + left) * c1;
      const int up = top >= 0, down = top + 3 < h, west = left >= 0, east = left + 3 < w;
      for (int c = 0; c < c1; c += 4) {
#define AT(i, j, inside) ((inside) ? load(origin + ((i) * w + (j)) * c1 + c) : zero())
#define ROW(i, in)                                                                             \
  const f4 d##i##0 = AT(i, 0, (in) && west), d##i##1 = AT(i, 1, in), d##i##2 = AT(i, 2, in),    \
           d##i##3 = AT(i, 3, (in) && east);
        ROW(0, up) ROW(1, 1) ROW(2, 1) ROW(3, down)
        float *v = V + t * c1 + c;
        // Bᵀ d B, a row of Bᵀ d at a time.
#define SPREAD(i, e0, e1, e2, e3)                                              \
  {                                                                            \
    const f4 q0 = e0, q1 = e1, q2 = e2, q3 = e3;                               \
    store(v + (4 * i + 0) * vStep, SUB(q0, q2));                               \
    store(v + (4 * i + 1) * vStep, ADD(q1, q2));                               \
    store(v + (4 * i + 2) * vStep, SUB(q2, q1));                               \
    store(v + (4 * i + 3) * vStep, SUB(q1, q3));                               \
  }
        SPREAD(0, SUB(d00, d20), SUB(d01, d21), SUB(d02, d22), SUB(d03, d23))
        SPREAD(1, ADD(d10, d20), ADD(d11, d21), ADD(d12, d22), ADD(d13, d23))
        SPREAD(2, SUB(d20, d10), SUB(d21, d11), SUB(d22, d12), SUB(d23, d13))
        SPREAD(3, SUB(d10, d30), SUB(d11, d31), SUB(d12, d32), SUB(d13, d33))
      }
    }
    multiplyPlanes(16, M, mStep, V, vStep, kernel, count, c1, c2);
    for (int t = 0; t < count; t++) {
      const int tile = first + t, image = tile / tilesPerImage, place = tile % tilesPerImage;
      const long pixel = (long)image * h * w + (long)(2 * (place / across)) * w + 2 * (place % across);
      for (int c = 0; c < c2; c += 4) {
        const float *m = M + t * c2 + c;
        // Aᵀ m A: the rows of m A first, then their sums.
#define GATHER(i)                                                                             \
  const f4 m##i##1 = load(m + (4 * i + 1) * mStep), m##i##2 = load(m + (4 * i + 2) * mStep);  \
  const f4 p##i = ADD(ADD(load(m + (4 * i) * mStep), m##i##1), m##i##2);                      \
  const f4 r##i = SUB(SUB(m##i##1, m##i##2), load(m + (4 * i + 3) * mStep));
        GATHER(0) GATHER(1) GATHER(2) GATHER(3)
        const long at = pixel * c2 + c, below = at + (long)w * c2;
        store(y + at, finish(ADD(ADD(p0, p1), p2), e, c, at));
        store(y + at + c2, finish(ADD(ADD(r0, r1), r2), e, c, at + c2));
        store(y + below, finish(SUB(SUB(p1, p2), p3), e, c, below));
        store(y + below + c2, finish(SUB(SUB(r1, r2), r3), e, c, below + c2));
      }
    }
  }
}

// F(4×4, 3×3) by the points 0, ±√½, ±√2 and ∞. They lie closer together than the usual 0, ±1, ±2 and ∞
// (Lavin & Gray 2016, sec. 4.3), which halves the rounding error.
#define ROOT_HALF constant(0.70710678f)
#define ROOT_TWO constant(1.41421356f)

// Six values times Bᵀ, into `to`, `step` vectors apart.
static inline void spreadSix(f4 *to, int step, f4 d0, f4 d1, f4 d2, f4 d3, f4 d4, f4 d5) {
  const f4 half = constant(0.5f), two = constant(2), both = constant(2.5f);
  const f4 even = SUB(d4, MUL(two, d2)), odd = MUL(ROOT_HALF, SUB(d3, MUL(two, d1)));
  const f4 farEven = SUB(d4, MUL(half, d2)), farOdd = MUL(ROOT_TWO, SUB(d3, MUL(half, d1)));
  to[0] = SUB(ADD(d0, d4), MUL(both, d2));
  to[step] = ADD(even, odd);
  to[2 * step] = SUB(even, odd);
  to[3 * step] = ADD(farEven, farOdd);
  to[4 * step] = SUB(farEven, farOdd);
  to[5 * step] = SUB(ADD(d1, d5), MUL(both, d3));
}

// Six values times Aᵀ.
static inline void gatherSix(f4 *to, int step, f4 m0, f4 m1, f4 m2, f4 m3, f4 m4, f4 m5) {
  const f4 half = constant(0.5f), two = constant(2);
  const f4 even = ADD(m1, m2), odd = MUL(ROOT_HALF, SUB(m1, m2));
  const f4 farEven = ADD(m3, m4), farOdd = MUL(ROOT_TWO, SUB(m3, m4));
  to[0] = ADD(ADD(m0, even), farEven);
  to[step] = ADD(odd, farOdd);
  to[2 * step] = ADD(MUL(half, even), MUL(two, farEven));
  to[3 * step] = ADD(ADD(MUL(half, odd), MUL(two, farOdd)), m5);
}

// The same by F(4×4, 3×3), which multiplies 2.25 times for an output where F(2×2, 3×3) does 4 times.
// h and w multiples of 4; c1 a multiple of 4, c2 of 8. Packed, transformed kernel [36, c2 / 8, c1, 8].
// scratch: 36 · (block · (c1 + c2) + 32) floats.
EXPORT(winograd4)
void winograd4(float *y, const float *x, int n, int h, int w, int c1, const float *kernel, int c2,
               const float *bias, const float *addend, const float *mask, int relu, float *scratch,
               int block) {
  const Epilogue e = {bias, addend, mask, relu};
  const int across = w / 4, tilesPerImage = (h / 4) * across, tiles = n * tilesPerImage;
  const int vStep = block * c1 + 16, mStep = block * c2 + 16;
  float *V = scratch, *M = scratch + (long)36 * vStep;
  for (int first = 0; first < tiles; first += block) {
    const int count = tiles - first < block ? tiles - first : block;
    for (int t = 0; t < count; t++) {
      const int tile = first + t, image = tile / tilesPerImage, place = tile % tilesPerImage;
      const int top = 4 * (place / across) - 1, left = 4 * (place % across) - 1;
      const float *origin = x + ((long)image * h * w + (long)top * w + left) * c1;
      const int up = top >= 0, down = top + 5 < h, west = left >= 0, east = left + 5 < w;
      for (int c = 0; c < c1; c += 4) {
        f4 half[36];
#pragma clang loop unroll(full)
        for (int j = 0; j < 6; j++) {
          const int inside = j == 0 ? west : j == 5 ? east : 1;
          spreadSix(half + j, 6, AT(0, j, up && inside), AT(1, j, inside), AT(2, j, inside), AT(3, j, inside),
                    AT(4, j, inside), AT(5, j, down && inside));
        }
        float *v = V + t * c1 + c;
#pragma clang loop unroll(full)
        for (int i = 0; i < 6; i++) {
          f4 row[6];
          const f4 *q = half + 6 * i;
          spreadSix(row, 1, q[0], q[1], q[2], q[3], q[4], q[5]);
#pragma clang loop unroll(full)
          for (int j = 0; j < 6; j++) store(v + (6 * i + j) * vStep, row[j]);
        }
      }
    }
    multiplyPlanes(36, M, mStep, V, vStep, kernel, count, c1, c2);
    for (int t = 0; t < count; t++) {
      const int tile = first + t, image = tile / tilesPerImage, place = tile % tilesPerImage;
      const long pixel = (long)image * h * w + (long)(4 * (place / across)) * w + 4 * (place % across);
      for (int c = 0; c < c2; c += 4) {
        const float *m = M + t * c2 + c;
        f4 half[24];
#pragma clang loop unroll(full)
        for (int j = 0; j < 6; j++) {
#define PLANE(i) load(m + (6 * (i) + j) * mStep)
          gatherSix(half + j, 6, PLANE(0), PLANE(1), PLANE(2), PLANE(3), PLANE(4), PLANE(5));
        }
#pragma clang loop unroll(full)
        for (int i = 0; i < 4; i++) {
          f4 row[4];
          const f4 *q = half + 6 * i;
          gatherSix(row, 1, q[0], q[1], q[2], q[3], q[4], q[5]);
          const long at = (pixel + (long)i * w) * c2 + c;
#pragma clang loop unroll(full)
          for (int j = 0; j < 4; j++) store(y + at + j * c2, finish(row[j], e, c, at + j * c2));
        }
      }
    }
  }
}

// gradient where output > 0, else 0. size a multiple of 4.
EXPORT(passPositive)
void passPositive(float *y, const float *gradient, const float *output, int size) {
  for (int i = 0; i < size; i += 4)
    store(y + i, wasm_v128_and(load(gradient + i), wasm_f32x4_gt(load(output + i), zero())));
}

// Longer float32 sums lose digits that a gradient through ReLUs needs: sums are taken over this many
// rows, then added up.
#define STRETCH 256

static inline void clear(float *y, int size) {
  for (int i = 0; i < size; i++) y[i] = 0;
}

// Four columns of a row of `a` times eight of one of `b`.
#define TRANSPOSED_4X8(a, b)                                 \
  {                                                          \
    const f4 b0 = load(b), b1 = load((b) + 4);               \
    f4 v = splat(a);                                         \
    s00 = FMA(s00, v, b0); s01 = FMA(s01, v, b1);            \
    v = splat((a) + 1);                                      \
    s10 = FMA(s10, v, b0); s11 = FMA(s11, v, b1);            \
    v = splat((a) + 2);                                      \
    s20 = FMA(s20, v, b0); s21 = FMA(s21, v, b1);            \
    v = splat((a) + 3);                                      \
    s30 = FMA(s30, v, b0); s31 = FMA(s31, v, b1);            \
  }
// Adds a stretch's sums to a row of the result, and goes on to the next.
#define ACCUMULATE(v0, v1) store(o, ADD(load(o), v0)); store(o + 4, ADD(load(o + 4), v1)); o += q;

// aᵀb: a [n, p], b [n, q], y [p, q]; p a multiple of 4, q of 8.
EXPORT(transposedProduct)
void transposedProduct(float *y, const float *a, const float *b, int n, int p, int q) {
  clear(y, p * q);
  for (int first = 0; first < n; first += STRETCH) {
    const int rows = n - first < STRETCH ? n - first : STRETCH;
    for (int i = 0; i < p; i += 4) {
      for (int j = 0; j < q; j += 8) {
        const float *ar = a + (long)first * p + i, *br = b + (long)first * q + j;
        f4 s00 = zero(), s01 = zero(), s10 = zero(), s11 = zero();
        f4 s20 = zero(), s21 = zero(), s30 = zero(), s31 = zero();
        for (int row = 0; row < rows; row++, ar += p, br += q) TRANSPOSED_4X8(ar, br)
        float *o = y + i * q + j;
        ACCUMULATE(s00, s01) ACCUMULATE(s10, s11) ACCUMULATE(s20, s21) ACCUMULATE(s30, s31)
      }
    }
  }
}

static inline int atLeast(int low, int value) { return value > low ? value : low; }
static inline int atMost(int high, int value) { return value < high ? value : high; }

// Gradient of the kernel of a convolution with stride 1, k odd and padding (k − 1) / 2. x [n, h, w, p] is what it
// read, g [n, h, w, q] the gradient of what it gave, y [k, k, p, q]; p a multiple of 4, q of 8.
// Each place of the kernel is an aᵀb of the pixels that it read and those that it fed; it reads none outside the
// image. A stretch is some rows of one image, or some whole images.
EXPORT(filterGradient)
void filterGradient(float *y, const float *x, const float *g, int n, int h, int w, int p, int q, int k) {
  clear(y, k * k * p * q);
  const int pad = (k - 1) / 2;
  const int images = atLeast(1, STRETCH / (h * w)), rows = atMost(h, atLeast(1, STRETCH / w));
  for (int image = 0; image < n; image += images) {
    const int end = atMost(n, image + images);
    for (int row = 0; row < h; row += rows) {
      for (int place = 0; place < k * k; place++) {
        // Pixel (oy, ox) is fed by the one `down` below and `right` of it.
        const int down = place / k - pad, right = place % k - pad;
        const int top = atLeast(row, -down), bottom = atMost(atMost(h, row + rows), h - down);
        const int left = atLeast(0, -right), columns = atMost(w, w - right) - left;
        for (int i = 0; i < p; i += 4) {
          for (int j = 0; j < q; j += 8) {
            f4 s00 = zero(), s01 = zero(), s10 = zero(), s11 = zero();
            f4 s20 = zero(), s21 = zero(), s30 = zero(), s31 = zero();
            for (int at = image; at < end; at++) {
              for (int oy = top; oy < bottom; oy++) {
                const long fed = ((long)at * h + oy) * w + left;
                const float *ar = x + (fed + (long)down * w + right) * p + i, *br = g + fed * q + j;
                for (int column = 0; column < columns; column++, ar += p, br += q) TRANSPOSED_4X8(ar, br)
              }
            }
            float *o = y + ((long)place * p + i) * q + j;
            ACCUMULATE(s00, s01) ACCUMULATE(s10, s11) ACCUMULATE(s20, s21) ACCUMULATE(s30, s31)
          }
        }
      }
    }
  }
}

static inline float across(f4 v) {
  return (wasm_f32x4_extract_lane(v, 0) + wasm_f32x4_extract_lane(v, 1)) +
         (wasm_f32x4_extract_lane(v, 2) + wasm_f32x4_extract_lane(v, 3));
}

// Gram matrix a aᵀ: a [n, k], y [n, n]; n and k multiples of 4.
EXPORT(gram)
void gram(float *y, const float *a, int n, int k) {
  clear(y, n * n);
  for (int first = 0; first < k; first += 4 * STRETCH) {
    const int width = k - first < 4 * STRETCH ? k - first : 4 * STRETCH;
    for (int i = 0; i < n; i += 2) {
      // Above the diagonal, and the few cells of the block that crosses it.
      for (int j = i & ~3; j < n; j += 4) {
        const float *u = a + (long)i * k + first, *v = a + (long)j * k + first;
        f4 s00 = zero(), s01 = zero(), s02 = zero(), s03 = zero();
        f4 s10 = zero(), s11 = zero(), s12 = zero(), s13 = zero();
        for (int c = 0; c < width; c += 4, u += 4, v += 4) {
          const f4 u0 = load(u), u1 = load(u + k);
          f4 vj = load(v);
          s00 = FMA(s00, u0, vj); s10 = FMA(s10, u1, vj);
          vj = load(v + k);
          s01 = FMA(s01, u0, vj); s11 = FMA(s11, u1, vj);
          vj = load(v + 2 * k);
          s02 = FMA(s02, u0, vj); s12 = FMA(s12, u1, vj);
          vj = load(v + 3 * k);
          s03 = FMA(s03, u0, vj); s13 = FMA(s13, u1, vj);
        }
        float *o = y + i * n + j;
        o[0] += across(s00); o[1] += across(s01); o[2] += across(s02); o[3] += across(s03);
        o += n;
        o[0] += across(s10); o[1] += across(s11); o[2] += across(s12); o[3] += across(s13);
      }
    }
  }
  for (int i = 0; i < n; i++)
    for (int j = 0; j < i; j++) y[i * n + j] = y[j * n + i];
}

// Σ over rows of x − base, in one vector of columns.
static inline f4 columnSum(const float *x, f4 base, int n, int c) {
  f4 sum = zero();
  for (int first = 0; first < n; first += STRETCH) {
    const int rows = n - first < STRETCH ? n - first : STRETCH;
    const float *row = x + (long)first * c;
    f4 even = zero(), odd = zero();
    int r = 0;
    for (; r + 1 < rows; r += 2, row += 2 * c) {
      even = ADD(even, SUB(load(row), base));
      odd = ADD(odd, SUB(load(row + c), base));
    }
    if (r < rows) even = ADD(even, SUB(load(row), base));
    sum = ADD(sum, ADD(even, odd));
  }
  return sum;
}

// x [n, c], y [c]; c a multiple of 4.
EXPORT(columnSums)
void columnSums(float *y, const float *x, int n, int c) {
  for (int j = 0; j < c; j += 4) store(y + j, columnSum(x + j, zero(), n, c));
}

// x [n, c], y [c]; c a multiple of 4. Columns are moved by their first row before they are summed: the
// mean of a column that does not vary is then exact.
EXPORT(columnMeans)
void columnMeans(float *y, const float *x, int n, int c) {
  const f4 count = wasm_f32x4_splat((float)n);
  for (int j = 0; j < c; j += 4) {
    const f4 base = load(x + j);
    store(y + j, ADD(base, wasm_f32x4_div(columnSum(x + j, base, n, c), count)));
  }
}

// Each row of x [n, c] so many times: y [n, times, c]; c a multiple of 4.
EXPORT(repeatRows)
void repeatRows(float *y, const float *x, int n, int times, int c) {
  for (int row = 0; row < n; row++, x += c)
    for (int copy = 0; copy < times; copy++, y += c)
      for (int j = 0; j < c; j += 4) store(y + j, load(x + j));
}

// The first of eight columns.
static inline void storePart(float *p, f4 v0, f4 v1, int columns) {
  if (columns >= 8) {
    store(p, v0);
    store(p + 4, v1);
    return;
  }
  float part[8];
  store(part, v0);
  store(part + 4, v1);
  for (int j = 0; j < columns; j++) p[j] = part[j];
}

// y [rows, columns] = a [rows, k] times packed panels [⌈columns / 8⌉, k, 8]; rows of y and a lie yRow and
// aRow floats apart.
static void multiplyPanels(float *y, int yRow, const float *a, int aRow, int rows, int k, const float *panels,
                           int columns) {
  const int last = rows - 1;
  for (int j = 0; j < columns; j += 8, panels += 8 * k) {
    for (int i = 0; i < rows; i += 4) {
      const float *a0 = a + i * aRow, *a1 = a + (i + 1 < last ? i + 1 : last) * aRow,
                  *a2 = a + (i + 2 < last ? i + 2 : last) * aRow, *a3 = a + (i + 3 < last ? i + 3 : last) * aRow;
      const float *b = panels;
      f4 s00 = zero(), s01 = zero(), s10 = zero(), s11 = zero();
      f4 s20 = zero(), s21 = zero(), s30 = zero(), s31 = zero();
      GEMM_4X8(k, a0, a1, a2, a3, b)
      float *o = y + i * yRow + j;
      storePart(o, s00, s01, columns - j);
      if (i + 1 < rows) storePart(o + yRow, s10, s11, columns - j);
      if (i + 2 < rows) storePart(o + 2 * yRow, s20, s21, columns - j);
      if (i + 3 < rows) storePart(o + 3 * yRow, s30, s31, columns - j);
    }
  }
}

// Packs b [k, columns], whose rows lie bRow floats apart, into panels [⌈columns / 8⌉, k, 8].
static void packPanels(float *panels, const float *b, int bRow, int k, int columns) {
  for (int j = 0; j < columns; j += 8) {
    for (int i = 0; i < k; i++, panels += 8) {
      const float *row = b + i * bRow + j;
      if (j + 8 <= columns) {
        store(panels, load(row));
        store(panels + 4, load(row + 4));
      } else {
        for (int c = 0; c < 8; c++) panels[c] = j + c < columns ? row[c] : 0;
      }
    }
  }
}

// The same of the transpose of b [columns, k].
static void packTransposedPanels(float *panels, const float *b, int bRow, int k, int columns) {
  for (int j = 0; j < columns; j += 8)
    for (int i = 0; i < k; i++, panels += 8)
      for (int c = 0; c < 8; c++) panels[c] = j + c < columns ? b[(j + c) * bRow + i] : 0;
}

// Inner products of tokens, image by image and head by head: a and b [n, tokens, heads, width],
// y [n, heads, tokens, tokens]. panels: room for width times the tokens rounded up to a multiple of 8.
EXPORT(headProducts)
void headProducts(float *y, const float *a, const float *b, int n, int tokens, int heads, int width,
                  float *panels) {
  const int row = heads * width;
  for (int image = 0; image < n; image++, a += tokens * row, b += tokens * row) {
    for (int head = 0; head < heads; head++, y += tokens * tokens) {
      packTransposedPanels(panels, b + head * width, row, width, tokens);
      multiplyPanels(y, tokens, a + head * width, row, tokens, width, panels, tokens);
    }
  }
}

// Mixtures of tokens, image by image and head by head: weights [n, heads, tokens, tokens], which are
// transposed first where asked, times b [n, tokens, heads, width]; y as b. panels: room for tokens times
// the width rounded up to a multiple of 8; turned: room for tokens².
EXPORT(mixTokens)
void mixTokens(float *y, const float *weights, const float *b, int n, int tokens, int heads, int width,
               int transposed, float *panels, float *turned) {
  const int row = heads * width;
  for (int image = 0; image < n; image++, b += tokens * row, y += tokens * row) {
    for (int head = 0; head < heads; head++, weights += tokens * tokens) {
      const float *w = weights;
      if (transposed) {
        for (int i = 0; i < tokens; i++)
          for (int j = 0; j < tokens; j++) turned[j * tokens + i] = weights[i * tokens + j];
        w = turned;
      }
      packPanels(panels, b + head * width, row, tokens, width);
      multiplyPanels(y + head * width, row, w, tokens, tokens, tokens, panels, width);
    }
  }
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

// The Gaussian error linear unit x Φ(x) or, where asked, its slope Φ(x) + x φ(x); size a multiple of 4.
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
