// Matrix products whose result is small and whose sums are long.
#include "kernels.h"

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
// Adds a stretch's sums to a row of the result, and moves to the next row.
#define ACCUMULATE(v0, v1) store(o, ADD(load(o), v0)); store(o + 4, ADD(load(o + 4), v1)); o += q;

// aᵀb: a [n, p], b [n, q], y [p, q]; p a multiple of 4, q of 8.
EXPORT(matMulTransposeA)
void matMulTransposeA(float *y, const float *a, const float *b, int n, int p, int q) {
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

// Gradient of the kernel of a convolution with k odd and padding (k − 1) / 2. x [n, s h, s w, p] is its input, s its
// stride, g [n, h, w, q] the gradient of its output, y [k, k, p, q]; p a multiple of 4, q of 8.
// Each position of the kernel is an aᵀb of its input pixels and its output pixels; it reads none outside the
// image. A stretch is some rows of one image, or some whole images.
EXPORT(filterGradient)
void filterGradient(float *y, const float *x, const float *g, int n, int h, int w, int p, int q, int k, int s) {
  clear(y, k * k * p * q);
  const int pad = (k - 1) / 2;
  const int images = atLeast(1, STRETCH / (h * w)), rows = atMost(h, atLeast(1, STRETCH / w));
  for (int image = 0; image < n; image += images) {
    const int end = atMost(n, image + images);
    for (int row = 0; row < h; row += rows) {
      for (int place = 0; place < k * k; place++) {
        // Pixel (oy, ox) is fed by the one `down` below and `right` of (s oy, s ox).
        const int down = place / k - pad, right = place % k - pad;
        // The first that is fed from within the image, and the first that is not any more.
        const int top = atLeast(row, (s - 1 - down) / s), left = atLeast(0, (s - 1 - right) / s);
        const int bottom = atMost(atMost(h, row + rows), h - down / s);
        const int columns = atMost(w, w - right / s) - left;
        for (int i = 0; i < p; i += 4) {
          for (int j = 0; j < q; j += 8) {
            f4 s00 = zero(), s01 = zero(), s10 = zero(), s11 = zero();
            f4 s20 = zero(), s21 = zero(), s30 = zero(), s31 = zero();
            for (int at = image; at < end; at++) {
              for (int oy = top; oy < bottom; oy++) {
                const long fed = ((long)at * h + oy) * w + left;
                const float *ar = x + (((long)at * h + oy) * s * s * w + (long)down * s * w + s * left + right) * p + i;
                const float *br = g + fed * q + j;
                for (int column = 0; column < columns; column++, ar += s * p, br += q) TRANSPOSED_4X8(ar, br)
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
EXPORT(gramMatrix)
void gramMatrix(float *y, const float *a, int n, int k) {
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
