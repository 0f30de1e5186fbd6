// The gradient of the kernel of a 3×3 convolution with stride 1, by the transpose of F(4×4, 3×3): where the convolution
// is Aᵀ [(G g Gᵀ) ⊙ (Bᵀ d B)] A, the gradient of g is Gᵀ [Σ (A e Aᵀ) ⊙ (Bᵀ d B)] G over all tiles, with the gradient e
// of a tile of the output. It multiplies 2.25 times for an output where the definition does 9 times.
#include "kernels.h"

// Four values times A, into `to`, `step` vectors apart.
static inline void spreadFour(f4 *to, int step, f4 e0, f4 e1, f4 e2, f4 e3) {
  const f4 half = constant(0.5f), two = constant(2);
  const f4 even = FMA(e0, half, e2), odd = MUL(ROOT_HALF, FMA(e1, half, e3));
  const f4 farEven = FMA(e0, two, e2), farOdd = MUL(ROOT_TWO, FMA(e1, two, e3));
  to[0] = e0;
  to[step] = ADD(even, odd);
  to[2 * step] = SUB(even, odd);
  to[3 * step] = ADD(farEven, farOdd);
  to[4 * step] = SUB(farEven, farOdd);
  to[5 * step] = e3;
}

// Six values times Gᵀ.
static inline void gatherThree(f4 *to, int step, f4 u0, f4 u1, f4 u2, f4 u3, f4 u4, f4 u5) {
  const f4 third = constant(1.0f / 3), near = constant(-2.0f / 3), far = constant(1.0f / 6);
  const f4 even = ADD(u1, u2), odd = SUB(u1, u2), farEven = ADD(u3, u4), farOdd = SUB(u3, u4);
  to[0] = FMA(FMA(u0, near, even), far, farEven);
  to[step] = FMA(MUL(constant(-0.47140452f), odd), constant(0.23570226f), farOdd);
  to[2 * step] = FMA(u5, third, SUB(farEven, even));
}

// Adds aᵀb of each plane to its sums [p, q]: a [rows, p], b [rows, q].
static inline void addProducts(float *sums, const float *a, int aStep, const float *b, int bStep, int rows, int p,
                               int q) {
  for (int plane = 0; plane < 36; plane++, a += aStep, b += bStep) {
    for (int i = 0; i < p; i += 4) {
      for (int j = 0; j < q; j += 8) {
        const float *ar = a + i, *br = b + j;
        f4 s00 = zero(), s01 = zero(), s10 = zero(), s11 = zero();
        f4 s20 = zero(), s21 = zero(), s30 = zero(), s31 = zero();
        for (int row = 0; row < rows; row++, ar += p, br += q) TRANSPOSED_4X8(ar, br)
        float *o = sums + i * q + j;
        ACCUMULATE(s00, s01) ACCUMULATE(s10, s11) ACCUMULATE(s20, s21) ACCUMULATE(s30, s31)
      }
    }
    sums += p * q;
  }
}

// x [n, h, w, p] is the convolution's input, g [n, h, w, q] the gradient of its output, y [3, 3, p, q]. h and w are
// multiples of 4, p too; q of 8. scratch: 36 · (block · (p + q) + 32 + p · q) floats.
EXPORT(winogradFilterGradient)
void winogradFilterGradient(float *y, const float *x, const float *g, int n, int h, int w, int p, int q,
                            float *scratch, int block) {
  const int across = w / 4, tilesPerImage = (h / 4) * across, tiles = n * tilesPerImage;
  const int vStep = block * p + 16, eStep = block * q + 16;
  float *V = scratch, *E = V + (long)36 * vStep, *sums = E + (long)36 * eStep;
  clear(sums, 36 * p * q);
  for (int first = 0; first < tiles; first += block) {
    const int count = tiles - first < block ? tiles - first : block;
    spreadInputs(V, vStep, x, h, w, p, first, count);
    for (int t = 0; t < count; t++) {
      const int tile = first + t, image = tile / tilesPerImage, place = tile % tilesPerImage;
      const float *e = g + ((long)image * h * w + (long)(4 * (place / across)) * w + 4 * (place % across)) * q;
      for (int c = 0; c < q; c += 4) {
        f4 half[24];
#define OUTPUT(i, j) load(e + ((i) * w + (j)) * q + c)
#pragma clang loop unroll(full)
        for (int j = 0; j < 4; j++) spreadFour(half + j, 4, OUTPUT(0, j), OUTPUT(1, j), OUTPUT(2, j), OUTPUT(3, j));
        float *v = E + t * q + c;
#pragma clang loop unroll(full)
        for (int i = 0; i < 6; i++) {
          f4 row[6];
          const f4 *from = half + 4 * i;
          spreadFour(row, 1, from[0], from[1], from[2], from[3]);
#pragma clang loop unroll(full)
          for (int j = 0; j < 6; j++) store(v + (6 * i + j) * eStep, row[j]);
        }
      }
    }
    addProducts(sums, V, vStep, E, eStep, count, p, q);
  }
  const long plane = (long)p * q;
  for (long at = 0; at < plane; at += 4) {
    f4 half[18];
#define SUM(i, j) load(sums + (6 * (i) + (j)) * plane + at)
#pragma clang loop unroll(full)
    for (int j = 0; j < 6; j++)
      gatherThree(half + j, 6, SUM(0, j), SUM(1, j), SUM(2, j), SUM(3, j), SUM(4, j), SUM(5, j));
#pragma clang loop unroll(full)
    for (int i = 0; i < 3; i++) {
      f4 row[3];
      const f4 *from = half + 6 * i;
      gatherThree(row, 1, from[0], from[1], from[2], from[3], from[4], from[5]);
#pragma clang loop unroll(full)
      for (int j = 0; j < 3; j++) store(y + (3 * i + j) * plane + at, row[j]);
    }
  }
}
