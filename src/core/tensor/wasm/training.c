// For training a whole network: packing kernels, which change at every step, and BatchNorm with the statistics of
// the batch.
#include "kernels.h"

// Packs some rows and columns of a kernel [k, k, c1, c2] as `convolve` reads them: [c2 / 8, rows, columns, c1, 8],
// and c1 zeros. Rows are first, first + step, …; columns alike. c2 is a multiple of 8.
// With `turned`, x is [k, k, c2, c1]; the kernel is it rotated by 180° with its channels exchanged, for an input
// gradient. @returns where the packed kernel ends, before the zeros
static inline float *packPart(float *y, const float *x, int k, int c1, int c2, int firstRow, int rowStep, int rows,
                              int firstColumn, int columnStep, int columns, int turned) {
  const long position = (long)c1 * c2;
  for (int panel = 0; panel < c2; panel += 8) {
    for (int r = 0; r < rows; r++) {
      for (int s = 0; s < columns; s++) {
        const int at = (firstRow + r * rowStep) * k + firstColumn + s * columnStep;
        if (turned) {
          const float *from = x + (k * k - 1 - at) * position + (long)panel * c1;
          for (int i = 0; i < c1; i++, y += 8)
            for (int j = 0; j < 8; j++) y[j] = from[(long)j * c1 + i];
        } else {
          const float *from = x + at * position + panel;
          for (int i = 0; i < c1; i++, from += c2, y += 8) {
            store(y, load(from));
            store(y + 4, load(from + 4));
          }
        }
      }
    }
  }
  return y;
}

static inline void zerosAfter(float *y, int c1) {
  for (int i = 0; i < c1; i++) y[i] = 0;
}

// The whole kernel, for `convolve`.
EXPORT(packDirect)
void packDirect(float *y, const float *x, int k, int c1, int c2, int turned) {
  zerosAfter(packPart(y, x, k, c1, c2, 0, 1, k, 0, 1, k, turned), c1);
}

// The four phases of the gradient of a convolution with stride 2, for `stride2Gradient`; x is turned.
EXPORT(packPhases)
void packPhases(float *y, const float *x, int k, int c1, int c2) {
  if (k == 1) {
    y = packPart(y, x, 1, c1, c2, 0, 1, 1, 0, 1, 1, 1);
  } else {
    // Row t of the forward pass is row 2 − t of the turned kernel.
    y = packPart(y, x, 3, c1, c2, 1, 1, 1, 1, 1, 1, 1);
    y = packPart(y, x, 3, c1, c2, 1, 1, 1, 0, 2, 2, 1);
    y = packPart(y, x, 3, c1, c2, 0, 2, 2, 1, 1, 1, 1);
    y = packPart(y, x, 3, c1, c2, 0, 2, 2, 0, 2, 2, 1);
  }
  zerosAfter(y, c1);
}

// Three values times Gᵀ, for F(2×2, 3×3); see packing.ts.
static inline void filterFour(f4 *to, int step, f4 g0, f4 g1, f4 g2) {
  const f4 half = constant(0.5f);
  const f4 even = MUL(half, ADD(g0, g2)), odd = MUL(half, g1);
  to[0] = g0;
  to[step] = ADD(even, odd);
  to[2 * step] = SUB(even, odd);
  to[3 * step] = g2;
}

// The same for F(4×4, 3×3) by the points of winograd.c.
static inline void filterSix(f4 *to, int step, f4 g0, f4 g1, f4 g2) {
  const f4 third = constant(1.0f / 3), near = constant(-2.0f / 3), far = constant(1.0f / 6);
  const f4 nearEven = SUB(MUL(near, g0), MUL(third, g2)), nearOdd = MUL(constant(-0.47140452f), g1);
  const f4 farEven = ADD(MUL(far, g0), MUL(third, g2)), farOdd = MUL(constant(0.23570226f), g1);
  to[0] = g0;
  to[step] = ADD(nearEven, nearOdd);
  to[2 * step] = SUB(nearEven, nearOdd);
  to[3 * step] = ADD(farEven, farOdd);
  to[4 * step] = SUB(farEven, farOdd);
  to[5 * step] = g2;
}

// Four channels out of one channel in: G g Gᵀ, into planes `plane` floats apart.
#define TRANSFORM(size, filter)                                                        \
  {                                                                                    \
    f4 half[3 * size], whole[size];                                                    \
    _Pragma("clang loop unroll(full)")                                                 \
    for (int s = 0; s < 3; s++) filter(half + s, 3, g[s], g[3 + s], g[6 + s]);         \
    _Pragma("clang loop unroll(full)")                                                 \
    for (int r = 0; r < size; r++) {                                                   \
      filter(whole, 1, half[3 * r], half[3 * r + 1], half[3 * r + 2]);                 \
      _Pragma("clang loop unroll(full)")                                               \
      for (int s = 0; s < size; s++) store(o + (r * size + s) * plane, whole[s]);      \
    }                                                                                  \
  }

// The kernel of `winograd` (tile 2) or `winograd4` (tile 4): [(tile + 2)², c2 / 8, c1, 8].
EXPORT(packWinograd)
void packWinograd(float *y, const float *x, int c1, int c2, int tile, int turned) {
  const long plane = (long)c1 * c2;
  for (int panel = 0; panel < c2; panel += 4) {
    for (int i = 0; i < c1; i++) {
      f4 g[9];
      for (int at = 0; at < 9; at++) {
        if (turned) {
          const float *from = x + (8 - at) * plane + (long)panel * c1 + i;
          g[at] = wasm_f32x4_make(from[0], from[c1], from[2 * c1], from[3 * c1]);
        } else {
          g[at] = load(x + at * plane + (long)i * c2 + panel);
        }
      }
      float *o = y + ((long)(panel / 8) * c1 + i) * 8 + panel % 8;
      if (tile == 2) TRANSFORM(4, filterFour) else TRANSFORM(6, filterSix)
    }
  }
}

// y = x · scale + shift in each column, then + addend, then ReLU. x [n, c]; c a multiple of 4.
EXPORT(scaleColumns)
void scaleColumns(float *y, const float *x, const float *scale, const float *shift, const float *addend, int n,
                  int c, int relu) {
  for (int row = 0; row < n; row++) {
    for (int j = 0; j < c; j += 4) {
      f4 v = FMA(load(shift + j), load(x + j), load(scale + j));
      if (addend) v = ADD(v, load(addend + j));
      store(y + j, relu ? wasm_f32x4_pmax(v, zero()) : v);
    }
    x += c; y += c;
    if (addend) addend += c;
  }
}

// y [2, c]: Σ g and Σ g (x − mean) of each column, the gradients of a BatchNorm's shift and, up to a factor, scale.
// x and g are [n, c]; c a multiple of 4. With g = x − mean, given as a null pointer, the second is the n-fold variance.
EXPORT(columnMoments)
void columnMoments(float *y, const float *x, const float *g, const float *mean, int n, int c) {
  for (int j = 0; j < 2 * c; j += 4) store(y + j, zero());
  // A cache line of columns at a time.
  for (int j = 0; j < c; j += 16) {
    const int groups = c - j < 16 ? (c - j) / 4 : 4;
    for (int first = 0; first < n; first += STRETCH) {
      const int end = first + STRETCH < n ? first + STRETCH : n;
      f4 s[4] = {zero(), zero(), zero(), zero()}, p[4] = {zero(), zero(), zero(), zero()};
      for (int row = first; row < end; row++) {
        const long at = (long)row * c + j;
        for (int k = 0; k < groups; k++) {
          const f4 centred = SUB(load(x + at + 4 * k), load(mean + j + 4 * k));
          const f4 v = g ? load(g + at + 4 * k) : centred;
          s[k] = ADD(s[k], v);
          p[k] = FMA(p[k], v, centred);
        }
      }
      for (int k = 0; k < groups; k++) {
        float *to = y + j + 4 * k;
        store(to, ADD(load(to), s[k]));
        store(to + c, ADD(load(to + c), p[k]));
      }
    }
  }
}

// y = g · a + x · b + d in each column: the input gradient of a BatchNorm. c a multiple of 4.
EXPORT(combineColumns)
void combineColumns(float *y, const float *g, const float *x, const float *a, const float *b, const float *d, int n,
                    int c) {
  for (int row = 0; row < n; row++, g += c, x += c, y += c)
    for (int j = 0; j < c; j += 4)
      store(y + j, FMA(FMA(load(d + j), load(g + j), load(a + j)), load(x + j), load(b + j)));
}
