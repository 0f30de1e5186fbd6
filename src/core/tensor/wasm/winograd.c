// 3×3 convolutions with stride 1 by Winograd's minimal filtering.
#include "kernels.h"

// The products between Winograd's transforms: a plane of M [tiles, c2] is one of V [tiles, c1] times one of the
// kernel [c2 / 8, c1, 8]; planes of V and M lie vStep and mStep floats apart. Up to three rows beyond `tiles` are
// computed from values of an earlier block, or undefined ones; they are not read.
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
// scratch: 16 · (block · (c1 + c2) + 32) floats, block a multiple of 4: tiles processed together.
EXPORT(winograd)
void winograd(float *y, const float *x, int n, int h, int w, int c1, const float *kernel, int c2,
              const float *bias, const float *addend, const float *mask, int relu, float *scratch,
              int block) {
  const Epilogue e = {bias, addend, mask, relu};
  const int across = w / 2, tilesPerImage = (h / 2) * across, tiles = n * tilesPerImage;
  // A cache line more than a power of two: the 16 planes then do not compete for the same cache lines.
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

// Bᵀ d B of `count` tiles of 4×4 outputs from the tile `first` on, of x [n, h, w, c1]: planes [count, c1], vStep apart.
static inline void spreadInputs(float *V, int vStep, const float *x, int h, int w, int c1, int first, int count) {
  const int across = w / 4, tilesPerImage = (h / 4) * across;
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
    spreadInputs(V, vStep, x, h, w, c1, first, count);
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
