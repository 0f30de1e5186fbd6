// Direct convolutions and the input gradient of those with stride 2.
#include "kernels.h"

// One direct convolution of a batch. The output pixel (oy, ox) lies at y[oy · yRow + ox · yPixel] of an
// image of yImage floats, so that the four phases of a stride-2 gradient fill one map;
// `addend` and `mask` lie as y does. A kernel without rows leaves only the epilogue.
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
