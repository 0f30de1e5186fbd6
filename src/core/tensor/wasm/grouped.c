// Convolutions of any kernel, stride, padding and dilation, whose channels may be in groups, and their input
// gradients.
#include "kernels.h"

// Where a row of outputs reads: of tap t, output o begins at x[source[t] + o · step], and its weights at
// kernel[weights[t]].
typedef struct {
  int count;
  int step;
  int source[MOST_TAPS];
  int weights[MOST_TAPS];
} Taps;

#define EACH(o) (ox + (o) < last ? ox + (o) : last)

// A row of outputs of which each channel reads its own alone. Output o lies at y[at + o · pixel].
static inline void eachChannelRow(float *y, long at, int pixel, int outputs, const float *x, const float *kernel,
                                  const Taps *taps, int c, const Epilogue e) {
  const int last = outputs - 1;
  for (int ox = 0; ox < outputs; ox += 4) {
    const int o1 = EACH(1), o2 = EACH(2), o3 = EACH(3);
    const float *x0 = x + (long)ox * taps->step, *x1 = x + (long)o1 * taps->step, *x2 = x + (long)o2 * taps->step,
                *x3 = x + (long)o3 * taps->step;
    const long a0 = at + (long)ox * pixel, a1 = at + (long)o1 * pixel, a2 = at + (long)o2 * pixel,
               a3 = at + (long)o3 * pixel;
    int i = 0;
    for (; i + 4 <= c; i += 4) {
      f4 s0 = zero(), s1 = zero(), s2 = zero(), s3 = zero();
      for (int t = 0; t < taps->count; t++) {
        const f4 k = load(kernel + taps->weights[t] + i);
        const int from = taps->source[t] + i;
        s0 = FMA(s0, load(x0 + from), k);
        s1 = FMA(s1, load(x1 + from), k);
        s2 = FMA(s2, load(x2 + from), k);
        s3 = FMA(s3, load(x3 + from), k);
      }
      // Of equal places all values are equal.
      store(y + a0 + i, finish(s0, e, i, a0 + i));
      store(y + a1 + i, finish(s1, e, i, a1 + i));
      store(y + a2 + i, finish(s2, e, i, a2 + i));
      store(y + a3 + i, finish(s3, e, i, a3 + i));
    }
    for (; i < c; i++) {
      for (int o = ox; o <= o3; o++) {
        const float *from = x + (long)o * taps->step + i;
        float s = 0;
        for (int t = 0; t < taps->count; t++) s += from[taps->source[t]] * kernel[taps->weights[t] + i];
        const long to = at + (long)o * pixel + i;
        y[to] = finishOne(s, e, i, to);
      }
    }
  }
}

// A row of outputs of eight channels, or of four, each a sum over `depth` channels of a group.
static inline void panelRow(float *y, long at, int pixel, int outputs, const float *x, const float *panel,
                            const Taps *taps, int depth, int channel, int isWide, const Epilogue e) {
  const int last = outputs - 1;
  for (int ox = 0; ox < outputs; ox += 4) {
    const int o1 = EACH(1), o2 = EACH(2), o3 = EACH(3);
    const float *x0 = x + (long)ox * taps->step, *x1 = x + (long)o1 * taps->step, *x2 = x + (long)o2 * taps->step,
                *x3 = x + (long)o3 * taps->step;
    const long a0 = at + (long)ox * pixel, a1 = at + (long)o1 * pixel, a2 = at + (long)o2 * pixel,
               a3 = at + (long)o3 * pixel;
    f4 s00 = zero(), s10 = zero(), s20 = zero(), s30 = zero();
    if (isWide) {
      f4 s01 = zero(), s11 = zero(), s21 = zero(), s31 = zero();
      for (int t = 0; t < taps->count; t++) {
        const float *b = panel + taps->weights[t];
        const int from = taps->source[t];
        GEMM_4X8(depth, x0 + from, x1 + from, x2 + from, x3 + from, b)
      }
      store(y + a0 + 4, finish(s01, e, channel + 4, a0 + 4));
      store(y + a1 + 4, finish(s11, e, channel + 4, a1 + 4));
      store(y + a2 + 4, finish(s21, e, channel + 4, a2 + 4));
      store(y + a3 + 4, finish(s31, e, channel + 4, a3 + 4));
    } else {
      for (int t = 0; t < taps->count; t++) {
        const float *b = panel + taps->weights[t];
        const int from = taps->source[t];
        for (int i = 0; i < depth; i++, b += 4) {
          const f4 k = load(b);
          s00 = FMA(s00, splat(x0 + from + i), k);
          s10 = FMA(s10, splat(x1 + from + i), k);
          s20 = FMA(s20, splat(x2 + from + i), k);
          s30 = FMA(s30, splat(x3 + from + i), k);
        }
      }
    }
    store(y + a0, finish(s00, e, channel, a0));
    store(y + a1, finish(s10, e, channel, a1));
    store(y + a2, finish(s20, e, channel, a2));
    store(y + a3, finish(s30, e, channel, a3));
  }
}

// Sizes of a convolution, as the forward pass has them.
typedef struct {
  int kh, kw, strideH, strideW, dilationH, dilationW, top, left;
} Window;

// The taps of row oy of the output; size: that of a panel's weights for one tap.
static inline void forwardTaps(Taps *taps, const Window k, int oy, int h, int width, int c, int size) {
  taps->count = 0;
  taps->step = k.strideW * c;
  for (int ky = 0; ky < k.kh; ky++) {
    const int iy = oy * k.strideH + ky * k.dilationH - k.top;
    if (iy < 0 || iy >= h) continue;
    for (int kx = 0; kx < k.kw; kx++) {
      taps->source[taps->count] = (iy * width + kx * k.dilationW) * c;
      taps->weights[taps->count++] = (ky * k.kw + kx) * size;
    }
  }
}

// The taps of the pixels ix = phase, phase + stride, ... of row iy of the input's gradient: output o reads input
// o · stride + tap · dilation − padding.
static inline void gradientTaps(Taps *taps, const Window k, int iy, int phase, int h, int width, int before, int c,
                                int size) {
  taps->count = 0;
  taps->step = c;
  for (int ky = 0; ky < k.kh; ky++) {
    const int down = iy + k.top - ky * k.dilationH;
    if (down < 0 || down % k.strideH != 0 || down / k.strideH >= h) continue;
    for (int kx = 0; kx < k.kw; kx++) {
      const int right = phase + k.left - kx * k.dilationW;
      if (right % k.strideW != 0) continue;
      taps->source[taps->count] = ((down / k.strideH) * width + right / k.strideW + before) * c;
      taps->weights[taps->count++] = (ky * k.kw + kx) * size;
    }
  }
}

// Copies an image [h, w, c] into one of rows of `width` pixels, with zeros before and after.
static inline void widen(float *to, const float *x, int h, int w, int c, int width, int before) {
  const int row = w * c, first = before * c, whole = width * c;
  for (int y = 0; y < h; y++, x += row, to += whole) {
    for (int i = 0; i < first; i++) to[i] = 0;
    int i = 0;
    for (; i + 4 <= row; i += 4) store(to + first + i, load(x + i));
    for (; i < row; i++) to[first + i] = x[i];
    for (int j = first + row; j < whole; j++) to[j] = 0;
  }
}

// Convolution of x [n, h, w, groups · depth] to y [n, oh, ow, groups · each], or with `gradient` the transpose: x is
// then the output's gradient, and y the input's. Kernel [groups, each / 8, kh, kw, depth, 8], with 4 in place of 8
// where 8 does not divide `each`; [kh, kw, groups] where depth and each are 1.
// widened: space for an image with rows of `width` pixels, the first of them `before` zeros; null where rows need none.
EXPORT(groupedConvolve)
void groupedConvolve(float *y, const float *x, int n, int h, int w, int oh, int ow, int groups, int depth, int each,
                     const float *kernel, int kh, int kw, int strideH, int strideW, int dilationH, int dilationW,
                     int top, int left, int gradient, const float *bias, const float *addend, const float *mask,
                     int relu, float *widened, int width, int before) {
  const Epilogue e = {bias, addend, mask, relu};
  const Window k = {kh, kw, strideH, strideW, dilationH, dilationW, top, left};
  const int isEach = depth == 1 && each == 1;
  const int c = groups * depth, c2 = groups * each;
  const int wide = each % 8 == 0 ? 8 : 4;
  const int panels = isEach ? 1 : groups * (each / wide);
  const int size = isEach ? c : depth * wide;
  const int phases = gradient ? strideW : 1;
  Taps taps;
  for (int image = 0; image < n; image++) {
    const float *xi = x + (long)image * h * w * c;
    if (widened) {
      widen(widened, xi, h, w, c, width, before);
      xi = widened;
    }
    for (int panel = 0; panel < panels; panel++) {
      const int channel = panel * wide;
      const float *from = isEach ? xi : xi + (channel / each) * depth;
      const float *weights = kernel + (long)panel * kh * kw * size;
      for (int oy = 0; oy < oh; oy++) {
        for (int phase = 0; phase < phases && phase < ow; phase++) {
          if (gradient) gradientTaps(&taps, k, oy, phase, h, width, before, c, size);
          else forwardTaps(&taps, k, oy, h, width, c, size);
          const long at = (((long)image * oh + oy) * ow + phase) * c2;
          const int outputs = (ow - phase + phases - 1) / phases;
          if (isEach) eachChannelRow(y, at, phases * c2, outputs, from, weights, &taps, c, e);
          else panelRow(y, at + channel, phases * c2, outputs, from, weights, &taps, depth, channel, wide == 8, e);
        }
      }
    }
  }
}
